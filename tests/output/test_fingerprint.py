"""A fingerprint stays when lines move, and differs where findings differ."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ficli.diagnostics import Diagnostic, Excerpt, Severity, Span
from ficli.output.report import fingerprints

Make = Callable[..., Diagnostic]
Mark = Callable[..., Excerpt]


def one(item: Diagnostic) -> str:
    (name,) = fingerprints([item])
    return name


@pytest.fixture
def first(finding: Make, excerpt: Mark) -> Diagnostic:
    made: Diagnostic = finding(field="sources[2].url", excerpt=excerpt("    url: odd", "odd", line=40))
    return made


def test_lines_and_columns_may_move(first: Diagnostic, finding: Make, excerpt: Mark) -> None:
    moved = finding(field="sources[3].url", excerpt=excerpt("  - url:  odd # so", "odd", line=47))

    assert one(moved) == one(first)


def test_message_and_severity_may_change(first: Diagnostic, finding: Make) -> None:
    reworded = finding(
        field=first.field, excerpt=first.excerpt, message="source 3 is odd", severity=Severity.WARNING, help="mend it"
    )

    assert one(reworded) == one(first)


@pytest.mark.parametrize(
    "changes",
    [
        {"rule": "other-rule"},
        {"field": "title"},
        {"excerpt": Excerpt("incidents/FI-0300.yaml", Span(40, 10, 40, 13), "    url: odd")},
    ],
)
def test_rule_field_and_file_count(first: Diagnostic, finding: Make, changes: dict[str, object]) -> None:
    assert one(finding(**{"field": first.field, "excerpt": first.excerpt, **changes})) != one(first)


def test_the_marked_text_counts(first: Diagnostic, finding: Make, excerpt: Mark) -> None:
    assert one(finding(field=first.field, excerpt=excerpt("    url: new", "new", line=40))) != one(first)


def test_findings_alike_are_told_apart(first: Diagnostic) -> None:
    assert len(set(fingerprints([first] * 3))) == 3


def test_a_name_outside_utf_8(finding: Make) -> None:
    assert len(one(finding(excerpt=Excerpt("incidents/\udcff.yaml", Span(1, 1, 1, 1), "")))) == 64
