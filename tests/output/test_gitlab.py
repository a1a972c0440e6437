"""GitLab's Code Quality report, held against what GitLab says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema

from ficli.diagnostics import Diagnostic, Severity
from ficli.output.gitlab import render
from ficli.output.report import Report

Make = Callable[..., Diagnostic]
Reporting = Callable[..., Report]

DOCUMENTED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/.]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The fields that https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format asks for."""


def entries(report: Report) -> list[dict[str, Any]]:
    """Read a report, and see that it is what GitLab documents and that no two fingerprints are the same."""
    found: list[dict[str, Any]] = json.loads("".join(render(report)))
    jsonschema.validate(found, DOCUMENTED)
    names = [entry["fingerprint"] for entry in found]
    assert len(set(names)) == len(names)
    return found


def test_a_finding_and_the_run(finding: Make, report: Reporting) -> None:
    first, run = entries(report(finding(help="mend it"), prefix="demo/"))

    assert first["description"] == "something is wrong. Help: mend it"
    assert (first["check_name"], first["severity"]) == ("some-rule", "critical")
    assert first["location"] == {"path": "demo/incidents/FI-0232.yaml", "lines": {"begin": 1, "end": 1}}
    assert (run["check_name"], run["description"], run["severity"]) == (
        "ficli-run",
        "41 records judged by 30 rules",
        "info",
    )


def test_the_entry_of_the_run_is_never_new(finding: Make, report: Reporting) -> None:
    assert entries(report())[-1]["fingerprint"] == entries(report(finding(), loaded=5, reported=5))[-1]["fingerprint"]


def test_severities(finding: Make, report: Reporting) -> None:
    items = [finding(severity=severity) for severity in Severity]
    broken = finding(rule="rule-crashed")

    found = entries(report(*items, broken, show_info=True))

    assert [entry["severity"] for entry in found] == ["critical", "minor", "info", "blocker", "info"]


def test_records_that_could_not_be_read_block(report: Reporting) -> None:
    (run,) = entries(report(unread=2))

    assert (run["severity"], run["description"]) == (
        "blocker",
        "41 records judged by 30 rules; 2 records could not be read",
    )
