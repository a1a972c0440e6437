"""What the index knows of one record: the few facts that rules across records compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.incident.record import TOMBSTONES
from ficli.incident.text.likeness import digest, fingerprint
from ficli.incident.urls.identity import match_key

if TYPE_CHECKING:
    from ficli.incident.record import Record

_FEWEST_WORDS_OF_A_QUOTE = 5
_FEWEST_WORDS_OF_A_MECHANISM = 8


class Entry(NamedTuple):
    """The facts of one record that other records can clash with.

    A hundred thousand of them travel between processes and are kept as JSON, so texts are kept as fingerprints only.

    Attributes:
        path: the file, relative to the registry.
        id: the ID, or nothing.
        slug: the slug, or nothing.
        status: the status, or nothing.
        title: the title, or nothing.
        incident_date: the date as it is written, or nothing.
        failure_mode: the slug of the mode, or nothing.
        organizations: the name of each, at its place in the list; nothing for one that is anonymized.
        quote: stands for the words of the pull quote; nothing where it is absent, or too short to be anybody's own.
        mechanism: the same for the mechanism, whatever organizations and numbers it names.
        sources: what stands for the page of each source, at its place in the list; nothing for one without an address.
        related: the IDs that the record names as related.
        aliases: what the incident is called elsewhere.
        merged_into: the ID of the record that a tombstone leads to, or nothing.

    """

    path: str
    id: str
    slug: str
    status: str
    title: str
    incident_date: str = ""
    failure_mode: str = ""
    organizations: tuple[str, ...] = ()
    quote: str = ""
    mechanism: str = ""
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    merged_into: str = ""

    @property
    def is_tombstone(self) -> bool:
        """Whether the record was merged into another or removed."""
        return self.status in TOMBSTONES

    @property
    def is_draft(self) -> bool:
        """Whether the record waits for an ID."""
        return self.status == "draft"


def entry_of(path: str, record: Record) -> Entry:
    """Take the facts out of a record; what is absent or of the wrong type is empty."""
    organizations = _organizations(record)
    quote = record.mapping("quote").get("text")
    return Entry(
        path=path,
        id=record.id,
        slug=record.slug,
        status=record.status,
        title=record.title,
        incident_date=record.text("incident_date"),
        failure_mode=record.text("failure_mode"),
        organizations=organizations,
        quote=fingerprint(quote, fewest_words=_FEWEST_WORDS_OF_A_QUOTE) if isinstance(quote, str) else "",
        mechanism=_mark_of_mechanism(record.text("mechanism"), organizations),
        sources=_sources(record),
        related=_texts(record, "related"),
        aliases=_texts(record, "aliases"),
        merged_into=record.text("merged_into"),
    )


def name_of(path: str, record: Record) -> Entry:
    """Take only those facts out of a record by which it is known; the others are empty."""
    return Entry(path, record.id, record.slug, record.status, record.title)


def page_mark(url: str) -> str:
    """Give 16 hexadecimal digits that stand for a page, whichever of its addresses this is."""
    return digest(match_key(url))


def _organizations(record: Record) -> tuple[str, ...]:
    listed = record.data.get("organizations")
    if not isinstance(listed, list):
        return ()
    return tuple(_name(item) for item in listed)


def _sources(record: Record) -> tuple[str, ...]:
    listed = record.data.get("sources")
    if not isinstance(listed, list):
        return ()
    urls = (item.get("url") if isinstance(item, dict) else None for item in listed)
    return tuple(page_mark(url) if isinstance(url, str) and url else "" for url in urls)


def _texts(record: Record, field: str) -> tuple[str, ...]:
    """Read a list of texts; an item of another type is empty, so that the others keep their places."""
    listed = record.data.get(field)
    if not isinstance(listed, list):
        return ()
    return tuple(item if isinstance(item, str) else "" for item in listed)


def _name(item: object) -> str:
    if not isinstance(item, dict) or item.get("anonymized") is True:
        return ""
    name = item.get("name")
    return name if isinstance(name, str) else ""


def _mark_of_mechanism(text: str, organizations: tuple[str, ...]) -> str:
    """Leave out of a mechanism what a writer changes who takes it over from another record."""
    if not text:
        return ""
    for name in filter(None, organizations):
        text = text.replace(name, "")
    return fingerprint(text, fewest_words=_FEWEST_WORDS_OF_A_MECHANISM)
