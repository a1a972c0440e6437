"""Which entries of encyclopedias and incident databases stand in for a source, rather than beside enough of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.incident.independence import COMPILATION
from ficli.incident.urls.host_kinds import host_kinds
from ficli.incident.urls.identity import match_key
from ficli.incident.urls.parse import parse_url
from ficli.rules.sources._links import is_weak, source_urls
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.incident.urls.hosts import HostKind
    from ficli.rules.contract import RecordContext


def compilations(record: RecordContext, kind: HostKind) -> Iterator[tuple[int, str]]:
    """Yield the sources at sites of a kind: the 0-based position, and the host in back-ticks.

    One that says what it is may stand beside two independent sources; where `weak-sourcing` speaks of it, that is
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
