"""Tests of lines and columns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.diagnostics import Span
from ficli.yaml.document import LineTable


def test_three_line_ends_and_no_other() -> None:
    lines = LineTable("a\nb\r\nc\rd\x85e\u2028f\u2029g\x0bh\x0ci\x1cj")
    assert len(lines) == 4
    assert [lines.line_text(number) for number in range(1, 5)] == [
        "a",
        "b",
        "c",
        "d\x85e\u2028f\u2029g\x0bh\x0ci\x1cj",
    ]


def test_columns_count_characters() -> None:
    lines = LineTable("é😀x\ny")
    assert lines.position(2) == (1, 3)
    assert lines.position(4) == (2, 1)
    assert lines.offset(1, 3) == 2


def test_beyond_the_text() -> None:
    lines = LineTable("ab\n")
    assert lines.position(99) == (2, 1)
    assert lines.position(-1) == (1, 1)
    assert lines.offset(1, 99) == 2
    assert lines.number(99) == 2
    assert lines.span(1, 0) == Span(1, 2, 1, 2)


@pytest.mark.parametrize("line", [0, -1, 3])
def test_no_such_line(line: int) -> None:
    with pytest.raises(IndexError):
        LineTable("a\nb").line_text(line)


@given(st.text(alphabet="a\n\r\u2028 é"))
def test_positions_and_offsets_are_inverse(text: str) -> None:
    lines = LineTable(text)
    assert [lines.line_text(number + 1) for number in range(len(lines))] == re.split(r"\r\n|\r|\n", text)
    for offset in range(len(text) + 1):
        line, column = lines.position(offset)
        if text[offset - 1 : offset + 1] != "\r\n":  # a place within a line end
            assert lines.offset(line, column) == offset
