"""What a draft's file becomes when it is published: four lines, and every other byte as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import InsertKey, SetValue
from ficli.document.edit import EditError, apply
from ficli.incident.fields import LAYOUT

if TYPE_CHECKING:
    from ficli.diagnostics import Edit
    from ficli.registry.records import SourceFile


def published(draft: SourceFile, record_id: str, *, day: str, taxonomy_version: str) -> bytes:
    """Write the ID, the day, the version of the vocabulary and `status: published` into the bytes of a draft.

    Args:
        draft: the draft's file.
        record_id: the ID it gets.
        day: the day it is published, as `YYYY-MM-DD`.
        taxonomy_version: the version of the vocabulary it was classified by.

    Raises:
        EditError: the file is written in a way in which it cannot be edited, or is no draft.

    """
    edits: list[Edit] = [
        InsertKey((), "id", record_id),
        SetValue(("status",), "published"),
        InsertKey((), "indexed_date", day),
        InsertKey((), "taxonomy_version", taxonomy_version),
    ]
    return apply(draft.document, edits, LAYOUT).encode()


def is_published_form(draft: SourceFile, file: SourceFile) -> bool:
    """Tell whether a published record's file is what a draft's file becomes, with the ID and the day it has."""
    data = file.record
    day, version = data.text("indexed_date"), data.text("taxonomy_version")
    if not (data.id and day and version):
        return False
    try:
        return published(draft, data.id, day=day, taxonomy_version=version) == file.raw
    except EditError:
        return False
