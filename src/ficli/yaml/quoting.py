"""Quotes around values that not every reader takes for the text they are: `NO`, `12:30`, `1e3`.

A reader of YAML 1.1 takes `NO` for a truth value, `12:30` for 750 and a version `2024-05-13` for a date. In a text that
may be anything, what YAML 1.2 takes for a number or a truth value is text too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ficli.yaml import emit
from ficli.yaml.nodes import MappingNode, Scalar, ScalarStyle, SequenceNode
from ficli.yaml.patches import Patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.yaml.document import YamlDocument
    from ficli.yaml.nodes import Node
    from ficli.yaml.order import KeyPath, Layout
    from ficli.yaml.scalars import PlainData

_FIRSTS: Final = frozenset("0123456789+-._yYnNoO=<")
"""First characters of what may be ambiguous."""

_LETTERS: Final = frozenset("yYnN")
"""Truth values that no common reader takes for one."""


def quotes(document: YamlDocument, layout: Layout) -> Iterator[Patch]:
    """Yield a patch that quotes each value which is text and may be taken for something else."""
    nodes: list[tuple[KeyPath, Node | None]] = [((), document.root)]
    while nodes:
        place, node = nodes.pop()
        if isinstance(node, Scalar):
            if node.style is ScalarStyle.PLAIN and _needs_quotes(place, node, layout):
                yield Patch(node.start, node.end, emit.double_quoted(document.text[node.start : node.end]))
        elif isinstance(node, SequenceNode):
            nodes.extend((place, item) for item in node.items)
        elif isinstance(node, MappingNode):
            nodes.extend(((*place, entry.name), entry.value) for entry in node.entries)


def _needs_quotes(place: KeyPath, node: Scalar, layout: Layout) -> bool:
    if isinstance(node.value, str):
        return place in layout.quoted and _is_ambiguous(node.value)
    return node.value is not None and place in layout.texts


def _is_ambiguous(text: str) -> bool:
    return text not in _LETTERS and emit.is_ambiguous(text, date=False)


def is_surely_quoted(raw: bytes, data: PlainData, layout: Layout) -> bool:
    """Return whether `quotes` would certainly yield nothing; False if only `quotes` can decide."""
    waiting: list[tuple[str, PlainData]] = [("", data)]
    while waiting:
        key, value = waiting.pop()
        kind = type(value)
        # Most texts are decided by their first character or their key.
        if kind is str:
            if (
                value[:1] in _FIRSTS
                and key in layout.quoted_keys
                and _is_ambiguous(value)
                and _may_be_plain(raw, value)
            ):
                return False
        elif kind is dict:
            waiting.extend(value.items())
        elif kind is list:
            waiting.extend([(key, item) for item in value])
        elif value is not None and key in layout.text_keys:
            return False
    return True


def _may_be_plain(raw: bytes, value: str) -> bool:
    """Return whether the file holds a text without quotes, as a value or within one."""
    return re.search(rb"[\s,\[]" + re.escape(value.encode()) + rb"[\s,\]}]", raw) is not None
