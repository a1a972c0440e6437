"""Every rule's page: it keeps to the template, and what it shows as bad and good is so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ficli.diagnostics import Diagnostic, Severity
from ficli.rules.catalogue import RULES
from ficli.rules.page import Page, parse_page
from ficli.rules.trial import NOT_SHOWN, page_of, trial_files

HERE = Path(__file__).parent

Judge = Callable[[Path], list[Diagnostic]]


def rules_that_fire(rule: str, example: str, judge: Judge, root: Path) -> set[str]:
    """Judge an example as a registry; name the rules with findings, and of those that only inform the one meant."""
    for path, raw in trial_files(example):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    taxonomy = HERE / rule / "taxonomy.yaml"
    if taxonomy.exists():
        (root / "taxonomy.yaml").write_bytes(taxonomy.read_bytes())
    return {item.rule for item in judge(root) if item.rule == rule or item.severity is not Severity.INFO}


def test_the_base_record_is_fine(judge: Judge, tmp_path: Path) -> None:
    assert rules_that_fire("", "severity: medium", judge, tmp_path) == set()


@pytest.mark.parametrize("rule", sorted(RULES.keys() - NOT_SHOWN))
def test_the_bad_example_is_bad_in_this_way_only(rule: str, judge: Judge, tmp_path: Path) -> None:
    assert rules_that_fire(rule, page_of(rule).bad, judge, tmp_path) == {rule}


@pytest.mark.parametrize("rule", sorted(RULES.keys() - NOT_SHOWN))
def test_the_good_example_is_good(rule: str, judge: Judge, tmp_path: Path) -> None:
    assert rules_that_fire(rule, page_of(rule).good, judge, tmp_path) == set()


@pytest.mark.parametrize("rule", RULES)
def test_the_page_is_in_plain_sentences(rule: str) -> None:
    page = page_of(rule)

    assert page.summary.endswith(".")
    assert "\n" not in page.summary
    for text in (page.what, page.why, page.fix):
        assert text.endswith(".")


def test_the_sections_are_read() -> None:
    page = parse_page(
        """Summary.

        What: something
        over two lines.
        Why: because.

        Bad:

            severity: lwo
            sources:
              - kind: press

        Good:

            severity: low

        Fix: mend it.
        """
    )

    assert page == Page(
        "Summary.",
        "something\nover two lines.",
        "because.",
        "severity: lwo\nsources:\n  - kind: press",
        "severity: low",
        "mend it.",
    )


@pytest.mark.parametrize(
    ("docstring", "message"),
    [
        (None, "but this one has none"),
        ("Summary.", "but this one has none"),
        ("Summary.\n\nWhat: a.\nWhy: b.\n\nBad:\n\n    x\n\nFix: c.", "has What, Why, Bad, Fix"),
        ("S.\n\nWhy: b.\nWhat: a.\n\nBad:\n\n    x\n\nGood:\n\n    y\n\nFix: c.", "has Why, What"),
        (
            "S.\n\nWhat: a.\nWhy:\n\nBad:\n\n    x\n\nGood:\n\n    y\n\nFix: c.",
            "the why of a rule's page is empty",
        ),
        ("What: a.\nWhy: b.\n\nBad:\n\n    x\n\nGood:\n\n    y\n\nFix: c.", "the summary .* is empty"),
    ],
)
def test_a_page_that_lacks_a_section_is_refused(docstring: str | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_page(docstring)
