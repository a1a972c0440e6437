"""Archive services: the page behind the address of a copy, and when it was captured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ficli.dates import PartialDate
from ficli.urls.parse import is_address, parse_url
from ficli.urls.sites import plain_host

_DATE = r"(?P<date>[0-9]{1,14})(?:[a-z]{2}_)?"
_PAGE = r"(?P<page>.+)"
_WITH_SCHEME = r"(?P<page>(?i:https?(?::|%3A)).+)"
_IN_QUERY = r"(?P<page>[^&+]+)"


@dataclass(frozen=True, slots=True)
class ArchiveService:
    """A service that keeps copies of pages.

    Attributes:
        name: its common name.
        hosts: its hosts, without `www.`.
        copies: patterns of the path and query of a copy, from the first character; the first that matches counts. The
            group `page` is the address of the page, if the copy's address has it, `date` the time of the copy: up to 14
            digits, from the year on. They are compiled when first needed.

    """

    name: str
    hosts: tuple[str, ...]
    copies: tuple[str, ...]


def _service(name: str, hosts: str, *copies: str) -> ArchiveService:
    return ArchiveService(name, tuple(hosts.split()), copies)


# By name. A service belongs here if anybody can look up its copies by their address. Where a service has many hosts,
# the first is the one that it calls itself by.
ARCHIVE_SERVICES = (
    _service("Archive-It", "wayback.archive-it.org", rf"/(?:[0-9]+|all)/{_DATE}/{_PAGE}"),
    _service(
        "archive.today",
        "archive.today archive.fo archive.is archive.li archive.md archive.ph archive.vn",
        rf"/{_DATE}/{_PAGE}",
        rf"/(?P<date>[0-9]{{4}}\.[0-9]{{2}}\.[0-9]{{2}}(?:-[0-9]{{6}})?)/{_PAGE}",
        rf"/(?:newest|oldest|timegate|o/[A-Za-z0-9]+)/{_PAGE}",
        rf"/{_WITH_SCHEME}",
        r"/(?:wip/)?[A-Za-z0-9]{5,6}(?:/(?:image|share|again|abs[0-9a-z]*)?)?(?:\?|\Z)",
    ),
    _service("Arquivo.pt", "arquivo.pt", rf"/(?:wayback|noFrame/replay)/{_DATE}/{_PAGE}"),
    _service("Bing cache", "cc.bingj.com", r"/cache\.aspx"),
    _service("Ghostarchive", "ghostarchive.org", r"/(?:archive|varchive)/."),
    _service(
        "Google cache",
        "webcache.googleusercontent.com",
        rf"/search\?(?:[^&]*&)*?q=cache(?::|%3A)(?:[\w-]{{12}}(?::|%3A))?{_IN_QUERY}",
    ),
    _service("Library of Congress", "webarchive.loc.gov", rf"/(?:all|legacy)/{_DATE}/{_PAGE}"),
    _service("Megalodon", "megalodon.jp", rf"/(?P<date>[0-9]{{4}}-[0-9]{{4}})-[0-9]{{4}}-[0-9]{{2}}/{_PAGE}"),
    _service(
        "Perma.cc",
        "perma.cc",
        r"/[A-Z0-9]{2,4}-[A-Z0-9]{2,4}(?:-[A-Z0-9]{4})*(?:[/?]|\Z)",
        r"/0[A-Za-z0-9]{8,}(?:[/?]|\Z)",
    ),
    _service("UK Government Web Archive", "webarchive.nationalarchives.gov.uk", rf"/(?:ukgwa/)?{_DATE}/{_PAGE}"),
    _service("UK Web Archive", "webarchive.org.uk", rf"/wayback/(?:\w\w/)?archive/{_DATE}/{_PAGE}"),
    _service(
        "Wayback Machine",
        "web.archive.org archive.org wayback.archive.org",
        rf"/(?:web|wayback)/{_DATE}/{_PAGE}",
        rf"/(?:web|wayback)/[0-9]*\*/{_PAGE}",
        rf"/(?:web|save)/{_WITH_SCHEME}",
    ),
    _service("WebCite", "webcitation.org", rf"/query\?(?:[^&]*&)*?url={_IN_QUERY}", r"/[A-Za-z0-9]{9}(?:\?|\Z)"),
)


_SCHEME = re.compile(r"(https?)(?::|%3A)(?:/|%2F)+", re.IGNORECASE)
_ESCAPED_SCHEME = re.compile(r"https?(?:%3A|:%2F)", re.IGNORECASE)
_ESCAPE = re.compile(r"%(2F|3A|3D|3F|23|25|26)", re.IGNORECASE)


class ArchivedPage(NamedTuple):
    """A copy of a page: the page's address, empty if the copy's does not have it; its day; its service."""

    original: str
    captured: PartialDate | None
    service: str


def unwrap_archive(text: str) -> ArchivedPage | None:
    """Return the page of which an address is an archived copy; None if it is not a copy, or not an address."""
    url = parse_url(text)
    if url is None:
        return None
    host = plain_host(url.host)
    if host not in _services():
        return None
    query = text.partition("#")[0].partition("?")[2]
    return archived_at(host, f"{url.path}?{query}" if query else url.path)


def archived_at(host: str, path_and_query: str) -> ArchivedPage | None:
    """Return the page of a copy, from the host without `www.` and the rest of the address."""
    if (service := _services().get(host)) is None:
        return None
    for copy in service.copies:
        if found := re.match(copy, path_and_query, re.DOTALL):
            groups = found.groupdict()
            return ArchivedPage(_original(groups.get("page", "")), _captured(groups.get("date", "")), service.name)
    return None


@cache
def _services() -> Mapping[str, ArchiveService]:
    return {plain_host(host): service for service in ARCHIVE_SERVICES for host in service.hosts}


def _original(page: str) -> str:
    """Fix the address of the page as services write it: without a scheme, with one slash, or escaped as a whole."""
    if _ESCAPED_SCHEME.match(page):
        page = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), page)
    scheme = _SCHEME.match(page)
    address = f"{scheme[1]}://{page[scheme.end() :]}" if scheme else f"http://{page}"
    address = address.partition("#")[0]
    url = parse_url(address)
    return address if url is not None and ("." in url.host or is_address(url.host)) else ""


def _captured(written: str) -> PartialDate | None:
    """Parse the day of a copy from up to 14 digits, as far as they go."""
    digits = re.sub("[^0-9]", "", written)
    parts = [digits[:4], digits[4:6], digits[6:8]]
    whole = [part for part, length in zip(parts, (4, 2, 2), strict=True) if len(part) == length]
    return PartialDate.parse("-".join(whole))
