"""GitHub annotations, read as the runner reads them."""

from __future__ import annotations

import re
from collections.abc import Callable

from ficli.diagnostics import Diagnostic, Excerpt, Severity, Span
from ficli.output.github import render
from ficli.output.report import Report

Make = Callable[..., Diagnostic]
Reporting = Callable[..., Report]


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read a log as the runner does: commands with their properties and data; other lines are none."""
    found = []
    for line in text.splitlines():
        assert "##[" not in line
        read = re.match(r"\s*::([^ :]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)", line)
        if read:
            pairs = dict(pair.split("=", 1) for pair in (read[2] or "").split(",") if pair)
            found.append((read[1], {name: unescaped(value) for name, value in pairs.items()}, unescaped(read[3])))
    return found


def unescaped(text: str) -> str:
    """Undo the escapes in a command."""
    for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, letter)
    return text


def drawn(report: Report) -> str:
    return "".join(render(report))


def test_a_finding_is_an_annotation_at_its_place(finding: Make, report: Reporting) -> None:
    item = finding(message="50% wrong: a, b", help="mend it")

    assert drawn(report(item, prefix="demo/")) == (
        "::error file=demo/incidents/FI-0232.yaml,line=1,endLine=1,col=8,endColumn=12,title=ficli some-rule::"
        "50%25 wrong: a, b%0Ahelp: mend it\n"
        "Found 1 problem (1 error) in 1 of 41 records. 30 rules ran.\n"
    )


def test_a_stretch_of_several_lines_has_no_last_column(finding: Make, report: Reporting) -> None:
    item = finding(excerpt=Excerpt("incidents/a.yaml", Span(2, 3, 5, 1), "a"))

    ((_, properties, _),) = commands(drawn(report(item)))

    assert properties["endLine"] == "5"
    assert "endColumn" not in properties


def test_the_worst_come_first_and_the_rest_is_counted(finding: Make, report: Reporting) -> None:
    items = [
        finding(severity=severity) for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR) for _ in range(8)
    ]
    text = drawn(report(*items, show_info=True))

    assert [name for name, _, _ in commands(text)] == ["error"] * 8 + ["warning"] * 2
    assert text.endswith(" 14 findings more than GitHub shows as annotations.\n")


def test_infos_are_notices(finding: Make, report: Reporting) -> None:
    assert [name for name, _, _ in commands(drawn(report(finding(severity=Severity.INFO), show_info=True)))] == [
        "notice"
    ]


def test_a_clean_run_proves_itself(report: Reporting) -> None:
    assert drawn(report()) == "No problems in 41 records. 30 rules ran.\n"
