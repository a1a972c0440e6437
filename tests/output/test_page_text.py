"""A page on a terminal and in a pipe: wrapped to the width or not at all, and nothing in it acts."""

from __future__ import annotations

from ficli.diagnostics import Severity
from ficli.output.colours import Tone
from ficli.output.page import Block, FactList, Fit, Grid, Group, Heading, ItemList, LinkAddress, Marked, Quote, TextLine
from ficli.output.page_text import render
from ficli.wording import display_width

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
BLOCKS: list[Block] = [
    Heading("A page", 1),
    Heading("Within", 3),
    TextLine("something"),
    TextLine(LONG, Severity.ERROR),
    FactList([("name", LONG), ("n", LinkAddress("https://example.org/" + "x" * 60))]),
    ItemList([[LONG, "below"], [""]], severities=[Severity.WARNING, Severity.ERROR]),
    ItemList([["do it"]], to_do=True),
    Grid(("", "one", "two"), [("title", LONG, "日本語" * 20), ("x", "", "y")]),
    FactList([]),
]


def test_in_a_pipe_nothing_wraps() -> None:
    text = "".join(render(BLOCKS))

    assert f"  error: {LONG}\n" in text
    assert f"  name  {LONG}\n" in text
    assert f"    - warning: {LONG}\n      below\n" in text
    assert "    [ ] do it\n" in text
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_on_a_terminal_a_cell_has_several_lines_of_which_each_fits() -> None:
    rows = [("title", LONG, "日本語" * 40), ("url", "https://example.org/" + "x" * 30, "y"), ("x" * 30, "", "")]
    lines = "".join(render([Grid(("", "one", "two"), rows)], width=80)).splitlines()

    assert lines[:4] == [
        " " * 26 + "one" + " " * 25 + "two",
        "    title" + " " * 17 + "one two three four five     日本語日本語日本語日本語日",
        " " * 26 + "six seven eight nine ten    本語日本語日本語日本語日本",
        " " * 26 + "eleven twelve thirteen      語日本語日本語日本語日本語",
    ]
    assert lines[4].endswith("…")
    assert lines[5:7] == [
        "    url" + " " * 19 + "https://example.org/xxxxxx  y",
        " " * 26 + "x" * 24,
    ]
    assert all(display_width(line) <= 80 for line in lines)


def test_in_a_pipe_a_cell_has_one_line() -> None:
    (_, line) = "".join(render([Grid(("", "one"), [("title", LONG)])])).strip("\n").splitlines()

    assert line == f"    title  {LONG}"


def test_on_a_terminal_lines_fit_unless_they_are_addresses() -> None:
    lines = "".join(render(BLOCKS, width=60)).splitlines()

    assert all(display_width(line) <= 60 for line in lines if "https://" not in line)
    assert "  error: one two three four five six seven eight nine ten" in lines
    assert "        four five six" not in lines


def test_colours() -> None:
    assert "\x1b[1mA page\x1b[0m" in "".join(render(BLOCKS, colour=True))


def test_nothing_in_a_text_acts() -> None:
    blocks: list[Block] = [
        *(TextLine("::error::a\nb"), FactList([("##[error]x", "\x1b[31m\u202e")]), Heading("a\n::b"), Heading("::c")),
        *(ItemList([["a", "::error::d"]]), FactList([("::e", "f")])),
    ]
    text = "".join(render(blocks))

    assert "##[" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "a b\n" in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


def drawn(*blocks: Block, width: int = 0, colour: bool = False, encoding: str = "utf-8") -> list[str]:
    return "".join(render(blocks, width=width, colour=colour, encoding=encoding)).splitlines()


def test_a_blank_line_stands_between_parts_and_not_within_a_group() -> None:
    assert drawn(Group([Heading("A"), TextLine("b")]), FactList([]), TextLine("c")) == ["A", "  b", "", "  c"]


def test_a_match_is_painted_on_both_lines_or_stands_between_asterisks() -> None:
    line = TextLine(["one ", Marked("two three", Tone.MATCH), "  four"], indent=0)

    assert drawn(line) == ["one *two three*  four"]
    assert drawn(line, width=16, colour=True) == ["one \x1b[1;33mtwo three\x1b[0m", "four"]
    wide = TextLine(["one two thre ", Marked("four five", Tone.MATCH)], indent=0)
    assert drawn(wide, width=18, colour=True) == ["one two thre \x1b[1;33mfour\x1b[0m", "\x1b[1;33mfive\x1b[0m"]


def test_a_command_that_goes_through_passages_is_none() -> None:
    (line,) = drawn(
        TextLine([Marked("#", Tone.STRONG), Marked("#", Tone.BAD), "[error]x :", Marked(":warning", Tone.BAD)])
    )

    assert line == "  \\x23#[error]x \\x3a:warning"


def test_further_lines_hang_and_a_quote_has_a_bar_before_each() -> None:
    assert (
        drawn(TextLine("Tags: " + LONG, indent=0, hang=2), width=50)[1] == "  nine ten eleven twelve thirteen fourteen"
    )
    assert all(line.startswith("  | ") for line in drawn(Quote(LONG), width=40))


def test_items_have_their_own_marks() -> None:
    assert drawn(ItemList([["a", "b"]], marks=["[1]"], indent=2)) == ["  [1] a", "      b"]


def test_the_last_column_wraps_or_is_cut_and_others_go_where_it_has_no_room() -> None:
    rows = [("FI-0001", "agentic-action-error", LONG)]

    assert drawn(Grid((), rows, Fit.LAST, [9]), width=60)[1] == " " * 33 + "seven eight nine ten eleven"
    assert drawn(Grid(("ID", "mode", "title"), rows, Fit.CUT), width=40) == [
        "ID       title",
        "FI-0001  one two three four five six se…",
    ]


def test_signs_that_a_stream_cannot_write_are_others_of_the_same_width() -> None:
    grid = Grid((), [("FI-0001", LONG)], Fit.CUT)

    assert drawn(TextLine("a · “b”"), encoding="ascii") == ['  a - "b"']
    assert drawn(grid, width=40, encoding="ascii") == ["FI-0001  one two three four five six..."]
    assert drawn(grid, width=40, encoding="no such") == drawn(grid, width=40, encoding="ascii")
