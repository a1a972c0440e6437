"""Writes the parts of a page for a terminal, or for a pipe, where nothing wraps."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from ficli.output.blocks import Address, Facts, Grid, Heading, Items, Line
from ficli.output.colours import Palette
from ficli.wording import display_width, harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ficli.output.blocks import Block, Content

_NARROWEST = 20
_WIDEST = 100
_WIDEST_CELL = 100
_WIDEST_NAME = 20
_MOST_LINES = 4
_DENSEST = 8
"""Characters that a cell of the terminal may be made of."""


def render(blocks: Iterable[Block], *, width: int = 0, colour: bool = False) -> Iterator[str]:
    """Yield the text, block by block.

    Args:
        blocks: the parts of the page.
        width: terminal cells in a line; 0 where lines are not to be wrapped.
        colour: whether to colour.

    """
    page = _Page(min(width, _WIDEST), Palette(colour))
    for block in blocks:
        yield "".join(f"{line.rstrip()}\n" for line in page.lines(block)) + "\n"


class _Page:
    """Lays out blocks for one width."""

    def __init__(self, width: int, palette: Palette) -> None:
        self._width = width
        self._palette = palette

    def lines(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(text, level):
                yield self._palette.strong(("  " if level > 2 else "") + _plain(text))  # noqa: PLR2004 - within a card
            case Line(text, severity):
                mark = self._palette.severity(severity, f"{severity}: ") if severity else ""
                first, *rest = self._wrapped(text, 2, len(f"{severity}: ") if severity else 0)
                yield f"  {mark}{first}"
                yield from (f"  {line}" for line in rest)
            case Facts():
                yield from self._facts(block)
            case Items():
                yield from self._items(block)
            case Grid():
                yield from self._grid(block)

    def _facts(self, block: Facts) -> Iterator[str]:
        widest = max((display_width(_plain(name)) for name, _ in block.rows), default=0)
        for name, value in block.rows:
            shown = _plain(name)
            lead = f"  {self._palette.quiet(shown)}{' ' * (widest - display_width(shown))}  "
            first, *rest = self._wrapped(value, widest + 4)
            yield lead + first
            yield from (" " * (widest + 4) + line for line in rest)

    def _items(self, block: Items) -> Iterator[str]:
        mark = "[ ] " if block.to_do else "- "
        indent = 4 + len(mark)
        for number, lines in enumerate(block.items):
            severity = block.severities[number] if block.severities else None
            weight = f"{severity}: " if severity else ""
            for place, line in enumerate(lines):
                first, *rest = self._wrapped(line, indent, 0 if place else len(weight))
                painted = self._palette.severity(severity, weight) if severity and not place else ""
                yield f"{' ' * indent if place else '    ' + mark}{painted}{first}"
                yield from (" " * indent + more for more in rest)

    def _grid(self, block: Grid) -> Iterator[str]:
        rows = [[_cut(_plain(cell)) for cell in row] for row in (block.heads, *block.rows)]
        widths = [max(display_width(row[place]) for row in rows) for place in range(len(block.heads))]
        if self._width:
            widths[0] = min(widths[0], _WIDEST_NAME)
            gaps = 4 + 2 * (len(widths) - 1)
            room = max(_NARROWEST, (self._width - gaps - widths[0]) // max(1, len(widths) - 1))
            widths[1:] = [min(wide, room) for wide in widths[1:]]
        for number, row in enumerate(rows):
            cells = [_folded(cell, wide) for cell, wide in zip(row, widths, strict=True)]
            for parts in zip_longest(*cells, fillvalue=""):
                padded = (part + " " * (wide - display_width(part)) for part, wide in zip(parts, widths, strict=True))
                line = "    " + "  ".join(padded)
                yield line if number else self._palette.quiet(line)

    def _wrapped(self, item: Content, indent: int, taken: int = 0) -> list[str]:
        text = _plain(item.url if isinstance(item, Address) else item)
        room = self._width - indent
        if not self._width or isinstance(item, Address):
            return [text]
        lines = textwrap.wrap(" " * taken + text, max(_NARROWEST, room), break_long_words=False, break_on_hyphens=False)
        return [lines[0][taken:], *lines[1:]] if lines else [""]


def _plain(text: str) -> str:
    """Put text on one line that acts on no terminal, and on no runner that reads commands in what a job prints."""
    line = harmless(" ".join(text.split())).replace("##[", "# #[")
    return f": :{line[2:]}" if line.startswith("::") else line


def _folded(text: str, room: int) -> list[str]:
    """Break text into lines of so many terminal cells, between words where that is possible."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if display_width(joined) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and display_width(lines[-1] + letter) > room:
                lines.append("")
            lines[-1] += letter
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], _cut(f"{lines[_MOST_LINES - 1]}…", room)]
    return lines


def _cut(text: str, room: int = _WIDEST_CELL) -> str:
    if display_width(text) <= room:
        return text
    text = text[: _DENSEST * room]
    while display_width(text) > room - 1:
        text = text[:-1]
    return text + "…"
