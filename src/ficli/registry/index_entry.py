"""The index entry of one record: the few facts that rules across records compare."""

from __future__ import annotations

from typing import NamedTuple

from ficli.incident.record import TOMBSTONES, Record
from ficli.prose.similarity import digest, fingerprint
from ficli.urls.identity import match_key
from ficli.wording import as_text

_FEWEST_WORDS_OF_A_QUOTE = 5
_FEWEST_WORDS_OF_A_MECHANISM = 8


class IndexEntry(NamedTuple):
    """The facts of one record that other records can conflict with.

    A hundred thousand of them are sent between processes and stored as JSON, so texts are only fingerprints.

    Attributes:
        path: the file, relative to the registry.
        id: the ID, or empty.
        slug: the slug, or empty.
        status: the status, or empty.
        title: the title, or empty.
        incident_date: the date as it is written, or empty.
        failure_mode: the slug of the mode, or empty.
        organizations: the name of each, at its place in the list; empty for one that is anonymized.
        quote: a fingerprint of the pull quote; empty if it is missing, or too short to be unique.
        mechanism: the same for the mechanism, without the organizations and numbers in it.
        sources: a fingerprint of each source's page, at its place in the list; empty for one without an address.
        related: the IDs that the record names as related.
        aliases: the incident's names elsewhere.
        merged_into: the ID of the record that a tombstone leads to, or empty.

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
        """Whether the record has no ID yet."""
        return self.status == "draft"


def index_record(path: str, record: Record) -> IndexEntry:
    """Return the facts of a record; a missing one or one of the wrong type is empty."""
    organizations = _organizations(record)
    quote = record.mapping("quote").get("text")
    return IndexEntry(
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


def name_of(path: str, record: Record) -> IndexEntry:
    """Return only the identifying facts of a record; the others are empty."""
    return IndexEntry(path, record.id, record.slug, record.status, record.title)


def page_mark(url: str) -> str:
    """Return a fingerprint of a page, the same for all its addresses, in 16 hexadecimal digits."""
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
    return tuple(map(as_text, listed))


def _name(item: object) -> str:
    if not isinstance(item, dict) or item.get("anonymized") is True:
        return ""
    return as_text(item.get("name"))


def _mark_of_mechanism(text: str, organizations: tuple[str, ...]) -> str:
    """Return a fingerprint of a mechanism without the parts that a writer changes who copies it from another record."""
    if not text:
        return ""
    for name in filter(None, organizations):
        text = text.replace(name, "")
    return fingerprint(text, fewest_words=_FEWEST_WORDS_OF_A_MECHANISM)
