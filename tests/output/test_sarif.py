"""SARIF, held against its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ficli.diagnostics import Diagnostic, Excerpt, Fix, Replacement, SetValue, Severity, Span
from ficli.output.report import Report
from ficli.output.sarif import render
from ficli.rules.catalogue import RULES

Make = Callable[..., Diagnostic]
Mark = Callable[..., Excerpt]
Reporting = Callable[..., Report]

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
CHECKER = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def run_of(report: Report) -> dict[str, Any]:
    """Read a log, see that it keeps to the schema and is ASCII, and give its one run."""
    text = "".join(render(report))
    assert text.isascii()
    log = json.loads(text)
    assert list(CHECKER.iter_errors(log)) == []
    (run,) = log["runs"]
    found: dict[str, Any] = run
    return found


def test_a_finding(finding: Make, excerpt: Mark, report: Reporting) -> None:
    item = finding(
        help="mend it", related=(excerpt("slug: bank", "bank", "first used here", line=4, path="drafts/a.yaml"),)
    )
    run = run_of(report(item, prefix="my demo/"))
    (result,) = run["results"]
    (related,) = result["relatedLocations"]

    assert (result["ruleId"], result["level"]) == ("some-rule", "error")
    assert result["message"] == {"text": "something is wrong. Help: mend it."}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "my%20demo/incidents/FI-0232.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 12},
            }
        }
    ]
    assert related["message"] == {"text": "first used here"}
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "my%20demo/drafts/a.yaml"
    assert list(result["partialFingerprints"]) == ["ficli/v1"]
    assert run["columnKind"] == "unicodeCodePoints"


def test_every_rule_that_ran_is_there_with_its_page(report: Reporting, finding: Make) -> None:
    run = run_of(report(finding(rule="date-order"), ran=tuple(RULES), rules=len(RULES)))
    rules = run["tool"]["driver"]["rules"]
    (result,) = run["results"]

    assert sorted(rule["id"] for rule in rules) == sorted(RULES)
    assert all(rule["help"]["text"] and rule["help"]["markdown"] and rule["helpUri"] for rule in rules)
    assert rules[result["ruleIndex"]]["id"] == "date-order"
    assert rules[result["ruleIndex"]]["helpUri"].endswith("#docs/rules/date-order.md")


def test_a_fix_that_is_known(finding: Make, report: Reporting) -> None:
    item = finding(fix=Fix("write `Rank`", (SetValue(("title",), "Rank"),)))
    mended = Replacement(Span(1, 8, 1, 9), "R")
    (result,) = run_of(report(item, fixed_text=lambda _: mended))["results"]

    assert result["fixes"] == [
        {
            "description": {"text": "write `Rank`"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "incidents/FI-0232.yaml", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 9},
                            "insertedContent": {"text": "R"},
                        }
                    ],
                }
            ],
        }
    ]


def test_what_a_fix_writes_is_exact_and_no_command_of_a_log(finding: Make, report: Reporting) -> None:
    text = "a\n::error::b ##[error]c ##vso[d]"
    item = finding(fix=Fix("write it", ()))
    whole = report(item, fixed_text=lambda _: Replacement(Span(1, 8, 1, 8), text))
    (result,) = run_of(whole)["results"]

    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == text
    assert "##[" not in "".join(render(whole))
    assert "##vso" not in "".join(render(whole))


def test_a_fix_that_cannot_be_told_is_left_out(finding: Make, report: Reporting) -> None:
    (result,) = run_of(report(finding(fix=Fix("mend it", ()))))["results"]

    assert "fixes" not in result


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("incidents/a b.yaml", "incidents/a%20b.yaml"),
        ("incidents/a%0A::error.yaml", "incidents/a%250A%3A%3Aerror.yaml"),
        ("incidents/a\n#?.yaml", "incidents/a%0A%23%3F.yaml"),
        ("incidents/\udcff.yaml", "incidents/%FF.yaml"),
        ("incidents/ä.yaml", "incidents/%C3%A4.yaml"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
    ],
)
def test_a_file_name_is_percent_encoded(finding: Make, report: Reporting, path: str, uri: str) -> None:
    (result,) = run_of(report(finding(excerpt=Excerpt(path, Span(1, 1, 1, 1), ""))))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_registry_elsewhere_has_absolute_addresses(finding: Make, report: Reporting) -> None:
    (result,) = run_of(report(finding(), prefix="/srv/my demo/"))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///srv/my%20demo/incidents/FI-0232.yaml"
    }


def test_the_run_is_told(report: Reporting) -> None:
    run = run_of(report())

    assert (run["properties"]["records_reported"], run["properties"]["rules"]) == (41, 30)
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["results"] == []


@pytest.mark.parametrize("facts", [{"unread": 1}, {"broken": True}])
def test_a_run_that_did_not_judge_everything_was_no_success(
    finding: Make, report: Reporting, facts: dict[str, Any]
) -> None:
    items = [finding(rule="rule-crashed")] if facts.pop("broken", False) else []
    (invocation,) = run_of(report(*items, **facts))["invocations"]

    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"


def test_infos_are_notes(finding: Make, report: Reporting) -> None:
    (result,) = run_of(report(finding(severity=Severity.INFO), show_info=True))["results"]

    assert result["level"] == "note"
