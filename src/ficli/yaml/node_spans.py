"""The extent of a key or an item in the text: the comments above that belong to it, and its last line.

A comment line belongs to the key or item directly below it if both start in the same column. One that is
indented deeper than a key belongs to the value above. The comments at the top of a file belong to the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ficli.yaml.decoding import BYTE_ORDER_MARK
from ficli.yaml.nodes import MappingNode, Node, SequenceNode

_LINE: Final = re.compile(r"[^\r\n]*")
_NEXT_COMMENT: Final = re.compile(r"(?:\r\n?|\n)([ ]*)#[^\r\n]*")
_COMMENT_ABOVE: Final = re.compile(r"([ ]*)#[^\r\n]*\Z")
_REST_IS_COMMENT: Final = re.compile(r"[ \t]*(?:#.*)?\Z")
_COLON: Final = re.compile(r"[ ]*:(?=[\s]|\Z)")
_BREAK: Final = re.compile(r"(?:\r\n|\r|\n)\Z")


@dataclass(frozen=True, slots=True)
class ChildSpan:
    """Where a child of a block mapping or list starts, with its comments and without, and where its last line ends.

    `start` is the first of its comments, or else `own`: its key or dash. Neither counts the indentation.
    """

    start: int
    own: int
    end: int


def line_start(text: str, at: int) -> int:
    """Return the offset of the first character of the line, not counting a byte order mark."""
    start = text.rfind("\n", 0, at) + 1
    start = max(start, text.rfind("\r", start, at) + 1)
    return start + text.startswith(BYTE_ORDER_MARK, 0, at) if start == 0 else start


def line_end(text: str, at: int) -> int:
    """Return the offset just before the line break, from `at` on."""
    line = _LINE.match(text, at)
    return line.end() if line else at


def column(text: str, at: int) -> int:
    """Count the characters before an offset on its line."""
    return at - line_start(text, at)


def child_spans(text: str, node: MappingNode | SequenceNode, *, is_root: bool) -> tuple[ChildSpan, ...] | None:
    """Return the extents of the children of a block mapping or list; None if they share lines.

    That is so in brackets, and for keys written `? key`.
    """
    if node.flow:
        return None
    owns = [entry.start for entry in node.entries] if isinstance(node, MappingNode) else dashes(text, node)
    ends = [child.end for child in children(node)]
    indent = column(text, owns[0])
    found: list[ChildSpan] = []
    floor = 0
    for number, (own, end) in enumerate(zip(owns, ends, strict=True)):
        begun = text[line_start(text, own) : own]
        if len(begun) != indent or (number and begun.strip(" ")):
            return None
        if isinstance(node, MappingNode) and not _COLON.match(text, node.entries[number].key.end):
            return None
        if not _REST_IS_COMMENT.match(text[end : line_end(text, end)]):
            return None
        start = own if begun.strip(" ") else _first_comment(text, own, indent, floor)
        if is_root and number == 0 and not text[:start].strip("\ufeff \r\n"):
            start = own
        limit = owns[number + 1] if number + 1 < len(owns) else len(text)
        floor = _last_line(text, end, indent, limit)
        found.append(ChildSpan(start, own, floor))
    return tuple(found)


def children(node: MappingNode | SequenceNode) -> tuple[Node, ...]:
    """Return the values of a mapping or the items of a list."""
    return tuple(entry.value for entry in node.entries) if isinstance(node, MappingNode) else node.items


def dashes(text: str, node: SequenceNode) -> list[int]:
    """Return the dash of each item of a block list: on its line, or above if the item has its own lines."""
    found = [node.start]
    indent = column(text, node.start)
    for item in node.items[1:]:
        start = line_start(text, item.start)
        while text[start + indent : start + indent + 1] != "-" or text[start : start + indent].strip(" "):
            if start <= node.start:
                break
            start = line_start(text, _before_break(text, start))
        found.append(start + indent)
    return found


def _first_comment(text: str, own: int, indent: int, floor: int) -> int:
    first = own
    start = line_start(text, own)
    while start > floor:
        above = line_start(text, _before_break(text, start))
        comment = _COMMENT_ABOVE.match(text[above : _before_break(text, start)])
        if comment is None or len(comment.group(1)) != indent or above < floor:
            break
        first, start = above + indent, above
    return first


def _before_break(text: str, start: int) -> int:
    line_break = _BREAK.search(text, max(start - 2, 0), start)
    return line_break.start() if line_break else start


def _last_line(text: str, end: int, indent: int, limit: int) -> int:
    end = line_end(text, end)
    while (comment := _NEXT_COMMENT.match(text, end)) is not None and len(comment.group(1)) > indent:
        if comment.end() > limit:
            break
        end = comment.end()
    return end
