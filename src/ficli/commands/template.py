"""A registry's own scaffold: a draft with comments and TODOs, in which fields are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ficli.diagnostics import InsertKey
from ficli.document.edit import apply
from ficli.document.emit import entry
from ficli.document.extents import extents
from ficli.document.nodes import Mapping as MappingNode
from ficli.document.parse import parse
from ficli.document.patches import Patch, spliced
from ficli.errors import FicliError, UsageError
from ficli.incident.fields import LAYOUT
from ficli.incident.scaffold import in_order
from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def read_template(path: Path) -> str:
    """Read a template.

    Raises:
        UsageError: it is no YAML with fields of its own lines.
        FicliError: it cannot be read.

    """
    shown = f"the template `{harmless(str(path))}`"
    try:
        raw = path.read_bytes()
    except OSError as error:
        message = f"{shown} could not be read: {(error.strerror or str(error)).lower()}"
        raise FicliError(message) from error
    document = parse(raw)
    flaw = next((flaw.message for flaw in document.flaws), "")
    if (
        flaw
        or not isinstance(document.root, MappingNode)
        or extents(document.text, document.root, is_root=True) is None
    ):
        message = f"{shown} cannot be used: {flaw or 'it has no fields on lines of their own'}"
        raise UsageError(message, hint="a template is a draft: fields, comments, and TODOs")
    return document.text


def filled_in(template: str, fields: Mapping[str, Any]) -> str:
    """Put fields into a template, each in place of what the template has for it; all else stays.

    Args:
        template: as `read_template` gives it.
        fields: plain data by the name of the field.

    """
    document = parse(template.encode())
    ordered = {name: in_order(value, (name,)) for name, value in fields.items()}
    added = [InsertKey((), name, value) for name, value in ordered.items() if name not in document.data]
    text = apply(document, added, LAYOUT)
    root = parse(text.encode()).root
    reach = extents(text, root, is_root=True) if isinstance(root, MappingNode) else None
    if reach is None or not isinstance(root, MappingNode):
        raise FicliError("the template cannot be used: its fields are not on lines of their own")
    patches = [
        Patch(extent.own, extent.end, entry(node.name, ordered[node.name], 0).rstrip("\n"))
        for node, extent in zip(root.entries, reach, strict=True)
        if node.name in ordered and node.name in document.data and document.data[node.name] != ordered[node.name]
    ]
    return spliced(text, patches)
