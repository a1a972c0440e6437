"""Changes to a document that leave all else byte for byte: comments, quotes, order, empty lines, line ends."""

from __future__ import annotations

from collections import Counter
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
from ficli.document.children import Changes
from ficli.document.children import patches as child_patches
from ficli.document.errors import EditError
from ficli.document.expected import expected_data
from ficli.document.layout import laid_out
from ficli.document.nodes import Mapping
from ficli.document.parse import parse
from ficli.document.patches import Patch, spliced
from ficli.document.plain import same
from ficli.document.values import rename_key, set_value
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ficli.document.order import Layout
    from ficli.document.parsed import Document

__all__ = ["EditError", "apply", "edited"]


def apply(document: Document, edits: Sequence[Edit], layout: Layout) -> str:
    """Return the text of a document with all edits made, as `edited` makes them.

    Raises:
        EditError: as `edited` does.

    """
    return edited(document, edits, layout).text


def edited(document: Document, edits: Sequence[Edit], layout: Layout) -> Document:
    """Return a document with all edits made, each by the paths and offsets of the document as it is.

    A value keeps its quotes where they can hold the new one. A key is inserted at its canonical place, an
    item with the indentation of its siblings. The last item removed leaves `[]`, the last key `{}`. Whatever
    is removed takes its comments along, and the empty lines that set it apart. `Reformat` is done last.

    Raises:
        EditError: an edit names a field that is not there, two edits concern the same piece, or the outcome
            would say anything but what was asked for. The document may be unusable if all edits are
            `ReplaceText`.

    """
    local = [edit for edit in edits if not isinstance(edit, Reformat)]
    after = document
    if local:
        after = _checked(document, local, spliced(document.text, _patches(document, local, layout)))
    return laid_out(after, layout) if len(local) < len(edits) else after


def _patches(document: Document, edits: Sequence[Edit], layout: Layout) -> Iterator[Patch]:
    if not document.usable and not all(isinstance(edit, ReplaceText) for edit in edits):
        raise EditError("a file that cannot be read cannot be edited", hint="mend its errors first")
    changes: dict[FieldPath, Changes] = {}
    line_break = "\r\n" if "\r\n" in document.text else "\n"
    for edit in edits:
        match edit:
            case ReplaceText():
                yield Patch(edit.start, edit.end, edit.text)
            case SetValue():
                yield _with_breaks(set_value(document, edit), line_break)
            case RenameKey():
                yield rename_key(document, edit)
            case _:
                _collect(document, edit, changes)
    for change in changes.values():
        for patch in child_patches(document, change, layout):
            yield _with_breaks(patch, line_break)


def _collect(document: Document, edit: Edit, changes: dict[FieldPath, Changes]) -> None:
    """Sort the edits that change which children there are by the mapping or list they concern."""
    match edit:
        case InsertKey():
            keys = changes.setdefault(edit.path, Changes(edit.path)).keys
            if edit.key in keys:
                raise EditError(f"the key {quoted(edit.key)} would be inserted twice")
            keys[edit.key] = edit.value
        case AppendItem():
            changes.setdefault(edit.path, Changes(edit.path)).items.append(edit.value)
        case Remove():
            if document.node(edit.path) is None or not edit.path:
                raise EditError(f"there is no field {quoted(field_name(edit.path))} to remove")
            holder = edit.path[:-1]
            parent = document.node(holder)
            number = edit.path[-1]
            if isinstance(parent, Mapping):
                number = [entry.name for entry in parent.entries].index(str(number))
            changes.setdefault(holder, Changes(holder)).removed.add(int(number))


def _with_breaks(patch: Patch, line_break: str) -> Patch:
    if line_break == "\n" or "\n" not in patch.text:
        return patch
    return Patch(patch.start, patch.end, patch.text.replace("\n", line_break), patch.indent)


def _checked(document: Document, edits: Sequence[Edit], text: str) -> Document:
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
