"""What a record's file becomes when it is merged or removed, and what the files that name it become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import AppendItem, InsertKey, Remove, SetValue
from ficli.document.edit import apply, edited
from ficli.incident.fields import LAYOUT, RECORD
from ficli.incident.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.diagnostics import Edit
    from ficli.document.parsed import Document
    from ficli.registry.records import SourceFile

_KEPT = frozenset(field.name for field in RECORD if field.kept)
"""What a tombstone keeps of its record."""


def tombstone(document: Document, *, reason: str, day: str, into: str = "") -> bytes:
    """Write the tombstone of a record.

    Args:
        document: the record's file.
        reason: why, for the public.
        day: the day it is retired, as `YYYY-MM-DD`.
        into: the ID of the record that tells the incident now; nothing for a record that is removed.

    Raises:
        EditError: the file is written in a way in which it cannot be edited.

    """
    data = Record(document.data).data
    edits: list[Edit] = [Remove((key,)) for key in data if key not in _KEPT]
    edits.append(SetValue(("status",), "merged" if into else "removed"))
    if into:
        edits.append(InsertKey((), "merged_into", into))
    edits += [InsertKey((), "reason", reason), InsertKey((), "retired_date", day)]
    return apply(document, edits, LAYOUT).encode()


def pointed_elsewhere(document: Document, old: str, new: str) -> Document:
    """Let a file name another record where it names one in `related` or `merged_into`.

    Args:
        document: the file.
        old: the ID that it names.
        new: the ID that it is to name; nothing to take the old one out of `related`.

    Raises:
        EditError: the file is written in a way in which it cannot be edited.

    """
    record = Record(document.data)
    edits: list[Edit] = []
    if new and record.text("merged_into") == old:
        edits.append(SetValue(("merged_into",), new))
    edits += _related(record, old, new)
    return edited(document, edits, LAYOUT)


def names(file: SourceFile, record_id: str) -> bool:
    """Tell whether a file names a record in `related` or `merged_into`; most need not be parsed for that."""
    if record_id.encode() not in file.raw:
        return False
    record = file.record
    return record.text("merged_into") == record_id or any(text == record_id for _, text in record.texts("related"))


def _related(record: Record, old: str, new: str) -> list[Edit]:
    listed = record.texts("related")
    places = [number for number, text in listed if text == old]
    if not places:
        return []
    is_named = any(text == new for _, text in listed) or record.id == new
    if new and not is_named:
        first, *others = places
        return [SetValue(("related", first), new), *(Remove(("related", number)) for number in others)]
    if len(places) == len(record.data["related"]):
        return [Remove(("related",))]
    return [Remove(("related", number)) for number in places]


def extended(document: Document, additions: Iterable[tuple[str, list[object]]]) -> bytes:
    """Add items at the end of lists of a record, which are made where they are missing.

    Args:
        document: the record's file.
        additions: the names of top-level lists, each with its new items as plain data.

    Raises:
        EditError: the file is written in a way in which it cannot be edited.

    """
    edits = [edit for name, items in additions if items for edit in _added(document, name, items)]
    return edited(document, edits, LAYOUT).raw


def _added(document: Document, name: str, items: list[object]) -> list[Edit]:
    if document.node((name,)) is None:
        return [InsertKey((), name, items)]
    return [AppendItem((name,), item) for item in items]
