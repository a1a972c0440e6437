"""JSON for programs: it keeps to its published schema, and nothing in it acts on a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli import __version__
from ficli.diagnostics import FILE_START, Diagnostic, Excerpt, Fix, Severity, Span
from ficli.output import FORMATS, renderer
from ficli.output.report import Report

Make = Callable[..., Diagnostic]
Mark = Callable[..., Excerpt]
Reporting = Callable[..., Report]

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "diagnostics.schema.json").read_bytes())
FINDING = {**SCHEMA, "$id": "urn:finding", "$ref": "#/definitions/diagnostic"}


def whole(report: Report) -> Any:  # noqa: ANN401 - JSON
    """Write a report as one object, and read it."""
    text = "".join(renderer("json")(report))
    assert text.endswith("}\n")
    assert text.replace("\n", "").isprintable()
    assert text.isascii()
    return json.loads(text)


def lines(report: Report) -> list[Any]:
    """Write a report as lines, and read each."""
    return [json.loads(line) for line in "".join(renderer("jsonl")(report)).splitlines()]


@pytest.fixture
def full_report(finding: Make, excerpt: Mark, report: Reporting) -> Report:
    """Make a report in which every field says something."""
    item = finding(
        excerpt=excerpt("title: Bank", "Bank", "here", line=4),
        field="title",
        help="do it",
        fix=Fix("write it", (), safe=False),
        related=(excerpt("slug: b", "b", "there", path="drafts/a.yaml"),),
    )
    info = finding(severity=Severity.INFO)
    return report(item, info, finding(fix=Fix("mend it", ())), reported=2, unread=1, fixed=3)


def test_every_field(full_report: Report) -> None:
    written = whole(full_report)

    jsonschema_rs.Draft7Validator(SCHEMA).validate(written)
    assert written["version"] == 1
    assert written["tool"] == {"name": "ficli", "version": __version__}
    assert written["summary"] == {
        "records_loaded": 41,
        "records_reported": 2,
        "records_with_findings": 1,
        "records_unread": 1,
        "rules": 30,
        "errors": 2,
        "warnings": 0,
        "infos": 1,
        "fixable": 1,
        "fixable_unsafe": 1,
        "fixed": 3,
        "since": None,
    }
    assert len(written["diagnostics"]) == 2
    assert written["diagnostics"][0] == {
        "rule": "some-rule",
        "severity": "error",
        "message": "something is wrong",
        "path": "incidents/FI-0232.yaml",
        "line": 4,
        "column": 8,
        "end_line": 4,
        "end_column": 12,
        "field": "title",
        "label": "here",
        "related": [
            {"path": "drafts/a.yaml", "line": 1, "column": 7, "end_line": 1, "end_column": 8, "label": "there"}
        ],
        "help": "do it",
        "url": None,
        "fix": {"description": "write it", "safe": False},
    }


def test_a_run_without_findings(report: Reporting) -> None:
    written = whole(report())

    jsonschema_rs.Draft7Validator(SCHEMA).validate(written)
    assert written["diagnostics"] == []


def test_lines_are_the_same_findings_and_the_same_summary(full_report: Report) -> None:
    written, (*findings, summary) = whole(full_report), lines(full_report)

    assert findings == [{"type": "diagnostic", **item} for item in written["diagnostics"]]
    assert summary == {"type": "summary", "version": 1, "tool": written["tool"], **written["summary"]}
    for item in findings:
        jsonschema_rs.Draft7Validator(FINDING).validate(item)


def test_info_is_listed_when_asked_for(finding: Make, report: Reporting) -> None:
    info = finding(severity=Severity.INFO)

    assert len(whole(report(info, show_info=True))["diagnostics"]) == 1
    assert whole(report(info))["summary"]["infos"] == 1


TEXT = st.text(st.characters() | st.characters(categories=["Cs", "Cc", "Cf"]), max_size=20)


@given(TEXT, TEXT.filter(bool))
def test_whatever_the_text_it_is_json_that_keeps_to_the_schema(path: str, text: str) -> None:
    place = Excerpt(path, FILE_START, text, text)
    item = Diagnostic("some-rule", Severity.WARNING, text, place, text, (place,), text, Fix(text, ()))
    report = Report([item], 1, 1, {path}, 1)

    jsonschema_rs.Draft7Validator(SCHEMA).validate(whole(report))
    assert len(lines(report)) == 2


def test_the_formats_are_known_by_name() -> None:
    assert all(callable(renderer(name)) for name in FORMATS)
    with pytest.raises(KeyError):
        renderer("xml")


def test_positions_are_those_of_the_finding(finding: Make, report: Reporting) -> None:
    written = whole(report(finding(excerpt=Excerpt("a.yaml", Span(2, 3, 5, 1), "x"))))["diagnostics"][0]

    assert [written[name] for name in ("line", "column", "end_line", "end_column")] == [2, 3, 5, 1]
