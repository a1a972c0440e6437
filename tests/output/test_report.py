"""The summary says in a sentence or two what was found, where, and what can be done; statistics count by rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ficli.diagnostics import Diagnostic, Excerpt, Fix, Severity
from ficli.output import FOR_A_LOG, FORMATS, renderer
from ficli.output.report import Report

Make = Callable[..., Diagnostic]
Mark = Callable[..., Excerpt]
Reporting = Callable[..., Report]

SAFE, UNSAFE = Fix("mend", ()), Fix("mend", (), safe=False)
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@pytest.mark.parametrize(
    ("findings", "facts", "sentence"),
    [
        ([], {}, "No problems in 41 records."),
        ([], {"loaded": 1, "reported": 1}, "No problems in 1 record."),
        ([], {"loaded": 12_000, "reported": 12_000}, "No problems in 12,000 records."),
        ([], {"reported": 1}, "No problems in 1 record (41 loaded)."),
        ([], {"fixed": 1}, "Fixed 1 problem. No problems left in 41 records."),
        ([(ERROR, None)], {}, "Found 1 problem (1 error) in 1 of 41 records."),
        ([(ERROR, None)], {"reported": 1}, "Found 1 problem (1 error) in 1 of 1 record (41 loaded)."),
        ([(WARNING, None)] * 2, {}, "Found 2 problems (2 warnings) in 1 of 41 records."),
        (
            [(ERROR, None), (ERROR, SAFE), (WARNING, UNSAFE)],
            {},
            (
                "Found 3 problems (2 errors, 1 warning) in 1 of 41 records; 1 can be fixed with `--fix`, "
                "1 more with `--unsafe-fixes`."
            ),
        ),
        (
            [(WARNING, UNSAFE)],
            {"fixed": 2},
            (
                "Fixed 2 problems. Found 1 problem left (1 warning) in 1 of 41 records; "
                "1 can be fixed with `--unsafe-fixes`."
            ),
        ),
        ([(INFO, None)], {}, "No problems in 41 records. 1 info finding not listed (`--info` lists it)."),
        ([(INFO, SAFE)] * 2, {}, "No problems in 41 records. 2 info findings not listed (`--info` lists them)."),
        ([(INFO, None)] * 2, {"show_info": True}, "Found 2 problems (2 info) in 1 of 41 records."),
        ([], {"unread": 1}, "No problems in 41 records. 1 record could not be read, so this is not the whole picture."),
        (
            [(ERROR, None)],
            {"records": set()},
            "Found 1 problem (1 error) in 0 of 41 records and 1 other file.",
        ),
    ],
)
def test_the_summary(
    finding: Make,
    report: Reporting,
    findings: list[tuple[Severity, Fix | None]],
    facts: dict[str, object],
    sentence: str,
) -> None:
    items = [finding(severity=severity, fix=fix) for severity, fix in findings]

    assert report(*items, rules=0, **facts).summary() == sentence


def test_the_summary_tells_how_many_rules_ran(report: Reporting) -> None:
    assert report().summary() == "No problems in 41 records. 30 rules ran."
    assert report(rules=1, unread=1).summary().startswith("No problems in 41 records. 1 rule ran. 1 record could")


def test_findings_in_several_records_and_other_files(finding: Make, excerpt: Mark, report: Reporting) -> None:
    items = [finding(excerpt=excerpt("a: b", "b", path=path)) for path in ("a", "b", "c", "d", "d")]

    assert report(*items, records={"a", "b", "x"}).summary() == (
        "Found 5 problems (5 errors) in 2 of 41 records and 2 other files. 30 rules ran."
    )


@pytest.mark.parametrize("name", ["full", "concise"])
def test_statistics_count_by_rule_and_severity(finding: Make, report: Reporting, name: str) -> None:
    items = [
        *[finding(rule="often", severity=WARNING, fix=SAFE)] * 12,
        finding(rule="rare-rule"),
        finding(rule="apart", fix=UNSAFE),
        finding(rule="hidden", severity=INFO),
    ]

    assert "".join(renderer(name)(report(*items, statistics=True))) == (
        "12  warning  often      --fix mends some\n"
        " 1  error    apart\n"
        " 1  error    rare-rule\n"
        "\n"
        "Found 14 problems (2 errors, 12 warnings) in 1 of 41 records; 12 can be fixed with `--fix`, "
        "1 more with `--unsafe-fixes`. 30 rules ran. 1 info finding not listed (`--info` lists it).\n"
    )


def test_statistics_of_a_clean_run(report: Reporting) -> None:
    assert "".join(renderer("full")(report(statistics=True))) == "No problems in 41 records. 30 rules ran.\n"


def test_statistics_are_coloured_when_asked_for(finding: Make, report: Reporting) -> None:
    plain = "".join(renderer("full")(report(finding(), statistics=True)))
    coloured = "".join(renderer("full")(report(finding(), statistics=True, colour=True)))

    assert "\x1b" not in plain
    assert coloured.replace("\x1b[1;31m", "").replace("\x1b[0m", "") == plain


def test_every_format_has_a_test_of_its_own() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    tested = re.findall(r'ficli\.output\.(\w+) import .*\brender\b|renderer\("(\w+)"\)', tests)

    assert set(FORMATS) <= {module or name for module, name in tested}
    assert set(FORMATS) >= FOR_A_LOG


def test_the_page_on_findings_names_every_format() -> None:
    page = (Path(__file__).parents[2] / "docs" / "validate.md").read_text(encoding="utf-8")
    _head, _line, *rows = page.partition("\n## Output formats\n\n")[2].partition("\n\n")[0].splitlines()

    assert tuple(row.split("`")[1] for row in rows) == FORMATS
