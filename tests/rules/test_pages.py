"""Every rule's page: it keeps to the template, and what it shows as bad and good is so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from ficli.commands.selftest.selftest import NOT_SHOWN, broken_files, page_of, shown_change
from ficli.diagnostics import Diagnostic, Scope, Severity
from ficli.rules.catalogue import RULES
from ficli.rules.page import RulePage, parse_page

HERE = Path(__file__).parent
OF_HISTORY = sorted(name for name, rule in RULES.items() if rule.scope is Scope.HISTORY)
SHOWN = sorted(RULES.keys() - NOT_SHOWN - set(OF_HISTORY))

Judge = Callable[[Path], list[Diagnostic]]
JudgeChange = Callable[[Sequence[Mapping[str, bytes]], Mapping[str, bytes]], list[Diagnostic]]


def rules_that_fire(rule: str, example: str, judge: Judge, root: Path) -> set[str]:
    """Judge an example as a registry; name the rules with findings, and of those that only inform the one meant."""
    for path, raw in broken_files(example):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)
    taxonomy = HERE / rule / "taxonomy.yaml"
    if taxonomy.exists():
        (root / "taxonomy.yaml").write_bytes(taxonomy.read_bytes())
    return {item.rule for item in judge(root) if item.rule == rule or item.severity is not Severity.INFO}


def test_the_base_record_is_fine(judge: Judge, tmp_path: Path) -> None:
    assert rules_that_fire("", "severity: medium", judge, tmp_path) == set()


def test_two_files_of_an_example_have_only_in_common_what_it_shows(judge: Judge, tmp_path: Path) -> None:
    example = "# file: incidents/FI-0001.yaml\nseverity: low\n# file: drafts/a-second-event.yaml\nseverity: low"

    first, second = (raw.decode() for _, raw in broken_files(example))

    assert rules_that_fire("", example, judge, tmp_path) == set()
    assert ("id: FI-0001\n" in first, "severity: low\n" in first, "Example Bank" in first) == (True, True, True)
    assert second.startswith("schema_version: 1\nslug: a-second-event\nstatus: draft\n")
    assert "Example Bank" not in second


def test_a_whole_record_of_an_example_is_left_as_it_is() -> None:
    whole = "schema_version: 1\nid: FI-0001\nstatus: removed\n"

    assert dict(broken_files(f"# file: incidents/FI-0001.yaml\n{whole}# file: rejected.yaml\n[]")) == {
        "incidents/FI-0001.yaml": whole.encode(),
        "rejected.yaml": b"[]\n",
    }


def rules_that_fire_since(rule: str, example: str, judge_change: JudgeChange) -> set[str]:
    """Judge the change that an example shows; name the rules as `rules_that_fire` does."""
    found = judge_change(*shown_change(example))
    return {item.rule for item in found if item.rule == rule or item.severity is not Severity.INFO}


@pytest.mark.parametrize("rule", OF_HISTORY)
def test_the_bad_example_of_a_change_is_bad_in_this_way_only(rule: str, judge_change: JudgeChange) -> None:
    assert rules_that_fire_since(rule, page_of(rule).bad, judge_change) == {rule}


@pytest.mark.parametrize("rule", OF_HISTORY)
def test_the_good_example_of_a_change_is_good(rule: str, judge_change: JudgeChange) -> None:
    assert rules_that_fire_since(rule, page_of(rule).good, judge_change) == set()


def test_a_state_with_a_record_that_has_no_id_is_refused() -> None:
    with pytest.raises(ValueError, match="holds a record without an `id`"):
        shown_change("# before\n# without: id\nseverity: low\n# after")


@pytest.mark.parametrize("rule", SHOWN)
def test_the_bad_example_is_bad_in_this_way_only(rule: str, judge: Judge, tmp_path: Path) -> None:
    assert rules_that_fire(rule, page_of(rule).bad, judge, tmp_path) == {rule}


@pytest.mark.parametrize("rule", SHOWN)
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

    assert page == RulePage(
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
