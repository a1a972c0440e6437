"""What the index keeps of a record, and that it keeps little."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ficli.incident.record import Record
from ficli.registry.index_entry import IndexEntry, index_record

QUOTE = "The chatbot should never have answered that."
MECHANISM = "The model of Initech made up 12 answers, and no guardrail held them back."


def made(**fields: Any) -> IndexEntry:  # noqa: ANN401 - any plain data
    return index_record("incidents/FI-0001.yaml", Record(fields))


def test_the_facts_of_a_record() -> None:
    entry = made(
        id="FI-0001",
        slug="a-b",
        status="published",
        title="A",
        incident_date="2025-05",
        failure_mode="hallucination",
        organizations=[{"name": "Initech"}, {"name": "A bank", "anonymized": True}, "Initrode", {"name": 1}],
        quote={"text": QUOTE},
        mechanism=MECHANISM,
    )

    assert entry[:7] == ("incidents/FI-0001.yaml", "FI-0001", "a-b", "published", "A", "2025-05", "hallucination")
    assert entry.organizations == ("Initech", "", "", "")
    assert len(entry.quote) == len(entry.mechanism) == 16
    assert len(json.dumps(entry)) < 250


@pytest.mark.parametrize("wrong", [None, 1, "text", [], {}, [1], {"text": 1}])
def test_what_is_absent_or_of_the_wrong_type_is_empty(wrong: object) -> None:
    entry = made(organizations=wrong, quote=wrong, incident_date=wrong if wrong != "text" else None)

    assert not any((entry.quote, entry.incident_date, *entry.organizations))


def test_a_mechanism_taken_over_is_known_again() -> None:
    first = made(mechanism=MECHANISM, organizations=[{"name": "Initech"}])
    second = made(
        mechanism=MECHANISM.replace("Initech", "Initrode").replace("12", "37"), organizations=[{"name": "Initrode"}]
    )

    assert first.mechanism == second.mechanism != ""


def test_a_short_text_is_nobodys_own() -> None:
    entry = made(quote={"text": "No comment."}, mechanism="The model made it up.")

    assert (entry.quote, entry.mechanism) == ("", "")
