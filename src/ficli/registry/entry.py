"""What the index knows of one record: the few facts that rules across records compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ficli.incident.record import Record


class Entry(NamedTuple):
    """The facts of one record that other records can clash with; `path` is relative to the registry."""

    path: str
    id: str
    slug: str
    status: str
    title: str


def entry_of(path: str, record: Record) -> Entry:
    """Take the facts out of a record; what is absent or of the wrong type is empty."""
    return Entry(path, record.id, record.slug, record.status, record.title)
