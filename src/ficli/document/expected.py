"""What edits should make of the data: the measure that the text is held against before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import AppendItem, Edit, FieldPath, InsertKey, Remove, RenameKey, ReplaceText, SetValue
from ficli.document.nodes import Mapping, Node, Scalar
from ficli.document.plain import ANYTHING, Plain, copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ficli.document.parsed import Document


def expected_data(document: Document, edits: Sequence[Edit]) -> Plain:
    """Apply edits to a copy of a document's data; what `ReplaceText` touches may become `ANYTHING`.

    Paths are those of the original.
    """
    record: dict[str, Plain] = {"": copy(document.data)}
    # Found first, because a list closes up when an item goes, and paths into it would no longer hold.
    values = [(_holder(record, path), _last(path), value) for path, value in _values(document, edits)]
    additions = [(_filled(record, edit), edit) for edit in edits if isinstance(edit, InsertKey | AppendItem)]
    removals = [(_holder(record, path), _last(path)) for path in _removed(edits)]
    renames = [(_holder(record, edit.path), edit) for edit in edits if isinstance(edit, RenameKey)]
    for holder, step, value in values:
        holder[step] = value
    for holder, step in removals:
        del holder[step]
    for holder, rename in renames:
        holder[rename.name] = holder.pop(_last(rename.path))
    for holder, addition in additions:
        if isinstance(addition, InsertKey):
            holder[addition.key] = copy(addition.value)
        else:
            holder.append(copy(addition.value))
    return record[""]


def _values(document: Document, edits: Sequence[Edit]) -> Iterator[tuple[FieldPath, Plain]]:
    for edit in edits:
        if isinstance(edit, SetValue):
            yield edit.path, edit.value
        elif isinstance(edit, ReplaceText):
            yield from ((path, ANYTHING) for path in _touched(document, edit))


def _removed(edits: Sequence[Edit]) -> list[FieldPath]:
    """Give the paths to remove, each once, the later items of a list before the earlier."""
    return sorted({edit.path for edit in edits if isinstance(edit, Remove)}, key=_by_position, reverse=True)


def _last(path: FieldPath) -> str | int:
    return path[-1] if path else ""


def _holder(record: dict[str, Plain], path: FieldPath) -> Plain:
    """Find the mapping or list that holds the last step of a path."""
    holder: Plain = record
    for step in ("", *path)[: len(path)]:
        holder = holder[step]
    return holder


def _filled(record: dict[str, Plain], edit: InsertKey | AppendItem) -> Plain:
    """Give the mapping or list that an edit adds to; in a field without a value, put an empty one there."""
    holder = _holder(record, edit.path)
    step = _last(edit.path)
    if holder[step] is None:
        holder[step] = {} if isinstance(edit, InsertKey) else []
    return holder[step]


def _by_position(path: FieldPath) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _touched(document: Document, edit: ReplaceText) -> Iterator[FieldPath]:
    """Yield the paths of the values that a replacement touches, and of the mappings whose keys it touches."""
    nodes: list[tuple[FieldPath, Node | None]] = [((), document.root)]
    while nodes:
        path, node = nodes.pop()
        if isinstance(node, Scalar):
            if _touches(edit, node):
                yield path
        elif isinstance(node, Mapping):
            if any(_touches(edit, entry.key) for entry in node.entries):
                yield path
            else:
                nodes.extend(((*path, entry.name), entry.value) for entry in node.entries)
        elif node is not None:
            nodes.extend(((*path, number), item) for number, item in enumerate(node.items))


def _touches(edit: ReplaceText, node: Scalar) -> bool:
    return edit.start <= node.end and edit.end >= node.start
