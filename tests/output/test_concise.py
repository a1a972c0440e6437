"""One line a finding, which editors and `grep` understand."""

from __future__ import annotations

from collections.abc import Callable

from ficli.diagnostics import Diagnostic, Excerpt, Severity, Span
from ficli.output import renderer
from ficli.output.concise import render
from ficli.output.report import Report

Make = Callable[..., Diagnostic]
Reporting = Callable[..., Report]


def test_a_line_a_finding(finding: Make, report: Reporting) -> None:
    warning = finding(severity=Severity.WARNING, message="odd", help="not shown", rule="other-rule")

    assert "".join(render(report(finding(), warning, prefix="demo/"))) == (
        "demo/incidents/FI-0232.yaml:1:8: error[some-rule] something is wrong\n"
        "demo/incidents/FI-0232.yaml:1:8: warning[other-rule] odd\n"
        "Found 2 problems (1 error, 1 warning) in 1 of 41 records. 30 rules ran.\n"
    )


def test_nothing_found(report: Reporting) -> None:
    assert "".join(render(report())) == "No problems in 41 records. 30 rules ran.\n"


def test_hostile_text_stays_on_its_line(finding: Make, report: Reporting) -> None:
    hostile = "x\n::error::forged\x1b[2J\u202e"
    item = finding(message=hostile, excerpt=Excerpt(hostile, Span(1, 1, 1, 2), "x"))
    lines = "".join(render(report(item))).splitlines()

    shown = "x\\n::error::forged\\x1b[2J\\u202e"
    assert lines[0] == f"{shown}:1:1: error[some-rule] {shown}"
    assert len(lines) == 2


def test_only_colour_colours(finding: Make, report: Reporting) -> None:
    assert "\x1b" not in "".join(render(report(finding())))
    assert "\x1b[1;31merror[some-rule]\x1b[0m" in "".join(render(report(finding(), colour=True)))


def test_it_is_found_by_its_name() -> None:
    assert renderer("concise") is render
