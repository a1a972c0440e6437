"""How children of a mapping or list come and go in the text: keys inserted, items appended, both removed.

All changes to one mapping or list are made together, for each depends on which of its neighbours stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ficli.diagnostics import FieldPath, field_name
from ficli.document import emit
from ficli.document.errors import EditError
from ficli.document.extents import Extent, column, extents, line_end, line_start
from ficli.document.nodes import Mapping, Node, Scalar, Sequence
from ficli.document.order import names
from ficli.document.patches import Patch
from ficli.document.values import in_brackets, indentation, introduction
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.document.order import Layout
    from ficli.document.parsed import Document
    from ficli.document.plain import Plain


_EMPTY_LINE: Final = re.compile(r"(?:\r\n|\r(?!\n)|\n|\Z)[ \t]*(?=[\r\n]|\Z)")


@dataclass(slots=True)
class Changes:
    """What shall happen to the children of the node at `path`."""

    path: FieldPath
    removed: set[int] = field(default_factory=set)
    keys: dict[str, Plain] = field(default_factory=dict)
    items: list[Plain] = field(default_factory=list)


def patches(document: Document, changes: Changes, layout: Layout) -> Iterator[Patch]:
    """Make the patches for the changes to one mapping or list.

    Raises:
        EditError: the field is not there, or is no mapping or list.

    """
    node = document.node(changes.path)
    name = quoted(field_name(changes.path)) if changes.path else "the record"
    if node is None:
        raise EditError(f"there is no field {name} to change")
    if isinstance(node, Scalar):
        if node.value is not None or (changes.keys and changes.items):
            raise EditError(f"{name} holds a single value, and nothing can be added to it")
        yield from _fill(document, node, changes)
        return
    if (changes.keys and isinstance(node, Sequence)) or (changes.items and isinstance(node, Mapping)):
        raise EditError(f"{name} is a {'list' if isinstance(node, Sequence) else 'mapping'}, so this cannot be added")
    taken = next(
        (name for number, name in _names(node) if name in changes.keys and number not in changes.removed), None
    )
    if taken is not None:
        raise EditError(f"there is a key {quoted(taken)} already")
    count = len(_children(node))
    if not count:
        yield from _fill(document, node, changes)
    elif node.flow:
        yield from _in_flow(node, changes, layout)
    else:
        reach = extents(document.text, node, is_root=not changes.path)
        if reach is None:
            raise EditError(f"{name} is written in a way that is not edited automatically")
        if len(changes.removed) == count:
            yield _emptied(document, node, reach, changes)
        else:
            yield from _in_block(document.text, node, reach, changes, layout)


def _names(node: Mapping | Sequence) -> list[tuple[int, str]]:
    return [(number, entry.name) for number, entry in enumerate(node.entries)] if isinstance(node, Mapping) else []


def _children(node: Mapping | Sequence) -> tuple[Any, ...]:
    return node.entries if isinstance(node, Mapping) else node.items


# --- lines of their own ------------------------------------------------------------------------------------


def _in_block(
    text: str,
    node: Mapping | Sequence,
    reach: tuple[Extent, ...],
    changes: Changes,
    layout: Layout,
) -> Iterator[Patch]:
    kept = [number for number in range(len(reach)) if number not in changes.removed]
    for number in sorted(changes.removed):
        yield _removal(text, reach, number, after_a_kept_one=kept[0] < number)
    indent = column(text, reach[0].own)
    if changes.items:
        lines = "".join(emit.item(item, indent) for item in changes.items)
        yield Patch(reach[kept[-1]].end, reach[kept[-1]].end, "\n" + lines.removesuffix("\n"), indent)
    if isinstance(node, Mapping):
        yield from _inserted_keys(node, [(number, reach[number]) for number in kept], changes, layout, indent)


def _removal(text: str, reach: tuple[Extent, ...], number: int, *, after_a_kept_one: bool) -> Patch:
    this = reach[number]
    if after_a_kept_one:
        before = reach[number - 1]
        # Empty lines go with what they set apart; comments that stand by themselves stay, and stay by themselves.
        loose = text[before.end : this.start].rstrip()
        if loose.strip() and not _EMPTY_LINE.match(text, this.end):
            start = line_start(text, this.start)
            return Patch(start - len(_break_before(text, start)), this.end, "")
        return Patch(before.end + len(loose), this.end, "")
    after = reach[number + 1]
    gap = text[this.end : after.start]
    return Patch(this.start, this.end + len(gap) - len(gap.lstrip()), "")


def _break_before(text: str, start: int) -> str:
    return "\r\n" if text.endswith("\r\n", 0, start) else text[start - 1 : start]


def _inserted_keys(
    node: Mapping,
    kept: list[tuple[int, Extent]],
    changes: Changes,
    layout: Layout,
    indent: int,
) -> Iterator[Patch]:
    place = names(changes.path)
    ranks = [(layout.rank(place, node.entries[number].name), number, extent) for number, extent in kept]
    for key, value in sorted(changes.keys.items(), key=lambda pair: layout.rank(place, pair[0])):
        lines = emit.entry(key, value, indent)
        before = [item for item in ranks if item[0] <= layout.rank(place, key)]
        if before:
            # The last of those with the highest rank, wherever it stands.
            end = max(before)[2].end
            yield Patch(end, end, "\n" + lines.removesuffix("\n"), indent)
        else:
            first = kept[0][1].start
            yield Patch(first, first, lines[indent:] + " " * indent, indent)


# --- brackets ----------------------------------------------------------------------------------------------


def _in_flow(node: Mapping | Sequence, changes: Changes, layout: Layout) -> Iterator[Patch]:
    children = _children(node)
    kept = [number for number in range(len(children)) if number not in changes.removed]
    if not kept:
        yield Patch(node.start + 1, node.end - 1, _listed(changes))
        return
    for number in sorted(changes.removed):
        if kept[0] < number:
            yield Patch(children[number - 1].end, children[number].end, "")
        else:
            yield Patch(children[number].start, children[number + 1].start, "")
    if changes.items:
        yield Patch(children[kept[-1]].end, children[kept[-1]].end, f", {_listed(changes)}")
    if isinstance(node, Mapping):
        place = names(changes.path)
        for key, value in sorted(changes.keys.items(), key=lambda pair: layout.rank(place, pair[0])):
            pair = emit.flow({key: value})[1:-1]
            rank = layout.rank(place, key)
            before = [number for number in kept if layout.rank(place, node.entries[number].name) <= rank]
            at = node.entries[before[-1]].end if before else node.entries[kept[0]].start
            yield Patch(at, at, f", {pair}" if before else f"{pair}, ")


def _listed(changes: Changes) -> str:
    """Write what is added as it stands between brackets."""
    return emit.flow(changes.items or changes.keys)[1:-1]


# --- from nothing and to nothing ---------------------------------------------------------------------------


def _fill(document: Document, node: Node, changes: Changes) -> Iterator[Patch]:
    """Put the first children into an empty mapping or list, or into a field without a value."""
    text, path = document.text, changes.path
    added: Plain = changes.items or changes.keys
    if not added:
        raise EditError(f"there is nothing in {quoted(field_name(path))} to remove")
    behind_key = document.entry(path) is not None and not in_brackets(document, path)
    was_brackets = not isinstance(node, Scalar)
    simple = was_brackets and isinstance(added, list) and not any(isinstance(item, dict | list) for item in added)
    written = emit.flow(added)
    if not behind_key or (simple and column(text, node.start) + len(written) <= emit.WIDTH):
        lead = " " if node.start == node.end else ""
        yield Patch(node.start, node.end, lead + written)
        return
    rest = line_end(text, node.end)
    indent = indentation(document, path) + 2
    yield Patch(introduction(document, path), node.end, " " if text.startswith("#", node.end) else "")
    yield Patch(rest, rest, "\n" + emit.block(added, indent).removesuffix("\n"), indent)


def _emptied(document: Document, node: Mapping | Sequence, reach: tuple[Extent, ...], changes: Changes) -> Patch:
    """Take out all children, and put others or empty brackets in their place."""
    text = document.text
    indent = column(text, reach[0].own)
    added: Plain = changes.items or changes.keys
    if added:
        return Patch(reach[0].start, reach[-1].end, emit.block(added, indent)[indent:].removesuffix("\n"))
    brackets = "{}" if isinstance(node, Mapping) else "[]"
    behind = introduction(document, changes.path)
    if document.entry(changes.path) is None or line_start(text, behind) == line_start(text, node.start):
        return Patch(reach[0].start, node.end, brackets)
    return Patch(behind, reach[-1].end, f" {brackets}{text[behind : line_end(text, behind)]}")
