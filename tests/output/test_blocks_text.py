"""A page on a terminal and in a pipe: wrapped to the width or not at all, and nothing in it acts."""

from __future__ import annotations

from ficli.diagnostics import Severity
from ficli.output.blocks import Address, Block, Facts, Grid, Heading, Items, Line
from ficli.output.blocks_text import render
from ficli.wording import display_width

LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
BLOCKS: list[Block] = [
    Heading("A page", 1),
    Heading("Within", 3),
    Line("something"),
    Line(LONG, Severity.ERROR),
    Facts([("name", LONG), ("n", Address("https://example.org/" + "x" * 60))]),
    Items([[LONG, "below"], [""]], severities=[Severity.WARNING, Severity.ERROR]),
    Items([["do it"]], to_do=True),
    Grid(("", "one", "two"), [("title", LONG, "日本語" * 20), ("x", "", "y")]),
    Facts([]),
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
        *(Line("::error::a\nb"), Facts([("##[error]x", "\x1b[31m\u202e")]), Heading("a\n::b"), Heading("::c")),
        *(Items([["a", "::error::d"]]), Facts([("::e", "f")])),
    ]
    text = "".join(render(blocks))

    assert "##[" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "a b\n" in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
