"""The frame around a finding: what is shown, what is marked, how wide, and that foreign text stays text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.diagnostics import FILE_START, Diagnostic, Excerpt, Severity, Span
from ficli.output.full import render
from ficli.output.report import Report
from ficli.wording import HIDDEN, display_width

Make = Callable[..., Diagnostic]
Mark = Callable[..., Excerpt]
Reporting = Callable[..., Report]

SUMMARY = "Found 1 problem (1 error) in 1 of 41 records. 30 rules ran.\n"


def drawn(report: Report) -> str:
    """Draw a report, without its summary."""
    text = "".join(render(report))
    body, _, summary = text.rstrip("\n").rpartition("\n\n")
    assert summary == report.summary()
    return body


def test_the_frame_of_the_design(finding: Make, excerpt: Mark, report: Reporting) -> None:
    item = finding(
        rule="duplicate-source",
        message="this source is listed twice",
        excerpt=excerpt(
            "  - url: https://www.example.org/report?utm_source=x",
            "https://www.example.org/report?utm_source=x",
            "same page: `www.` and `utm_source` do not count",
            line=58,
        ),
        related=(
            excerpt("  - url: https://example.org/report", "https://example.org/report", "first listed here", line=52),
        ),
        help="delete this source, or move its passages to the first",
    )

    assert "".join(render(report(item))) == (
        """\
error[duplicate-source]: this source is listed twice
  --> incidents/FI-0232.yaml:58:10
   |
52 |   - url: https://example.org/report
   |          -------------------------- first listed here
   |
58 |   - url: https://www.example.org/report?utm_source=x
   |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ same page: `www.` and `utm_source` do not count
   |
   = help: delete this source, or move its passages to the first

"""
        + SUMMARY
    )


def test_a_finding_without_words_has_no_empty_lines(finding: Make, report: Reporting) -> None:
    assert drawn(report(finding())) == (
        """\
error[some-rule]: something is wrong
 --> incidents/FI-0232.yaml:1:8
  |
1 | title: Bank
  |        ^^^^"""
    )


def test_a_place_in_another_file_has_its_own_frame(finding: Make, excerpt: Mark, report: Reporting) -> None:
    item = finding(related=(excerpt("slug: bank", "bank", "first used here", line=104, path="drafts/a.yaml"),))

    assert drawn(report(item, prefix="demo/")) == (
        """\
error[some-rule]: something is wrong
   --> demo/incidents/FI-0232.yaml:1:8
    |
  1 | title: Bank
    |        ^^^^
    |
   ::: demo/drafts/a.yaml:104:7
    |
104 | slug: bank
    |       ---- first used here"""
    )


def test_two_marks_on_one_line_show_it_once(finding: Make, report: Reporting) -> None:
    line = "{a: 1, b: 2, a: 3}"
    again = Excerpt("incidents/FI-0232.yaml", Span(1, 14, 1, 15), line, "again")
    first = Excerpt("incidents/FI-0232.yaml", Span(1, 2, 1, 3), line, "first")

    assert drawn(report(finding(excerpt=again, related=(first,)))).splitlines()[2:] == [
        "  |",
        "1 | {a: 1, b: 2, a: 3}",
        "  |  - first",
        "  |              ^ again",
    ]


def test_marks_on_neighbouring_lines_stand_close(finding: Make, excerpt: Mark, report: Reporting) -> None:
    item = finding(excerpt=excerpt("b: 2", "b", line=2), related=(excerpt("a: 1", "a", line=1),))

    assert drawn(report(item)).splitlines()[2:] == ["  |", "1 | a: 1", "  | -", "2 | b: 2", "  | ^"]


def test_a_finding_without_a_source_line_has_no_frame(finding: Make, report: Reporting) -> None:
    item = finding(excerpt=Excerpt("incidents/a.yml", FILE_START, ""), help="rename it")

    assert drawn(report(item)) == (
        "error[some-rule]: something is wrong\n --> incidents/a.yml:1:1\n  |\n  = help: rename it"
    )


@pytest.mark.parametrize(
    ("source", "piece", "before", "marks"),
    [
        ("title: 中文 x", "中文", "title: ", "^^^^"),
        ("title: 中文 x", "x", "title: 中文 ", "^"),
        ("title: 😀 x", "😀", "title: ", "^^"),
        ("title: 😀 x", "x", "title: 😀 ", "^"),
        ("title: cafe\u0301 x", "x", "title: cafe\u0301 ", "^"),
        ("title: a\tb", "b", "title: a\\t", "^"),
        ("title: a\x1b[31mb", "\x1b", "title: a", "^^^^"),
        ("title: a\u202eb", "b", "title: a\\u202e", "^"),
    ],
)
def test_marks_stand_below_what_they_mark(  # noqa: PLR0913, PLR0917 - a table and three fixtures
    finding: Make, excerpt: Mark, report: Reporting, source: str, piece: str, before: str, marks: str
) -> None:
    lines = drawn(report(finding(excerpt=excerpt(source, piece)))).splitlines()

    assert lines[3].startswith(f"1 | {before}")
    assert lines[4] == f"  | {' ' * display_width(before)}{marks}"


def test_a_place_without_characters_has_one_mark(finding: Make, report: Reporting) -> None:
    item = finding(excerpt=Excerpt("a.yaml", Span(1, 7, 1, 7), "title:"))

    assert drawn(report(item)).splitlines()[4] == "  |       ^"


def test_a_place_of_several_lines_is_marked_to_the_end_of_its_first(finding: Make, report: Reporting) -> None:
    item = finding(excerpt=Excerpt("a.yaml", Span(1, 1, 4, 2), "sources:   "))

    assert drawn(report(item)).splitlines()[3:5] == ["1 | sources:", "  | ^^^^^^^^"]


def test_a_place_beyond_the_line_is_marked_at_its_end(finding: Make, report: Reporting) -> None:
    item = finding(excerpt=Excerpt("a.yaml", Span(1, 90, 1, 95), "title: x"))

    assert drawn(report(item)).splitlines()[3:5] == ["1 | title: x", "  |         ^"]


# --- long lines --------------------------------------------------------------------------------------------

LONG = "what_happened: " + "word " * 60


@pytest.mark.parametrize(
    ("start", "end"), [(0, 13), (15, 19), (15, 300), (100, 104), (100, 290), (280, 284), (299, 300), (0, 300)]
)
@pytest.mark.parametrize("width", [40, 80, 0])
def test_a_long_line_is_cut_around_its_mark(finding: Make, report: Reporting, start: int, end: int, width: int) -> None:
    item = finding(excerpt=Excerpt("a.yaml", Span(1, start + 1, 1, end + 1), LONG))
    source, marks = drawn(report(item, width=width)).splitlines()[3:5]

    assert len(source) <= (width or 124)
    assert "…" in source
    first, last = marks.index("^"), marks.rindex("^")
    shown = source[first : last + 1]
    assert LONG[start:end].startswith(shown.rstrip("…").rstrip())
    assert len(shown.rstrip("…")) >= min(end - start, 10)


@given(
    st.text(st.characters(exclude_characters="\n\r"), max_size=200),
    st.integers(0, 200),
    st.integers(0, 40),
    st.sampled_from([40, 60, 80, 0]),
)
def test_whatever_the_line_the_marks_stay_within_it(source: str, start: int, length: int, width: int) -> None:
    start = min(start, len(source))
    span = Span(1, start + 1, 1, min(start + length, len(source)) + 1)
    item = Diagnostic("some-rule", Severity.ERROR, "wrong", Excerpt("a.yaml", span, source))
    text = "".join(render(Report([item], 1, 1, {"a.yaml"}, 1, width=width)))

    assert HIDDEN.search(text.replace("\n", "")) is None
    lines = text.split("\n")
    shown = next((line for line in lines if line.startswith("1 |")), "")
    marks = next((line for line in lines if "^" in line and line.startswith("  |")), "")
    assert display_width(shown) <= (width or 124)
    if source == source.rstrip():  # blanks at the end of a line are marked and not printed
        assert len(marks) <= max(display_width(shown), 4) + 1


def test_two_marks_on_one_long_line_show_each_its_part(finding: Make, report: Reporting) -> None:
    main = Excerpt("a.yaml", Span(1, 281, 1, 285), LONG)
    first = Excerpt("a.yaml", Span(1, 16, 1, 20), LONG)
    lines = drawn(report(finding(excerpt=main, related=(first,)), width=80)).splitlines()
    pairs = [(source, marks) for source, marks in pairwise(lines) if source.startswith("1 |")]

    assert len(pairs) == 2
    for (source, marks), sign in zip(pairs, "-^", strict=True):
        assert source[marks.index(sign) : marks.rindex(sign) + 1] == "word"


# --- words -------------------------------------------------------------------------------------------------


def test_a_long_help_is_wrapped_on_a_terminal_and_nowhere_else(finding: Make, report: Reporting) -> None:
    item = finding(help="rename it " * 12)

    assert max(map(len, drawn(report(item)).splitlines())) > 120
    wrapped = drawn(report(item, width=60)).splitlines()
    assert max(map(len, wrapped)) <= 60
    assert wrapped[6].startswith("  = help: rename it")
    assert wrapped[7].startswith("          rename it")


def test_a_help_is_as_wide_as_its_cells(finding: Make, report: Reporting) -> None:
    lines = drawn(report(finding(help="支払いを二回 " * 12), width=60)).splitlines()

    assert max(map(display_width, lines)) <= 60
    assert lines[7].startswith("          支払いを二回")


def test_an_address_in_a_help_stays_whole(finding: Make, report: Reporting) -> None:
    url = "https://example.org/" + "x" * 60

    assert any(line.strip() == url for line in drawn(report(finding(help=f"see {url} for it"), width=60)).splitlines())


HOSTILE = "a\x1b[31mred\nforged: line\r\u202e\ud800[bold]x[/bold]`"


def test_hostile_text_stays_text(finding: Make, report: Reporting) -> None:
    place = Excerpt(HOSTILE, Span(1, 1, 1, 5), HOSTILE.replace("\n", ""), HOSTILE)
    item = finding(message=HOSTILE, help=HOSTILE, excerpt=place, related=(place, Excerpt("b", FILE_START, HOSTILE)))
    text = "".join(render(report(item, prefix=HOSTILE)))

    assert HIDDEN.search(text.replace("\n", "")) is None
    assert not [line for line in text.splitlines() if line.startswith("forged")]
    assert "\\x1b[31mred\\nforged: line\\r\\u202e\\ud800[bold]x[/bold]" in text
    text.encode()


# --- colour ------------------------------------------------------------------------------------------------


def test_without_colour_there_is_no_escape(finding: Make, excerpt: Mark, report: Reporting) -> None:
    item = finding(help="do it", related=(excerpt("a: b", "b", "here"), excerpt("a: b", "b", path="c.yaml")))

    assert "\x1b" not in "".join(render(report(item)))


def test_colour_adds_nothing_but_colour(finding: Make, excerpt: Mark, report: Reporting) -> None:
    item = finding(
        severity=Severity.WARNING,
        help="do it",
        related=(excerpt("a: b", "b", "here"), excerpt("a: b", "b", path="c.yaml")),
    )
    coloured = "".join(render(report(item, colour=True)))
    for code in ("0", "1", "1;33", "34", "36"):
        assert f"\x1b[{code}m" in coloured
        coloured = coloured.replace(f"\x1b[{code}m", "")

    assert coloured == "".join(render(report(item)))


@pytest.mark.parametrize("piece", ["#[error]b", "[error]b", "a #"])
def test_a_mark_does_not_part_what_a_log_takes_for_a_command(
    finding: Make, excerpt: Mark, report: Reporting, piece: str
) -> None:
    lines = drawn(report(finding(excerpt=excerpt("t: a ##[error]b", piece)))).splitlines()

    assert lines[3] == "1 | t: a \\x23#[error]b"
    assert "##[" not in "".join(lines)
    assert lines[3][lines[4].index("^") :].startswith(piece.replace("a #", "a \\x23"))
