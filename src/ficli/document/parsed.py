"""One file, read: its text, the tree of its fields, the data they hold, its flaws, and where each field stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ficli.document.flaws import UNUSABLE, Flaw
from ficli.document.lines import Lines
from ficli.document.nodes import Entry, Mapping, Node, Scalar, Sequence, Style

if TYPE_CHECKING:
    from ficli.diagnostics import FieldPath, Span
    from ficli.document.plain import Plain

_REST_OF_LINE: Final = re.compile(r"[^\r\n]*")


@dataclass(frozen=True)
class Document:
    """What `parse` makes of a file.

    `data` is plain data, or None where the file is not usable. `root` is None where nothing could be read
    and in a file without content; it may be there for its spans when `data` is not. The first of two equal
    keys counts. Offsets count characters of `text`, which holds a byte order mark if the file does.
    """

    raw: bytes = field(repr=False)
    text: str = field(repr=False)
    root: Node | None = field(repr=False)
    data: Plain
    flaws: tuple[Flaw, ...]

    @cached_property
    def usable(self) -> bool:
        """Whether the data can be believed: there is some, and no flaw that takes its meaning away."""
        return self.data is not None and not any(flaw.kind in UNUSABLE for flaw in self.flaws)

    @cached_property
    def is_exact(self) -> bool:
        """Whether the text is what the file holds, and not a guess at bytes that are not UTF-8."""
        return self.text.encode(errors="replace") == self.raw

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text)

    def span(self, start: int, end: int) -> Span:
        """Give the stretch between two offsets as lines and columns."""
        return self.lines.span(start, end)

    def node(self, path: FieldPath) -> Node | None:
        """Find the node at a path; None where there is none."""
        node = self.root
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str):
                entry = node.entry(step)
                node = entry.value if entry else None
            elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def entry(self, path: FieldPath) -> Entry | None:
        """Find the key with its value at a path; None where there is none, and for an item of a list."""
        parent = self.node(path[:-1]) if path else None
        if not isinstance(parent, Mapping) or not isinstance(path[-1], str):
            return None
        return parent.entry(path[-1])

    def nearest(self, path: FieldPath) -> FieldPath:
        """Give the longest part of a path, from its start, that is there; the empty path is the record itself."""
        while path and self.node(path) is None:
            path = path[:-1]
        return path

    def key_span(self, path: FieldPath) -> Span | None:
        """Say where the key at a path stands; of an item of a list, its first line."""
        if path and isinstance(path[-1], int):
            return self.value_span(path)
        entry = self.entry(path)
        return self.span(entry.key.start, entry.key.end) if entry else None

    def value_span(self, path: FieldPath) -> Span | None:
        """Say where the value at a path stands; of a mapping or list, only its first line."""
        node = self.node(path)
        if node is None:
            return None
        if isinstance(node, Scalar):
            return self.span(node.start, node.end)
        first: Node = node
        while not isinstance(first, Scalar) and not first.flow:
            first = first.entries[0].value if isinstance(first, Mapping) else first.items[0]
        line = _REST_OF_LINE.match(self.text, node.start)
        end = min(first.end, line.end() if line else node.end)
        return self.span(node.start, node.start + len(self.text[node.start : end].rstrip()))

    def find_in_value(self, path: FieldPath, text: str) -> Span | None:
        """Say where a piece of a text value stands in the file.

        Line ends of a folded value are spaces of its text. None where escapes hide the piece, and where the
        value does not hold it.
        """
        node = self.node(path)
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or not text or text not in node.value:
            return None
        start, end, quote = node.start, node.end, ""
        if node.style is Style.DOUBLE:
            quote = '"'
            written = text.replace("\\", r"\\").replace('"', r"\"")
        elif node.style is Style.SINGLE:
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
    """Match a text with any run of blanks and line ends for each run of its own."""
    words = re.split(r"(\s+)", text)
    return re.compile("".join(r"\s+" if word.isspace() else re.escape(word) for word in words))
