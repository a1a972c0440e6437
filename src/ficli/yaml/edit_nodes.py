"""How single nodes change in the text: values and keys replaced, keys inserted, items appended, both removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ficli.diagnostics import FieldPath, RenameKey, SetValue, field_name
from ficli.wording import quoted
from ficli.yaml import emit
from ficli.yaml.node_spans import ChildSpan, child_spans, column, dashes, line_end, line_start
from ficli.yaml.nodes import MappingNode, Node, Scalar, ScalarStyle, SequenceNode
from ficli.yaml.order import Layout, names
from ficli.yaml.patches import EditError, Patch

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument
    from ficli.yaml.scalars import PlainData, ScalarValue


_CONTENT: Final = re.compile(r"[\r\n]( +)[^ \r\n]")
_HEADER_COMMENT: Final = re.compile(r"[|>][-+1-9]*([ \t]+#[^\r\n]*)?")


def set_value(document: YamlDocument, edit: SetValue, layout: Layout) -> Patch:
    """Return the patch that replaces the value of a field.

    Raises:
        EditError: there is no such field, or it holds a list or a mapping.

    """
    node = document.node(edit.path)
    if node is None:
        raise EditError(f"there is no field {quoted(field_name(edit.path))} to change")
    if not isinstance(node, Scalar):
        raise EditError(f"{quoted(field_name(edit.path))} holds a list or mapping, and cannot be given a single value")
    written = _written(document, edit.path, node, edit.value, layout)
    # Behind a block scalar blanks would be content.
    end = line_end(document.text, node.end) if "\n" in written else node.end
    # Behind a quote a comment may follow without a blank.
    gap = " " if document.text.startswith("#", end) else ""
    return Patch(node.start, end, _lead(document, edit.path, node) + written + gap)


def rename_key(document: YamlDocument, edit: RenameKey) -> Patch:
    """Return the patch that renames a key.

    Raises:
        EditError: there is no such key, or the new name is taken.

    """
    entry = document.entry(edit.path)
    if entry is None:
        raise EditError(f"there is no key {quoted(field_name(edit.path))} to rename")
    if document.node((*edit.path[:-1], edit.name)) is not None:
        raise EditError(f"there is a key {quoted(field_name((*edit.path[:-1], edit.name)))} already")
    key = entry.key
    written = _quoted_alike(key.style, edit.name) or emit.key(edit.name, flow=in_brackets(document, edit.path))
    return Patch(key.start, key.end, written)


def in_brackets(document: YamlDocument, path: FieldPath) -> bool:
    """Return whether the node at a path is within `[]` or `{}`; those of the node itself do not count."""
    parents = (document.node(path[:length]) for length in range(len(path)))
    return any(isinstance(parent, MappingNode | SequenceNode) and parent.flow for parent in parents)


def introduction(document: YamlDocument, path: FieldPath) -> int:
    """Return the offset right after the colon or dash of a field outside brackets; 0 for the record itself."""
    entry = document.entry(path)
    if entry is not None:
        colon = document.text.find(":", entry.key.end, entry.value.start)
        return entry.key.end if colon < 0 else colon + 1
    parent = document.node(path[:-1]) if path else None
    if isinstance(parent, SequenceNode) and not parent.flow:
        return dashes(document.text, parent)[int(path[-1])] + 1
    return 0


def indentation(document: YamlDocument, path: FieldPath) -> int:
    """Count the columns before the key or dash of a field outside brackets."""
    entry = document.entry(path)
    return column(document.text, entry.key.start if entry else max(introduction(document, path) - 1, 0))


def _lead(document: YamlDocument, path: FieldPath, node: Scalar) -> str:
    """Return the text to put before the new value of a field that was empty."""
    if node.start < node.end:
        return ""
    entry = document.entry(path)
    # In braces a key may stand without even a colon.
    return ": " if entry is not None and entry.key.end == node.start else " "


def _written(document: YamlDocument, path: FieldPath, node: Scalar, value: ScalarValue, layout: Layout) -> str:
    if not isinstance(value, str):
        return emit.inline(value)
    flow = in_brackets(document, path)
    date = _key_of(path) not in layout.quoted_keys
    rest = document.text[node.end : line_end(document.text, node.end)]
    indent = indentation(document, path)
    if node.style.is_block:
        return _block_alike(document, node, value, indent)
    alike = _quoted_alike(node.style, value)
    if alike is not None:
        return alike
    if flow or rest.strip():
        return emit.inline(value, flow=flow, date=date)
    if emit.is_plain(value, date=date) and node.start < node.end:
        return value
    return emit.scalar(value, indent=indent, key_width=column(document.text, node.start) - indent, date=date)


def _key_of(path: FieldPath) -> str:
    """Return the key of a field, or of the list that it is in."""
    return (names(path) or ("",))[-1]


def _quoted_alike(style: ScalarStyle, value: str) -> str | None:
    if style is ScalarStyle.SINGLE:
        return emit.single_quoted(value) or emit.double_quoted(value)
    return emit.double_quoted(value) if style is ScalarStyle.DOUBLE else None


def _block_alike(document: YamlDocument, node: Scalar, value: str, indent: int) -> str:
    old = _CONTENT.search(document.text, node.start, node.end)
    if old is not None:
        indent = len(old.group(1)) - 2
    kinds = (emit.emit_literal, emit.folded) if node.style is ScalarStyle.LITERAL else (emit.folded, emit.emit_literal)
    written = kinds[0](value, indent) or kinds[1](value, indent) or emit.double_quoted(value)
    found = _HEADER_COMMENT.match(document.text, node.start)
    comment = (found.group(1) if found else "") or ""
    first, line_break, rest = written.partition("\n")
    return first + comment + line_break + rest


_EMPTY_LINE: Final = re.compile(r"(?:\r\n|\r(?!\n)|\n|\Z)[ \t]*(?=[\r\n]|\Z)")


@dataclass(slots=True)
class ChildEdits:
    """The changes to the children of the node at `path`."""

    path: FieldPath
    removed: set[int] = field(default_factory=set)
    keys: dict[str, PlainData] = field(default_factory=dict)
    items: list[PlainData] = field(default_factory=list)


def patches(document: YamlDocument, changes: ChildEdits, layout: Layout) -> Iterator[Patch]:
    """Yield the patches for the changes to one mapping or list.

    Raises:
        EditError: the field does not exist, or is not a mapping or list.

    """
    node = document.node(changes.path)
    name = quoted(field_name(changes.path)) if changes.path else "the record"
    if node is None:
        raise EditError(f"there is no field {name} to change")
    if isinstance(node, Scalar):
        if node.value is not None or (changes.keys and changes.items):
            raise EditError(f"{name} holds a single value, and nothing can be added to it")
        yield from _fill(document, node, changes, layout)
        return
    if (changes.keys and isinstance(node, SequenceNode)) or (changes.items and isinstance(node, MappingNode)):
        raise EditError(
            f"{name} is a {'list' if isinstance(node, SequenceNode) else 'mapping'}, so this cannot be added"
        )
    taken = next(
        (name for number, name in _names(node) if name in changes.keys and number not in changes.removed), None
    )
    if taken is not None:
        raise EditError(f"there is a key {quoted(taken)} already")
    count = len(_children(node))
    if not count:
        yield from _fill(document, node, changes, layout)
    elif node.flow:
        yield from _in_flow(node, changes, layout)
    else:
        reach = child_spans(document.text, node, is_root=not changes.path)
        if reach is None:
            raise EditError(f"{name} is written in a way that is not edited automatically")
        if len(changes.removed) == count:
            yield _emptied(document, node, reach, changes, layout)
        else:
            yield from _in_block(document.text, node, reach, changes, layout)


def _names(node: MappingNode | SequenceNode) -> list[tuple[int, str]]:
    return [(number, entry.name) for number, entry in enumerate(node.entries)] if isinstance(node, MappingNode) else []


def _children(node: MappingNode | SequenceNode) -> tuple[Any, ...]:
    return node.entries if isinstance(node, MappingNode) else node.items


# --- lines of their own ------------------------------------------------------------------------------------


def _in_block(
    text: str,
    node: MappingNode | SequenceNode,
    reach: tuple[ChildSpan, ...],
    changes: ChildEdits,
    layout: Layout,
) -> Iterator[Patch]:
    kept = [number for number in range(len(reach)) if number not in changes.removed]
    for number in sorted(changes.removed):
        yield _removal(text, reach, number, after_a_kept_one=kept[0] < number)
    indent = column(text, reach[0].own)
    if changes.items:
        lines = "".join(
            emit.emit_item(item, indent, layout.quoted_keys, _key_of(changes.path)) for item in changes.items
        )
        yield Patch(reach[kept[-1]].end, reach[kept[-1]].end, "\n" + lines.removesuffix("\n"), indent)
    if isinstance(node, MappingNode):
        yield from _inserted_keys(node, [(number, reach[number]) for number in kept], changes, layout, indent)


def _removal(text: str, reach: tuple[ChildSpan, ...], number: int, *, after_a_kept_one: bool) -> Patch:
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
    node: MappingNode,
    kept: list[tuple[int, ChildSpan]],
    changes: ChildEdits,
    layout: Layout,
    indent: int,
) -> Iterator[Patch]:
    place = names(changes.path)
    ranks = [(layout.rank(place, node.entries[number].name), number, child_span) for number, child_span in kept]
    for key, value in sorted(changes.keys.items(), key=lambda pair: layout.rank(place, pair[0])):
        lines = emit.emit_entry(key, value, indent, layout.quoted_keys)
        before = [item for item in ranks if item[0] <= layout.rank(place, key)]
        if before:
            # The last of those with the highest rank, wherever it stands.
            end = max(before)[2].end
            yield Patch(end, end, "\n" + lines.removesuffix("\n"), indent)
        else:
            first = kept[0][1].start
            yield Patch(first, first, lines[indent:] + " " * indent, indent)


# --- brackets ----------------------------------------------------------------------------------------------


def _in_flow(node: MappingNode | SequenceNode, changes: ChildEdits, layout: Layout) -> Iterator[Patch]:
    children = _children(node)
    kept = [number for number in range(len(children)) if number not in changes.removed]
    if not kept:
        yield Patch(node.start + 1, node.end - 1, _listed(changes, layout))
        return
    for number in sorted(changes.removed):
        if kept[0] < number:
            yield Patch(children[number - 1].end, children[number].end, "")
        else:
            yield Patch(children[number].start, children[number + 1].start, "")
    if changes.items:
        yield Patch(children[kept[-1]].end, children[kept[-1]].end, f", {_listed(changes, layout)}")
    if isinstance(node, MappingNode):
        place = names(changes.path)
        for key, value in sorted(changes.keys.items(), key=lambda pair: layout.rank(place, pair[0])):
            pair = emit.flow({key: value}, layout.quoted_keys)[1:-1]
            rank = layout.rank(place, key)
            before = [number for number in kept if layout.rank(place, node.entries[number].name) <= rank]
            at = node.entries[before[-1]].end if before else node.entries[kept[0]].start
            yield Patch(at, at, f", {pair}" if before else f"{pair}, ")


def _listed(changes: ChildEdits, layout: Layout) -> str:
    """Write the added children as they are written between brackets."""
    return emit.flow(changes.items or changes.keys, layout.quoted_keys, _key_of(changes.path))[1:-1]


# --- from nothing and to nothing ---------------------------------------------------------------------------


def _fill(document: YamlDocument, node: Node, changes: ChildEdits, layout: Layout) -> Iterator[Patch]:
    """Yield patches that add the first children to an empty mapping or list, or to a field without a value."""
    text, path = document.text, changes.path
    added: PlainData = changes.items or changes.keys
    if not added:
        raise EditError(f"there is nothing in {quoted(field_name(path))} to remove")
    behind_key = document.entry(path) is not None and not in_brackets(document, path)
    was_brackets = not isinstance(node, Scalar)
    simple = was_brackets and isinstance(added, list) and not any(isinstance(item, dict | list) for item in added)
    written = emit.flow(added, layout.quoted_keys, _key_of(path))
    if not behind_key or (simple and column(text, node.start) + len(written) <= emit.WIDTH):
        lead = " " if node.start == node.end else ""
        yield Patch(node.start, node.end, lead + written)
        return
    rest = line_end(text, node.end)
    indent = indentation(document, path) + 2
    yield Patch(introduction(document, path), node.end, " " if text.startswith("#", node.end) else "")
    lines = emit.block(added, indent, layout.quoted_keys, _key_of(path))
    yield Patch(rest, rest, "\n" + lines.removesuffix("\n"), indent)


def _emptied(
    document: YamlDocument,
    node: MappingNode | SequenceNode,
    reach: tuple[ChildSpan, ...],
    changes: ChildEdits,
    layout: Layout,
) -> Patch:
    """Return the patch that removes all children, and writes others or empty brackets in their place."""
    text = document.text
    indent = column(text, reach[0].own)
    added: PlainData = changes.items or changes.keys
    if added:
        lines = emit.block(added, indent, layout.quoted_keys, _key_of(changes.path))
        return Patch(reach[0].start, reach[-1].end, lines[indent:].removesuffix("\n"))
    brackets = "{}" if isinstance(node, MappingNode) else "[]"
    behind = introduction(document, changes.path)
    if document.entry(changes.path) is None or line_start(text, behind) == line_start(text, node.start):
        return Patch(reach[0].start, node.end, brackets)
    return Patch(behind, reach[-1].end, f" {brackets}{text[behind : line_end(text, behind)]}")
