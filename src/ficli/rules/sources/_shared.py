"""Facts that several rules about sources share: addresses, weak sourcing, dependence, compilations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ficli.incident.independence import COMPILATION, ENOUGH, Independence, are_surely_independent
from ficli.incident.taxonomy import SEVERE
from ficli.rules.contract import Label, RecordContext
from ficli.urls.identity import match_key
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.urls.parse import parse_url
from ficli.wording import as_text, quoted

if TYPE_CHECKING:
    from ficli.diagnostics import FieldPath

_WAYBACK = "https://web.archive.org/web/"

_MOST_SHOWN = 6
_POST = "social"
_SENT_IN = "reader-submitted"


def source_urls(record: RecordContext) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    """Yield the sources that have an address: the 0-based position, the source, the address."""
    for number, source in record.record.sources:
        url = source.get("url")
        if isinstance(url, str) and url:
            yield number, source, url


def archive_url(source: Mapping[str, Any]) -> str:
    """Return the address of the archived copy of a source; empty if there is none."""
    archive = source.get("archive")
    return as_text(archive.get("url") if isinstance(archive, dict) else None)


def all_urls(record: RecordContext) -> Iterator[tuple[FieldPath, str]]:
    """Yield the addresses of the sources and of their archived copies, each with its field path.

    A copy in the Wayback Machine whose address is simply made of that of its source is left out.
    """
    for number, source in record.record.sources:
        url = source.get("url")
        if isinstance(url, str):
            yield ("sources", number, "url"), url
        archived = archive_url(source)
        if archived and not _is_plain_copy(archived, url):
            yield ("sources", number, "archive", "url"), archived


def _is_plain_copy(archived: str, url: object) -> bool:
    """Return whether an address is that of the Wayback Machine, a time, and the address of the page."""
    if not (isinstance(url, str) and url and archived.startswith(_WAYBACK) and archived.endswith(f"/{url}")):
        return False
    time = archived[len(_WAYBACK) : -len(url) - 1]
    return time.isascii() and time.isdigit()


def named_organizations(record: RecordContext) -> list[str]:
    """Return the organizations that a record names."""
    return [
        name
        for _, item in record.record.mappings("organizations")
        if item.get("anonymized") is not True and isinstance(name := item.get("name"), str) and name
    ]


def is_weak(record: RecordContext) -> bool:
    """Return whether a record names someone in a severe incident without two independent sources.

    If a source has no valid address, that has to be fixed first.
    """
    if record.record.text("severity") not in SEVERE or not record.record.sources or not named_organizations(record):
        return False
    if are_surely_independent(record.record.sources):
        return False
    known = record.independence
    return not known.is_enough and all(voice.domain for voice in known.voices)


def rests_on_posts(record: RecordContext) -> bool:
    """Return whether every source is a post."""
    sources = record.record.sources
    return bool(sources) and all(
        source.get("kind") == _POST
        or (
            source.get("kind") == _SENT_IN
            and isinstance(url := source.get("url"), str)
            and HostKind.SOCIAL in host_kinds(url)
        )
        for _, source in sources
    )


def count_dependent(known: Independence) -> str:
    """Return how many sources a record has of which no two are independent, and for two also why."""
    if len(known.voices) == ENOUGH:
        return f"two sources that are not independent: {next(known.pairs()).reason}"
    return f"{len(known.voices):,} sources of which no two are independent"


def why_dependent(known: Independence) -> Iterator[Label]:
    """Yield why each source does not count beside the first that does."""
    voices = known.voices[: _MOST_SHOWN + 1]
    first = next((voice for voice in voices if not voice.unfit), None)
    reasons = {(pair.first, pair.second): pair.reason for pair in Independence(voices, ()).pairs()}
    for voice in voices:
        at = ("sources", voice.position, "url")
        if voice.unfit:
            yield Label(at, f"does not count: {voice.unfit}")
        elif first is not None and voice is not first:
            reason = reasons[first.position, voice.position]
            yield Label(at, f"not independent of source {first.position + 1}: {reason}")


def compilations(record: RecordContext, kind: HostKind) -> Iterator[tuple[int, str]]:
    """Yield the sources at sites of a kind: the 0-based position, and the host in back-ticks.

    One with the right kind is allowed beside two independent sources; if `weak-sourcing` reports the record, that is
    enough.
    """
    excused: bool | None = None
    for number, source, url in source_urls(record):
        key = match_key(url)
        if kind not in host_kinds(key):
            continue
        if excused is None:
            excused = record.independence.is_enough or is_weak(record)
        if excused and source.get("kind") == COMPILATION:
            continue
        page = parse_url(key)
        yield number, quoted(page.host if page else url)
