"""How one value or key is replaced in the text: in its own quotes where they can hold the new one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ficli.diagnostics import FieldPath, RenameKey, SetValue, field_name
from ficli.document import emit
from ficli.document.errors import EditError
from ficli.document.extents import column, dashes, line_end
from ficli.document.nodes import Mapping, Scalar, Sequence, Style
from ficli.document.patches import Patch
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.document.parsed import Document
    from ficli.document.scalars import ScalarValue

_CONTENT: Final = re.compile(r"[\r\n]( +)[^ \r\n]")
_HEADER_COMMENT: Final = re.compile(r"[|>][-+1-9]*([ \t]+#[^\r\n]*)?")


def set_value(document: Document, edit: SetValue) -> Patch:
    """Make the patch that gives a field another value.

    Raises:
        EditError: there is no such field, or it holds a list or a mapping.

    """
    node = document.node(edit.path)
    if node is None:
        raise EditError(f"there is no field {quoted(field_name(edit.path))} to change")
    if not isinstance(node, Scalar):
        raise EditError(f"{quoted(field_name(edit.path))} holds a list or mapping, and cannot be given a single value")
    written = _written(document, edit.path, node, edit.value)
    # Behind a block scalar blanks would be content.
    end = line_end(document.text, node.end) if "\n" in written else node.end
    # Behind a quote a comment may follow without a blank.
    gap = " " if document.text.startswith("#", end) else ""
    return Patch(node.start, end, _lead(document, edit.path, node) + written + gap)


def rename_key(document: Document, edit: RenameKey) -> Patch:
    """Make the patch that gives a key another name.

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


def in_brackets(document: Document, path: FieldPath) -> bool:
    """Tell whether the node at a path stands within `[]` or `{}`; those of the node itself do not count."""
    parents = (document.node(path[:length]) for length in range(len(path)))
    return any(isinstance(parent, Mapping | Sequence) and parent.flow for parent in parents)


def introduction(document: Document, path: FieldPath) -> int:
    """Give the offset right behind the colon or dash of a field outside brackets; 0 for the record itself."""
    entry = document.entry(path)
    if entry is not None:
        colon = document.text.find(":", entry.key.end, entry.value.start)
        return entry.key.end if colon < 0 else colon + 1
    parent = document.node(path[:-1]) if path else None
    if isinstance(parent, Sequence) and not parent.flow:
        return dashes(document.text, parent)[int(path[-1])] + 1
    return 0


def indentation(document: Document, path: FieldPath) -> int:
    """Count the columns before the key or dash of a field outside brackets."""
    entry = document.entry(path)
    return column(document.text, entry.key.start if entry else max(introduction(document, path) - 1, 0))


def _lead(document: Document, path: FieldPath, node: Scalar) -> str:
    """Give what must be put before the new value of a field that was empty."""
    if node.start < node.end:
        return ""
    entry = document.entry(path)
    # In braces a key may stand without even a colon.
    return ": " if entry is not None and entry.key.end == node.start else " "


def _written(document: Document, path: FieldPath, node: Scalar, value: ScalarValue) -> str:
    if not isinstance(value, str):
        return emit.inline(value)
    flow = in_brackets(document, path)
    rest = document.text[node.end : line_end(document.text, node.end)]
    indent = indentation(document, path)
    if node.style.is_block:
        return _block_alike(document, node, value, indent)
    alike = _quoted_alike(node.style, value)
    if alike is not None:
        return alike
    if flow or rest.strip():
        return emit.inline(value, flow=flow)
    if emit.is_plain(value) and node.start < node.end:
        return value
    return emit.scalar(value, indent=indent, key_width=column(document.text, node.start) - indent)


def _quoted_alike(style: Style, value: str) -> str | None:
    if style is Style.SINGLE:
        return emit.single_quoted(value) or emit.double_quoted(value)
    return emit.double_quoted(value) if style is Style.DOUBLE else None


def _block_alike(document: Document, node: Scalar, value: str, indent: int) -> str:
    old = _CONTENT.search(document.text, node.start, node.end)
    if old is not None:
        indent = len(old.group(1)) - 2
    kinds = (emit.literal, emit.folded) if node.style is Style.LITERAL else (emit.folded, emit.literal)
    written = kinds[0](value, indent) or kinds[1](value, indent) or emit.double_quoted(value)
    found = _HEADER_COMMENT.match(document.text, node.start)
    comment = (found.group(1) if found else "") or ""
    first, line_break, rest = written.partition("\n")
    return first + comment + line_break + rest
