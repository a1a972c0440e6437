"""A comment allows a finding on its line or on the line below, for a reason, and is itself judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ficli.rules.check_registry import RegistryFindings
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.dates import future_date
from ficli.rules.suppression import find_suppressions
from ficli.yaml.parse import parse

Judge = Callable[..., RegistryFindings]

WRONG = "severity: hgih"


def rules(judgement: RegistryFindings) -> list[str]:
    """Name the rule of each finding, with its line."""
    return [f"{item.rule}:{item.span.line}" for item in judgement.diagnostics]


@pytest.fixture
def bad(good: str) -> Callable[[str], str]:
    """Return a function that spoils the good record: its severity is wrong, and the text given stands in place of it."""

    def spoilt(lines: str) -> str:
        assert good.count("severity: medium\n") == 1
        return good.replace("severity: medium\n", lines)

    return spoilt


def line_of(text: str, piece: str) -> int:
    """Count the lines up to a piece of text."""
    return text[: text.index(piece)].count("\n") + 1


def test_without_a_comment_the_finding_stands(judge: Judge, bad: Callable[[str], str]) -> None:
    text = bad(f"{WRONG}\n")

    assert rules(judge(text)) == [f"invalid-value:{line_of(text, WRONG)}"]


@pytest.mark.parametrize(
    "lines",
    [
        f"{WRONG}  # ficli: allow[invalid-value] a trial\n",
        f"{WRONG} #ficli:allow [ invalid-value ] a trial\n",
        f"# ficli: allow[invalid-value] a trial\n{WRONG}\n",
        f"# ficli: allow[invalid-value] a trial\n# another comment\n{WRONG}\n",
        f"# ficli: allow[invalid-value] a trial\r\n{WRONG}\r\n",
    ],
    ids=["own line", "little space", "line above", "comments above", "windows"],
)
def test_a_comment_allows_a_finding(judge: Judge, bad: Callable[[str], str], lines: str) -> None:
    assert [rule for rule in rules(judge(bad(lines))) if not rule.startswith("unformatted")] == []


@pytest.mark.parametrize(
    "lines",
    [
        f"{WRONG}\n# ficli: allow[invalid-value] a trial\n",
        f"# ficli: allow[invalid-value] a trial\n\n{WRONG}\n",
        f"# ficli: allow[invalid-value] a trial\ncountries: [SE]\n{WRONG}\n",
        f"{WRONG}\ncountries: [SE]  # ficli: allow[invalid-value] a trial\n",
    ],
    ids=["below", "blank line between", "field between", "beside another field"],
)
def test_a_comment_elsewhere_allows_nothing_and_is_unused(judge: Judge, bad: Callable[[str], str], lines: str) -> None:
    found = [rule.partition(":")[0] for rule in rules(judge(bad(lines)))]

    assert sorted(set(found) - {"unformatted"}) == ["invalid-value", "unused-suppression"]


def test_several_comments_above_one_field(judge: Judge, bad: Callable[[str], str]) -> None:
    text = bad(f"# ficli: allow[invalid-value] one\n# ficli: allow[invalid-value] two\n{WRONG}\n")

    assert rules(judge(text)) == []


def test_one_comment_for_several_rules(judge: Judge, bad: Callable[[str], str]) -> None:
    text = bad(f"{WRONG}  # ficli: allow[invalid-value, future-date] a trial\n")
    (item,) = judge(text).diagnostics

    assert (item.rule, item.span.line) == ("unused-suppression", line_of(text, WRONG))
    assert "`future-date`" in item.message


def test_a_comment_without_a_reason_is_an_error(judge: Judge, bad: Callable[[str], str]) -> None:
    text = bad(f"{WRONG}  # ficli: allow[invalid-value]\n")

    assert rules(judge(text)) == [f"suppression-without-reason:{line_of(text, WRONG)}"]


def test_a_comment_that_names_no_rule(judge: Judge, bad: Callable[[str], str]) -> None:
    (item,) = judge(bad("severity: medium  # ficli: allow[cut-slugs] a trial\n")).diagnostics

    assert (item.rule, item.message, item.help) == (
        "unknown-rule", "there is no rule `cut-slugs`", "did you mean `cut-slug`?"
    )  # fmt: skip
    assert item.excerpt.source[item.span.column - 1 : item.span.end_column - 1] == "cut-slugs"


@pytest.mark.parametrize("comment", ["# ficli: ignore", "# ficli: allow cut-slug x", "# ficli:", "# ficli: allow[]"])
def test_a_comment_that_is_not_understood(judge: Judge, bad: Callable[[str], str], comment: str) -> None:
    assert [item.rule for item in judge(bad(f"severity: medium  {comment}\n")).diagnostics] == ["malformed-suppression"]


def test_a_comment_that_is_not_needed(judge: Judge, bad: Callable[[str], str]) -> None:
    text = bad("severity: medium  # ficli: allow[invalid-value] a trial\n")

    assert rules(judge(text)) == [f"unused-suppression:{line_of(text, 'severity:')}"]


def test_a_comment_for_a_rule_that_does_not_run_is_not_unused(judge: Judge, bad: Callable[[str], str]) -> None:
    text = bad("severity: medium  # ficli: allow[invalid-value] a trial\n")

    assert rules(judge(text, ignore=["invalid-value"])) == []
    assert rules(judge(text, select=["future-date", "unused-suppression"])) == []


def test_an_essential_rule_cannot_be_allowed_away(judge: Judge, good: str) -> None:
    text = good + "severity: low  # ficli: allow[duplicate-key] a trial\n"
    found = [item.rule for item in judge(text, ignore=["unformatted"]).diagnostics]

    assert sorted(found) == ["duplicate-key", "unused-suppression"]


def test_in_a_file_that_cannot_be_read_no_comment_is_called_unused(judge: Judge, bad: Callable[[str], str]) -> None:
    text = bad(f"{WRONG}  # ficli: allow[invalid-value] a trial\n") + "title: [\n"

    assert {item.rule for item in judge(text).diagnostics} == {"yaml-syntax"}


def test_a_finding_across_records_can_be_allowed(judge: Judge, good: str) -> None:
    second = good.replace("id: FI-0232", "id: FI-0300")
    allowed = second.replace("\nslug:", "\n# ficli: allow[duplicate-slug] a trial\nslug:")

    assert [item.rule for item in judge(good, files={"incidents/FI-0300.yaml": second}).diagnostics] == [
        "duplicate-slug"
    ]
    assert judge(good, files={"incidents/FI-0300.yaml": allowed}).diagnostics == []


# --- what is a comment -------------------------------------------------------------------------------------

TEXT = "# ficli: allow[invalid-value] no comment"


@pytest.mark.parametrize(
    "value",
    [
        f'"x {TEXT}"',
        f"'x {TEXT}'",
        f">-\n  x\n  {TEXT}\n  y",
        f"|\n  {TEXT}",
        f'"x\n  {TEXT}"',
        f"['x {TEXT}']",
        "x#ficli:allow[invalid-value]",
    ],
)
def test_text_in_a_value_is_no_comment(value: str) -> None:
    document = parse(f"a: {value}\nb: 1\n".encode())

    assert document.flaws == ()
    assert find_suppressions(document) == ()


@pytest.mark.parametrize(
    ("text", "line", "alone"),
    [
        (f"a: >-  {TEXT}\n  x\n", 1, False),
        (f"a: |+ {TEXT}\n  x\n", 1, False),
        (f"a: x {TEXT}\n", 1, False),
        (f"a: 'x' {TEXT}\n", 1, False),
        (f"a: {TEXT}\n  - x\n", 1, False),
        (f"a:\n  - x {TEXT}\n", 2, False),
        (f"a: [x, {TEXT}\n  y]\n", 1, False),
        (f"{TEXT}\na: x\n", 2, True),
        (f"a: >-\n  x\n{TEXT}\nb: x\n", 4, True),
        (f"a: x\n{TEXT}", 3, True),
    ],
)
def test_a_comment_and_the_line_it_speaks_of(text: str, line: int, *, alone: bool) -> None:
    (found,) = find_suppressions(parse(text.encode()))

    assert (found.line, found.alone) == (line, alone)
    assert (found.names, found.reason) == (("invalid-value",), "no comment")
    assert text[found.start : found.end] == TEXT


# --- findings in the middle of a text ----------------------------------------------------------------------


def in_the_text(_record: RecordContext) -> Iterator[Problem]:
    """Find a word on the third line of a folded text."""
    yield Problem(at=("what_happened",), message="odd word", piece="rehiring")


@pytest.mark.parametrize(
    "lines",
    [
        "# ficli: allow[future-date] a trial\nwhat_happened: >-\n",
        "what_happened: >-  # ficli: allow[future-date] a trial\n",
    ],
)
def test_a_finding_in_a_block_of_text_is_allowed_at_its_key(
    judge: Judge, good: str, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    monkeypatch.setattr(future_date, "check", in_the_text)
    (item,) = judge(good).diagnostics

    assert item.span.line == line_of(good, "service quality. The company is now rehiring")
    assert judge(good.replace("what_happened: >-\n", lines)).diagnostics == []
