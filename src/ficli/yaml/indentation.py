"""Indentation of two columns a level: by how much each line of a document has to move."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ficli.yaml.node_spans import child_spans, children, column, dashes, line_start
from ficli.yaml.nodes import MappingNode, Node, Scalar, SequenceNode
from ficli.yaml.patches import Patch

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument

STEP: Final = 2
_FIRST_LINE: Final = re.compile(r"[\r\n]( +)[^ \r\n]")
_INDICATOR: Final = re.compile(r"[|>][-+]?[1-9]")
_BLANKS: Final = re.compile(r" *")
# A pattern that begins with a line feed is looked for ten times as fast as one that may begin at the start of a text.
_ODD: Final = re.compile(rb"\n(?:  )* (?![ \n])")
_DASHES: Final = re.compile(rb"\n *-(?:  |\n| [|>])")
"""More than a blank after a dash, or a text block there."""

_OPENER: Final = re.compile(rb"\n( *)(- )?\w+:( [|>][-+0-9]{0,2})?(?=\n( *)([^ ]))")
"""A key with the next line: the key's indentation, and that of the next line with its first character."""

_BLOCK_HEADER: Final = re.compile(rb": [|>][-+0-9]{0,2}\n")


def is_surely_even(raw: bytes) -> bool:
    """Return whether `shifted` would certainly yield nothing; False if only `shifted` can decide."""
    raw = b"\n" + raw
    if b"\n-" in raw or raw.startswith(b"\n ") or b": #" in raw or _ODD.search(raw) or _DASHES.search(raw):
        return False
    openers = 0
    for indent, dash, header, below, first in _OPENER.findall(raw):
        openers += 1
        column = len(indent) + len(dash)
        further = len(below) - column
        if (
            first in b"\n#"
            or (further != STEP if header else further > 0 and further != STEP)
            or (first == b"-" and not further)
        ):
            return False
    # Every line that opens a block must have been seen by `_OPENER`; one it could not read makes the counts differ.
    return openers == raw.count(b":\n") + len(_BLOCK_HEADER.findall(raw))


def shifted(document: YamlDocument) -> Iterator[Patch]:
    """Yield the patches that move every block mapping, list and text block to its column."""
    shifts: dict[int, int] = {}
    if isinstance(document.root, MappingNode | SequenceNode):
        _place(document, document.root, 0, shifts)
    text = document.text
    for number, shift in shifts.items():
        if not shift:
            continue
        start = document.lines.start(number)
        blanks = _BLANKS.match(text, start)
        width = blanks.end() - start if blanks else 0
        if width or text[start : start + 1] not in {"", "\n", "\r"}:
            yield Patch(start, start + width, " " * max(width + shift, 0))
    yield from _behind_dashes(document)


def _place(
    document: YamlDocument, node: MappingNode | SequenceNode, target: int, shifts: dict[int, int], *, floor: int = 0
) -> None:
    """Set for each line of a collection by how much it moves, so that its keys or dashes are in the target column.

    Args:
        document: the text.
        node: the collection.
        target: its column.
        shifts: by how much lines move, by their 1-based number; changed.
        floor: the line on which it starts after a dash, which the list moves itself; 0 for none.

    """
    text = document.text
    reach = child_spans(text, node, is_root=node is document.root)
    if reach is None:
        return
    owns = [entry.start for entry in node.entries] if isinstance(node, MappingNode) else dashes(text, node)
    shift = target - column(text, owns[0])
    for own, child_span, child in zip(owns, reach, children(node), strict=True):
        first, last = document.lines.number(child_span.start), document.lines.number(child_span.end)
        if first == floor and child_span.start < own:  # comments never stand behind a dash
            first = document.lines.number(own)
        for number in range(first, last + 1):
            if number != floor:
                shifts[number] = shift
        _place_child(document, child, own, target, shifts)


def _place_child(document: YamlDocument, child: Node, own: int, target: int, shifts: dict[int, int]) -> None:
    text = document.text
    line = document.lines.number(own)
    if isinstance(child, Scalar):
        _place_text(document, child, target, shifts)
    elif not child.flow:
        behind_dash = document.lines.number(child.start) == line and text[own] == "-"
        _place(document, child, target + STEP, shifts, floor=line if behind_dash else 0)


def _place_text(document: YamlDocument, node: Scalar, target: int, shifts: dict[int, int]) -> None:
    """Move the content of a text block to two columns after its key."""
    text = document.text
    if not node.style.is_block or _INDICATOR.match(text, node.start):
        return
    content = _FIRST_LINE.search(text, node.start, node.end)
    if content is None:
        return
    shift = target + STEP - len(content[1])
    first, last = document.lines.number(node.start) + 1, document.lines.number(node.end)
    shifts.update(dict.fromkeys(range(first, last + 1), shift))


def _behind_dashes(document: YamlDocument) -> Iterator[Patch]:
    """Yield patches that leave one blank between a dash and the text on its line."""
    nodes: list[Node | None] = [document.root]
    text = document.text
    while nodes:
        node = nodes.pop()
        if isinstance(node, Scalar) or node is None or node.flow:
            continue
        nodes.extend(children(node))
        if isinstance(node, SequenceNode):
            for dash, item in zip(dashes(text, node), node.items, strict=True):
                if item.start > dash + 2 and line_start(text, item.start) == line_start(text, dash):
                    yield Patch(dash + 1, item.start, " ")
