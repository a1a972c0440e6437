"""Finds the page behind the address of an archived copy: `https://web.archive.org/web/2024/https://example.org/a`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ficli.dates import PartialDate
from ficli.incident.urls.archive_services import ARCHIVE_SERVICES
from ficli.incident.urls.hostname import is_address
from ficli.incident.urls.parse import parse_url
from ficli.incident.urls.sites import plain_host

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ficli.incident.urls.archive_services import ArchiveService

_SCHEME = re.compile(r"(https?)(?::|%3A)(?:/|%2F)+", re.IGNORECASE)
_ESCAPED_SCHEME = re.compile(r"https?(?:%3A|:%2F)", re.IGNORECASE)
_ESCAPE = re.compile(r"%(2F|3A|3D|3F|23|25|26)", re.IGNORECASE)


class Archived(NamedTuple):
    """A copy of a page: the page's address, empty where the copy's does not tell it; its day; who keeps it."""

    original: str
    captured: PartialDate | None
    service: str


def unwrap_archive(text: str) -> Archived | None:
    """Tell of which page an address is an archived copy; None where it is no copy, and where it is no address."""
    url = parse_url(text)
    if url is None:
        return None
    host = plain_host(url.host)
    if host not in _services():
        return None
    query = text.partition("#")[0].partition("?")[2]
    return archived_at(host, f"{url.path}?{query}" if query else url.path)


def archived_at(host: str, path_and_query: str) -> Archived | None:
    """Tell of which page a copy is, from the host without `www.` and what follows it."""
    if (service := _services().get(host)) is None:
        return None
    for copy in service.copies:
        if found := re.match(copy, path_and_query, re.DOTALL):
            told = found.groupdict()
            return Archived(_original(told.get("page", "")), _captured(told.get("date", "")), service.name)
    return None


@cache
def _services() -> Mapping[str, ArchiveService]:
    return {plain_host(host): service for service in ARCHIVE_SERVICES for host in service.hosts}


def _original(page: str) -> str:
    """Mend the address of the page as services write it: without a scheme, with one slash, or escaped as a whole."""
    if _ESCAPED_SCHEME.match(page):
        page = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), page)
    scheme = _SCHEME.match(page)
    address = f"{scheme[1]}://{page[scheme.end() :]}" if scheme else f"http://{page}"
    address = address.partition("#")[0]
    url = parse_url(address)
    return address if url is not None and ("." in url.host or is_address(url.host)) else ""


def _captured(written: str) -> PartialDate | None:
    """Read the day of a copy from up to 14 digits, as far as they go."""
    digits = re.sub("[^0-9]", "", written)
    parts = [digits[:4], digits[4:6], digits[6:8]]
    whole = [part for part, length in zip(parts, (4, 2, 2), strict=True) if len(part) == length]
    return PartialDate.parse("-".join(whole))
