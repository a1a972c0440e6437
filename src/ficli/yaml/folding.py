"""Prose in block style: one paragraph folded at 100 columns, and several line by line.

A text on the line of its key may stay there, in its quotes, and the line breaks of a block are the
curator's. Both may have up to 120 columns, so that a changed word does not change the whole paragraph in a diff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ficli.yaml import emit
from ficli.yaml.node_spans import column, line_end, line_start
from ficli.yaml.nodes import MappingEntry, MappingNode, Node, Scalar, ScalarStyle, SequenceNode
from ficli.yaml.patches import Patch

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument
    from ficli.yaml.order import KeyPath, Layout
    from ficli.yaml.scalars import PlainData

LONGEST: Final = 120
"""Columns that a line of prose may have before it is folded again, at `emit.WIDTH`."""

_SPREAD: Final = re.compile(rb"\n( *)\w+: [^|>\n][^\n]*\n(?: *\n)*\1 +[^ #\n]")
"""A text that continues on the next line and is not a block."""

# A pattern that begins with fixed letters is looked for four times as fast as one that begins with the key.
_UNCLOSED: Final = re.compile(rb""": (?:"(?:[^\n]*(?:[^"\n]|\\"))?|'(?:[^\n]*(?:[^'\n]|''))?)\n""")
"""A quoted text that may continue on the next line, which can begin at the left edge."""

_BELOW: Final = re.compile(rb"\n *(?:- )?(\w+): *(?:#[^\n]*)?(?=\n)")
"""A key with nothing after it."""


def is_surely_in_style(raw: bytes, data: PlainData, layout: Layout) -> bool:
    """Return whether `restyled` would certainly yield nothing; False if only `restyled` can decide.

    Args:
        raw: the bytes of the file.
        data: what has been read from them.
        layout: says which texts are prose.

    """
    raw = b"\n" + raw
    if any(len(line) > LONGEST and not line.lstrip(b" -").startswith(layout.any_width) for line in raw.split(b"\n")):
        return False
    for key in layout.folded:
        text = data.get(key) if isinstance(data, dict) else None
        if isinstance(text, str) and f"\n{key}: |".encode() in raw and "\n" not in text.rstrip("\n"):
            return False
    if any(key in raw for key in layout.first_keys) or _SPREAD.search(raw) or _UNCLOSED.search(raw):
        return False
    return layout.prose_keys.isdisjoint(_BELOW.findall(raw))


def restyled(document: YamlDocument, layout: Layout) -> Iterator[Patch]:
    """Yield a patch for each prose text that is not in the style."""
    nodes: list[tuple[KeyPath, Node | None]] = [((), document.root)]
    while nodes:
        place, node = nodes.pop()
        if isinstance(node, SequenceNode) and not node.flow:
            nodes.extend((place, item) for item in node.items)
        elif isinstance(node, MappingNode) and not node.flow:
            for entry in node.entries:
                names = (*place, entry.name)
                if names in layout.prose and isinstance(entry.value, Scalar):
                    patch = _styled(document.text, entry, entry.value, always=not place and entry.name in layout.folded)
                    if patch is not None:
                        yield patch
                else:
                    nodes.append((names, entry.value))


def _styled(text: str, entry: MappingEntry, node: Scalar, *, always: bool) -> Patch | None:
    value = node.value
    if not isinstance(value, str) or not (" " in value or "\n" in value):
        return None
    if text[entry.key.end : entry.key.end + 1] != ":" or column(text, entry.start) != column(text, entry.key.start):
        return None  # `? key`
    indent = column(text, entry.start)
    end = node.end
    one_paragraph = "\n" not in value.rstrip("\n")
    if node.style.is_block:
        if "#" in text[node.start : line_end(text, node.start)]:
            return None
        is_literal = node.style is ScalarStyle.LITERAL
        if not (always and one_paragraph if is_literal else _has_long_lines(text[node.start : end])):
            return None
    elif text[end : line_end(text, end)].strip():
        return None  # a comment stands behind it
    elif "\n" not in text[entry.key.start : end] and not _has_long_lines(text[line_start(text, entry.start) : end]):
        return None
    block = emit.folded(value, indent) if one_paragraph else emit.block_scalar(value, indent)
    if block is None:
        return None
    written = f": {block}"
    return None if text[entry.key.end : end] == written else Patch(entry.key.end, end, written)


def _has_long_lines(text: str) -> bool:
    """Return whether a line is too long and has a blank at which it could break."""
    return any(len(line) > LONGEST and " " in line.strip() for line in text.split("\n"))
