"""One parsed file: its text, the tree of its fields, their data, its flaws, and the line and column of each field."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from ficli.diagnostics import FieldPath, Span
from ficli.yaml.flaws import UNUSABLE, Flaw
from ficli.yaml.nodes import MappingEntry, MappingNode, Node, Scalar, ScalarStyle, SequenceNode

if TYPE_CHECKING:
    from ficli.yaml.scalars import PlainData


LINE_BREAK: Final = re.compile(r"\r\n?|\n")


class LineTable:
    """The lines of one text. Lines and columns are 1-based, offsets 0-based; all of them count characters.

    A line ends at LF, CR LF or CR only, as in YAML 1.2; `str.splitlines` would also break at U+0085 and U+2028.
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        if "\r" in text:
            self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
        else:
            # Without a carriage return, `split` replaces the slower pattern.
            self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
            self._starts.pop()

    def __len__(self) -> int:
        """Count the lines; text that ends with a line break has an empty last line."""
        return len(self._starts)

    def number(self, offset: int) -> int:
        """Return the line of an offset; one beyond the text is on the last line, one below 0 on the first."""
        # Binary search in the sorted offsets of line starts.
        return max(1, bisect_right(self._starts, offset))

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, which is clipped to the text."""
        offset = min(max(offset, 0), len(self._text))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Return the offset of the first character of a line; IndexError if there is no such line."""
        if line < 1:
            raise IndexError(f"there is no line {line}")
        return self._starts[line - 1]

    def end(self, line: int) -> int:
        """Return the offset just before the line break of a line; IndexError if there is no such line."""
        start = self.start(line)
        stop = self._starts[line] if line < len(self._starts) else len(self._text)
        while stop > start and self._text[stop - 1] in "\r\n":
            stop -= 1
        return stop

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a column, at most the end of its line; IndexError if there is no such line."""
        return min(self.start(line) + max(column, 1) - 1, self.end(line))

    def line_text(self, line: int) -> str:
        """Return the text of a line without its line break; IndexError if there is no such line."""
        return self._text[self.start(line) : self.end(line)]

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets, the second exclusive; both are clipped to the text."""
        return Span(*self.position(start), *self.position(max(start, end)))


_REST_OF_LINE: Final = re.compile(r"[^\r\n]*")


@dataclass(frozen=True)
class YamlDocument:
    """The result of `parse` for a file.

    `data` is plain data, or None if the file is not usable. `root` is None if nothing could be read
    and in a file without content; it may exist for its spans when `data` does not. The first of two equal
    keys counts. Offsets count characters of `text`, which holds a byte order mark if the file does.
    """

    raw: bytes = field(repr=False)
    text: str = field(repr=False)
    root: Node | None = field(repr=False)
    data: PlainData
    flaws: tuple[Flaw, ...]

    @cached_property
    def usable(self) -> bool:
        """Whether the data is valid: there is some, and no flaw that makes it meaningless."""
        return self.data is not None and not any(flaw.kind in UNUSABLE for flaw in self.flaws)

    @cached_property
    def is_exact(self) -> bool:
        """Whether the text is what the file holds, and not a guess at bytes that are not UTF-8."""
        return self.text.encode(errors="replace") == self.raw

    @cached_property
    def lines(self) -> LineTable:
        """The lines of the text."""
        return LineTable(self.text)

    def span(self, start: int, end: int) -> Span:
        """Return the range between two offsets as lines and columns."""
        return self.lines.span(start, end)

    def node(self, path: FieldPath) -> Node | None:
        """Return the node at a path; None if there is none."""
        node = self.root
        for step in path:
            if isinstance(node, MappingNode) and isinstance(step, str):
                entry = node.entry(step)
                node = entry.value if entry else None
            elif isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def entry(self, path: FieldPath) -> MappingEntry | None:
        """Return the key with its value at a path; None if there is none, and for an item of a list."""
        parent = self.node(path[:-1]) if path else None
        if not isinstance(parent, MappingNode) or not isinstance(path[-1], str):
            return None
        return parent.entry(path[-1])

    def nearest(self, path: FieldPath) -> FieldPath:
        """Return the longest existing prefix of a path; the empty path is the record itself."""
        while path and self.node(path) is None:
            path = path[:-1]
        return path

    def key_span(self, path: FieldPath) -> Span | None:
        """Return the span of the key at a path; of an item of a list, its first line."""
        if path and isinstance(path[-1], int):
            return self.value_span(path)
        entry = self.entry(path)
        return self.span(entry.key.start, entry.key.end) if entry else None

    def value_span(self, path: FieldPath) -> Span | None:
        """Return the span of the value at a path; of a mapping or list, only its first line."""
        node = self.node(path)
        if node is None:
            return None
        if isinstance(node, Scalar):
            return self.span(node.start, node.end)
        first: Node = node
        while not isinstance(first, Scalar) and not first.flow:
            first = first.entries[0].value if isinstance(first, MappingNode) else first.items[0]
        line = _REST_OF_LINE.match(self.text, node.start)
        end = min(first.end, line.end() if line else node.end)
        return self.span(node.start, node.start + len(self.text[node.start : end].rstrip()))

    def find_in_value(self, path: FieldPath, text: str) -> Span | None:
        """Return the span of a piece of a text value in the file.

        Line ends of a folded value are spaces of its text. None if escapes hide the piece, or if the
        value does not hold it.
        """
        node = self.node(path)
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or not text or text not in node.value:
            return None
        start, end, quote = node.start, node.end, ""
        if node.style is ScalarStyle.DOUBLE:
            quote = '"'
            written = text.replace("\\", r"\\").replace('"', r"\"")
        elif node.style is ScalarStyle.SINGLE:
            written = text.replace("'", "''")
        else:
            written = text
        if node.style.is_block:
            header = _REST_OF_LINE.match(self.text, start)
            start = header.end() if header else start
        # The n-th place in the value is the n-th in the source, for both are read with the same loose blanks.
        in_value = _loose(text)
        before = sum(1 for match in in_value.finditer(node.value) if match.start() < node.value.index(text))
        if quote and "\\" in text and before:
            return None
        places = list(_loose(written).finditer(self.text, start, end))
        if len(places) <= before:
            return None
        return self.span(*places[before].span())


def _loose(text: str) -> re.Pattern[str]:
    """Return a pattern for a text in which each run of blanks matches any run of blanks and line ends."""
    words = re.split(r"(\s+)", text)
    return re.compile("".join(r"\s+" if word.isspace() else re.escape(word) for word in words))
