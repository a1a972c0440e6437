"""Tests of the text of a new draft."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ficli.incident.fields import LAYOUT
from ficli.incident.scaffold import completed, scaffold
from ficli.incident.schema import ShapeChecker, shipped_schema
from ficli.incident.shape import ShapeKind, shape_errors
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.yaml.layout import is_canonical
from ficli.yaml.parse import parse

KNOWN: dict[str, Any] = {
    "slug": "example-bank-chatbot",
    "title": "Chatbot of Example Bank: it invents fees",
    "organizations": [{"name": "Example Bank"}],
    "incident_date": "2025-05",
    "failure_mode": "agentic-action-error",
    "ai_surface": "chatbot",
    "severity": "medium",
    "sources": [{"url": "https://news.example.org/a"}],
}
EVERYTHING: dict[str, Any] = {
    **KNOWN,
    "summary": ("A chatbot of Example Bank told customers that every fee is refunded. " * 3).strip(),
    "quote": {"source": 1, "text": "We are sorry."},
    "failure_path": {"failure": "It promised.", "trigger": "Somebody asked."},
    "impact": {"note": "Some money.", "public_visibility": "low"},
    "what_happened": "One.\n\nTwo.\n",
    "tags": ["a", "b"],
    "related": ["FI-0001"],
}


def text_of(known: dict[str, Any]) -> str:
    return scaffold(known, shipped_taxonomy(), schema="../schema/incident.schema.json")


@pytest.mark.parametrize(
    "known", [{}, KNOWN, EVERYTHING, {**KNOWN, "severity": "high"}, {**KNOWN, "failure_mode": "x"}]
)
def test_it_is_laid_out_and_says_what_is_known(known: dict[str, Any]) -> None:
    text = text_of(known)
    document = parse(text.encode())

    assert document.data == completed(known)
    assert is_canonical(text.encode(), document.data, LAYOUT)
    assert text.startswith("# yaml-language-server: $schema=../schema/incident.schema.json\n")
    assert all(len(line) <= 120 for line in text.splitlines())


def test_only_todos_are_wrong_with_it() -> None:
    data = {**completed(KNOWN)}

    assert shape_errors(data, ShapeChecker(shipped_schema("incident"))) == []


@pytest.mark.parametrize("known", [KNOWN, {**KNOWN, "severity": "catastrophic"}])
def test_hints_become_fields_without_their_mark(known: dict[str, Any]) -> None:
    lines = text_of(known).splitlines(keepends=True)
    fields = [re.sub(r"^( *)# (?=( *)(- )?(\w+:|\"TODO| *- ))", r"\1", line) for line in lines[3:]]
    data = parse("".join(fields).encode()).data

    errors = shape_errors(data, ShapeChecker(shipped_schema("incident")))
    assert {error.kind for error in errors if error.path[:1] not in {("related",), ("countries",)}} <= {ShapeKind.VALUE}
    assert {"quote", "systems", "industry", "failure_path", "impact", "related", "tags", "steward_note"} <= data.keys()
    assert {"publisher", "published", "docket", "passages"} <= data["sources"][0].keys()


def test_the_path_of_the_mode_stands_above_the_steps() -> None:
    text = text_of(KNOWN)

    assert "#   # It chooses a wrong or destructive action.\n#   model_step: " in text
    assert "\n  # It chooses a wrong or destructive action.\n  model_step: " in text_of({**KNOWN, "severity": "high"})
    assert "chooses a wrong" not in text_of({**KNOWN, "failure_path": EVERYTHING["failure_path"]})
