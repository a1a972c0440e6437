"""Edit a document in place: all else stays byte for byte, and the result is checked against expected data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ficli.diagnostics import (
    AppendItem,
    Edit,
    FieldPath,
    InsertKey,
    Reformat,
    Remove,
    RenameKey,
    ReplaceText,
    SetValue,
    field_name,
)
from ficli.wording import quoted
from ficli.yaml.edit_nodes import ChildEdits, rename_key, set_value
from ficli.yaml.edit_nodes import patches as child_patches
from ficli.yaml.layout import laid_out
from ficli.yaml.nodes import MappingNode, Node, Scalar
from ficli.yaml.parse import parse
from ficli.yaml.patches import EditError, Patch, spliced
from ficli.yaml.scalars import ANYTHING, PlainData, copy, same

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument
    from ficli.yaml.order import Layout


def expected_data(document: YamlDocument, edits: Sequence[Edit]) -> PlainData:
    """Apply edits to a copy of a document's data; what `ReplaceText` touches may become `ANYTHING`.

    Paths are those of the original.
    """
    record: dict[str, PlainData] = {"": copy(document.data)}
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


def _values(document: YamlDocument, edits: Sequence[Edit]) -> Iterator[tuple[FieldPath, PlainData]]:
    for edit in edits:
        if isinstance(edit, SetValue):
            yield edit.path, edit.value
        elif isinstance(edit, ReplaceText):
            yield from ((path, ANYTHING) for path in _touched(document, edit))


def _removed(edits: Sequence[Edit]) -> list[FieldPath]:
    """Return the paths to remove, each once, the later items of a list before the earlier."""
    return sorted({edit.path for edit in edits if isinstance(edit, Remove)}, key=_by_position, reverse=True)


def _last(path: FieldPath) -> str | int:
    return path[-1] if path else ""


def _holder(record: dict[str, PlainData], path: FieldPath) -> PlainData:
    """Return the mapping or list that holds the last step of a path."""
    holder: PlainData = record
    for step in ("", *path)[: len(path)]:
        holder = holder[step]
    return holder


def _filled(record: dict[str, PlainData], edit: InsertKey | AppendItem) -> PlainData:
    """Return the mapping or list that an edit adds to; a field without a value gets an empty one."""
    holder = _holder(record, edit.path)
    step = _last(edit.path)
    if holder[step] is None:
        holder[step] = {} if isinstance(edit, InsertKey) else []
    return holder[step]


def _by_position(path: FieldPath) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _touched(document: YamlDocument, edit: ReplaceText) -> Iterator[FieldPath]:
    """Yield the paths of the values that a replacement touches, and of the mappings whose keys it touches."""
    nodes: list[tuple[FieldPath, Node | None]] = [((), document.root)]
    while nodes:
        path, node = nodes.pop()
        if isinstance(node, Scalar):
            if _touches(edit, node):
                yield path
        elif isinstance(node, MappingNode):
            if any(_touches(edit, entry.key) for entry in node.entries):
                yield path
            else:
                nodes.extend(((*path, entry.name), entry.value) for entry in node.entries)
        elif node is not None:
            nodes.extend(((*path, number), item) for number, item in enumerate(node.items))


def _touches(edit: ReplaceText, node: Scalar) -> bool:
    return edit.start <= node.end and edit.end >= node.start


__all__ = ["EditError", "apply", "edited"]


def apply(document: YamlDocument, edits: Sequence[Edit], layout: Layout) -> str:
    """Return the text of a document with all edits made, as `edited` makes them.

    Raises:
        EditError: as `edited` does.

    """
    return edited(document, edits, layout).text


def edited(document: YamlDocument, edits: Sequence[Edit], layout: Layout) -> YamlDocument:
    """Return a document with all edits made, each by the paths and offsets of the document as it is.

    A value keeps its quotes if they can hold the new one. A key is inserted at its canonical place, an
    item with the indentation of its siblings. The last item removed leaves `[]`, the last key `{}`. Whatever
    is removed takes its comments along, and the empty lines around it. `Reformat` is done last.

    Raises:
        EditError: an edit names a field that does not exist, two edits overlap, or the result
            would have other data than was asked for. The document may be unusable if all edits are
            `ReplaceText`.

    """
    local = [edit for edit in edits if not isinstance(edit, Reformat)]
    after = document
    if local:
        after = _checked(document, local, spliced(document.text, _patches(document, local, layout)))
    return laid_out(after, layout) if len(local) < len(edits) else after


def _patches(document: YamlDocument, edits: Sequence[Edit], layout: Layout) -> Iterator[Patch]:
    if not document.usable and not all(isinstance(edit, ReplaceText) for edit in edits):
        raise EditError("a file that cannot be read cannot be edited", hint="mend its errors first")
    changes: dict[FieldPath, ChildEdits] = {}
    line_break = "\r\n" if "\r\n" in document.text else "\n"
    for edit in edits:
        match edit:
            case ReplaceText():
                yield Patch(edit.start, edit.end, edit.text)
            case SetValue():
                yield _with_breaks(set_value(document, edit, layout), line_break)
            case RenameKey():
                yield rename_key(document, edit)
            case _:
                _collect(document, edit, changes)
    for change in changes.values():
        for patch in child_patches(document, change, layout):
            yield _with_breaks(patch, line_break)


def _collect(document: YamlDocument, edit: Edit, changes: dict[FieldPath, ChildEdits]) -> None:
    """Group the edits that add or remove children by their mapping or list."""
    match edit:
        case InsertKey():
            keys = changes.setdefault(edit.path, ChildEdits(edit.path)).keys
            if edit.key in keys:
                raise EditError(f"the key {quoted(edit.key)} would be inserted twice")
            keys[edit.key] = edit.value
        case AppendItem():
            changes.setdefault(edit.path, ChildEdits(edit.path)).items.append(edit.value)
        case Remove():
            if document.node(edit.path) is None or not edit.path:
                raise EditError(f"there is no field {quoted(field_name(edit.path))} to remove")
            holder = edit.path[:-1]
            parent = document.node(holder)
            number = edit.path[-1]
            if isinstance(parent, MappingNode):
                number = [entry.name for entry in parent.entries].index(str(number))
            changes.setdefault(holder, ChildEdits(holder)).removed.add(int(number))


def _with_breaks(patch: Patch, line_break: str) -> Patch:
    if line_break == "\n" or "\n" not in patch.text:
        return patch
    return Patch(patch.start, patch.end, patch.text.replace("\n", line_break), patch.indent)


def _checked(document: YamlDocument, edits: Sequence[Edit], text: str) -> YamlDocument:
    """Parse the outcome, and refuse it if it says anything but what it should."""
    after = parse(_encoded(text))
    flaws = Counter(flaw.kind for flaw in after.flaws) - Counter(flaw.kind for flaw in document.flaws)
    new = next((flaw for flaw in after.flaws if flaw.kind in flaws), None)
    if new is not None:
        raise EditError(f"the edit would damage the file: {new.message}", hint="make the change by hand")
    if document.usable and not same(expected_data(document, edits), after.data):
        raise EditError("the edit would change more than it should", hint="make the change by hand")
    return after


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise EditError("the edit would put half a character into the file") from error
