"""Write a page for a terminal or a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ficli.output.colours import Palette, Tone
from ficli.output.page import (
    Block,
    Content,
    FactList,
    Fit,
    Grid,
    Group,
    Heading,
    ItemList,
    LinkAddress,
    Marked,
    Passage,
    Quote,
    TextLine,
    plain_text,
)
from ficli.wording import cut, display_width, harmless, harmless_parts, wrapped

if TYPE_CHECKING:
    from rich.text import Text

    from ficli.diagnostics import Severity

_NARROWEST = 16
_WIDEST = 100
"""Cells; longer lines of prose are hard to read."""

_WIDEST_CELL = 100
_WIDEST_NAME = 20
_MOST_LINES = 4
_BREAK = re.compile(r"\s*[^\S ]\s*")
_SIGNS = str.maketrans({"·": "-", "—": "-", "“": '"', "”": '"', "…": "...", "█": "#"})


def render(blocks: Iterable[Block], *, width: int = 0, colour: bool = False, encoding: str = "utf-8") -> Iterator[str]:
    """Yield the text, block by block.

    Args:
        blocks: the parts of the page.
        width: terminal cells in a line; 0 to leave lines unwrapped.
        colour: whether to use colour.
        encoding: that of the stream; where it has no signs such as `…`, others stand for them.

    """
    plain = not _can_write(encoding)
    page = _Page(width, Palette(colour), "..." if plain else "…")
    gap = ""
    for block in blocks:
        if text := "".join(f"{line.rstrip()}\n" for line in page.lines(block)):
            yield gap + (text.translate(_SIGNS) if plain else text)
            gap = "\n"


def _can_write(encoding: str) -> bool:
    try:
        "".join(map(chr, _SIGNS)).encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


class _Run(NamedTuple):
    """Harmless text of one tone."""

    text: str
    tone: str = ""


class _Page:
    """Lays out blocks for one width."""

    def __init__(self, width: int, palette: Palette, more: str) -> None:
        self._width = width
        self._palette = palette
        self._more = more

    def lines(self, block: Block) -> Iterator[str]:
        match block:
            case Group(blocks):
                for part in blocks:
                    yield from self.lines(part)
            case Heading(text, level, note):
                indent = "  " if level > 2 else ""  # noqa: PLR2004 - within a card
                yield from self._set([_Run(indent)], [Marked(text, Tone.STRONG), note], indent)
            case TextLine(text, severity, indent, hang):
                yield from self._set([_Run(" " * indent)], text, " " * (indent + hang), severity)
            case Quote(text):
                yield from self._set([_Run("  | ")], text, "  | ")
            case FactList():
                yield from self._facts(block)
            case ItemList():
                yield from self._items(block)
            case Grid():
                yield from self._grid(block)

    def _facts(self, block: FactList) -> Iterator[str]:
        names = [_run(name) for name, _ in block.rows]
        widest = max((block.width, *(display_width(name.text) for name in names)))
        for name, (_, value) in zip(names, block.rows, strict=True):
            whole = _tone(value)  # a value that stands out does so with its name
            lead = [_Run("  ", whole), _Run(_padded(name.text, widest), name.tone or whole), _Run("  ", whole)]
            yield from self._set(lead, value, " " * (widest + 4))

    def _items(self, block: ItemList) -> Iterator[str]:
        for number, lines in enumerate(block.items):
            mark = block.marks[number] if block.marks else "[ ]" if block.to_do else "-"
            rest = " " * (block.indent + len(mark) + 1)
            for place, line in enumerate(lines):
                severity = block.severities[number] if block.severities and not place else None
                lead = rest if place else f"{' ' * block.indent}{mark} "
                yield from self._set([_Run(lead)], line, rest, severity)

    def _set(
        self, lead: Sequence[_Run], content: Content, rest: str, severity: Severity | None = None
    ) -> Iterator[str]:
        """Set content in lines, the first of which starts with `lead` and the others with `rest`."""
        weight = [_Run(f"{severity}: ", severity)] if severity else []
        runs = [*weight, *self._runs(content)]
        if not self._width or isinstance(content, LinkAddress):
            yield self._painted([*lead, *runs])
            return
        from rich.text import Text

        text = Text.assemble(*runs)
        room = max(_NARROWEST, min(self._width, _WIDEST) - len(rest))
        for number, line in enumerate(wrapped(text, room) or [text]):
            yield self._painted([*([_Run(rest)] if number else lead), *_runs_of(line)])

    def _runs(self, content: Content) -> list[_Run]:
        if isinstance(content, LinkAddress):
            return [_Run(_plain(content.url), Tone.QUIET)]
        if not isinstance(content, list):
            return [_run(content)]
        if not content:
            return []
        # Made harmless as a whole: what a log takes for a command may begin in one passage and end in the next.
        texts = [_BREAK.sub(" ", self._pointed(passage)) for passage in content]
        first, *others = harmless_parts("".join(texts), *accumulate(map(len, texts[:-1])))
        parts = (_begun(first), *others)
        return [_Run(text, _tone(passage)) for text, passage in zip(parts, content, strict=True)]

    def _pointed(self, passage: Passage) -> str:
        """Enclose a match in asterisks if there are no colours."""
        text = plain_text(passage)
        return f"*{text}*" if _tone(passage) == Tone.MATCH and not self._palette.on else text

    def _painted(self, runs: Iterable[_Run]) -> str:
        return "".join(
            self._palette.paint(tone, "".join(run.text for run in together))
            for tone, together in groupby(runs, key=itemgetter(1))
        )

    def _grid(self, block: Grid) -> Iterator[str]:
        """Lay out a table; `rich.table` takes seconds for the 10,000 rows of a list."""
        even = block.fit is Fit.EVEN
        rows = [[_run(cell) for cell in row] for row in chain((block.heads,) if block.heads else (), block.rows)]
        widths = [max(display_width(cell.text) for cell in column) for column in zip(*rows, strict=True)]
        widths = [max(pair) for pair in zip_longest(widths, block.widths, fillvalue=0)]
        shown = list(range(len(widths)))
        if even:
            self._share(widths)
        elif self._width:
            self._leave_to_last(widths, shown)
        most = _MOST_LINES if even and self._width else 0 if block.fit is Fit.LAST else 1
        for number, row in enumerate(rows):
            cells = [self._cell(row[place].text, widths[place], most) for place in shown]
            for parts in zip_longest(*cells, fillvalue=""):
                line = "  ".join(
                    self._palette.paint(row[place].tone, _padded(part, widths[place]))
                    for part, place in zip(parts, shown, strict=True)
                ).rstrip()
                yield "    " * even + (line if number or not block.heads else self._palette.strong(line))

    def _share(self, widths: list[int]) -> None:
        """Narrow the columns so that all but the first are equally wide at most."""
        widths[:] = [min(wide, _WIDEST_CELL) for wide in widths]
        if self._width:
            widths[0] = min(widths[0], _WIDEST_NAME)
            gaps = 4 + 2 * (len(widths) - 1)
            room = (min(self._width, _WIDEST) - gaps - widths[0]) // max(1, len(widths) - 1)
            widths[1:] = [min(wide, max(_NARROWEST, room)) for wide in widths[1:]]

    def _leave_to_last(self, widths: list[int], shown: list[int]) -> None:
        """Fit the last column into the room that is left; if that is too narrow, drop others, but never the first."""
        while len(shown) > 2 and self._left(widths, shown) < _NARROWEST:  # noqa: PLR2004 - the first and the last
            del shown[-2]
        widths[-1] = min(widths[-1], max(_NARROWEST, self._left(widths, shown)))

    def _left(self, widths: Sequence[int], shown: Sequence[int]) -> int:
        return self._width - sum(widths[place] + 2 for place in shown[:-1])

    def _cell(self, text: str, width: int, most: int) -> list[str]:
        if display_width(text) <= width:
            return [text]
        if most == 1:
            return [cut(text, width, self._more)]
        from rich.console import Console
        from rich.text import Text

        lines = [line.plain.rstrip() for line in Text(text).wrap(Console(width=width), width)]
        if most and len(lines) > most:
            lines[most - 1 :] = [cut(lines[most - 1] + self._more, width, self._more)]
        return lines


def _runs_of(line: Text) -> Iterator[_Run]:
    """Yield the runs of a line that rich has wrapped; its spans are in order and do not overlap."""
    end = 0
    for start, stop, tone in line.spans:
        yield _Run(line.plain[end:start])
        yield _Run(line.plain[start:stop], str(tone))
        end = stop
    yield _Run(line.plain[end:])


def _tone(content: Content) -> str:
    return content.tone if isinstance(content, Marked) else ""


def _run(passage: Passage) -> _Run:
    return _Run(_plain(plain_text(passage)), _tone(passage))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _plain(text: str) -> str:
    """Write text on one line, safe for a terminal and for a runner that reads commands in the output of a job."""
    return _begun(harmless(" ".join(text.split())))


def _begun(line: str) -> str:
    """Keep the beginning of a line from being taken for a command, whatever follows."""
    return f": :{line[2:]}" if line.startswith("::") else line
