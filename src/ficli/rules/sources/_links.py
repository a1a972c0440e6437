"""What the rules about sources share: their addresses, and whether a record that names someone is weakly sourced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.incident.independence import are_surely_independent
from ficli.incident.taxonomy import SEVERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ficli.diagnostics import FieldPath
    from ficli.rules.contract import RecordContext

_WAYBACK = "https://web.archive.org/web/"


def source_urls(record: RecordContext) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    """Yield the sources that have an address: the 0-based position, the source, the address."""
    for number, source in record.record.sources:
        url = source.get("url")
        if isinstance(url, str) and url:
            yield number, source, url


def archive_url(source: Mapping[str, Any]) -> str:
    """Read where the archived copy of a source is; empty where there is none."""
    archive = source.get("archive")
    url = archive.get("url") if isinstance(archive, dict) else None
    return url if isinstance(url, str) else ""


def all_urls(record: RecordContext) -> Iterator[tuple[FieldPath, str]]:
    """Yield the addresses of the sources and of their archived copies, each with its field path.

    A copy in the Wayback Machine whose address is plainly made of that of its source is not worth a second look.
    """
    for number, source in record.record.sources:
        url = source.get("url")
        if isinstance(url, str):
            yield ("sources", number, "url"), url
        archived = archive_url(source)
        if archived and not _is_plain_copy(archived, url):
            yield ("sources", number, "archive", "url"), archived


def _is_plain_copy(archived: str, url: object) -> bool:
    """Tell whether an address is that of the Wayback Machine, a time, and the address of the page."""
    if not (isinstance(url, str) and url and archived.startswith(_WAYBACK) and archived.endswith(f"/{url}")):
        return False
    time = archived[len(_WAYBACK) : -len(url) - 1]
    return time.isascii() and time.isdigit()


def named_organizations(record: RecordContext) -> list[str]:
    """List the organizations that a record names."""
    return [
        name
        for _, item in record.record.mappings("organizations")
        if item.get("anonymized") is not True and isinstance(name := item.get("name"), str) and name
    ]


def is_weak(record: RecordContext) -> bool:
    """Tell whether a record names someone in a severe incident without two independent sources.

    Where a source has no valid address, that is to be mended first.
    """
    if record.record.text("severity") not in SEVERE or not record.record.sources or not named_organizations(record):
        return False
    if are_surely_independent(record.record.sources):
        return False
    known = record.independence
    return not known.is_enough and all(voice.domain for voice in known.voices)
