"""Where an offset stands: lines and columns of a text, counted in characters.

A line ends at LF, CR LF or CR and nowhere else. U+0085, U+2028 and U+2029 are characters within a line, as
in YAML 1.2 and in editors; `str.splitlines` would break there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from ficli.diagnostics import Span

LINE_BREAK: Final = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of one text. Lines and columns are 1-based, offsets 0-based; all of them count characters."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        if "\r" in text:
            self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
        else:
            self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
            self._starts.pop()

    def __len__(self) -> int:
        """Count the lines; text that ends with a line break has an empty last line."""
        return len(self._starts)

    def number(self, offset: int) -> int:
        """Give the line of an offset; one beyond the text is on the last line, one below 0 on the first."""
        return max(1, bisect_right(self._starts, offset))

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset, which is clipped to the text."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Give the offset of the first character of a line; IndexError where there is no such line."""
        if line < 1:
            raise IndexError(f"there is no line {line}")
        return self._starts[line - 1]

    def end(self, line: int) -> int:
        """Give the offset just before the line break of a line; IndexError where there is no such line."""
        start = self.start(line)
        stop = self._starts[line] if line < len(self._starts) else len(self._text)
        while stop > start and self._text[stop - 1] in "\r\n":
            stop -= 1
        return stop

    def offset(self, line: int, column: int) -> int:
        """Give the offset of a column, at most the end of its line; IndexError where there is no such line."""
        return min(self.start(line) + max(column, 1) - 1, self.end(line))

    def line_text(self, line: int) -> str:
        """Give the text of a line without its line break; IndexError where there is no such line."""
        return self._text[self.start(line) : self.end(line)]

    def span(self, start: int, end: int) -> Span:
        """Give the stretch between two offsets, the second exclusive; both are clipped to the text."""
        return Span(*self.position(start), *self.position(max(start, end)))
