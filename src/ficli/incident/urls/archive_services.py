"""The services that keep copies of pages, and where the address of a copy says of which page it is, and when."""

from __future__ import annotations

from dataclasses import dataclass

_DATE = r"(?P<date>[0-9]{1,14})(?:[a-z]{2}_)?"
_PAGE = r"(?P<page>.+)"
_WITH_SCHEME = r"(?P<page>(?i:https?(?::|%3A)).+)"
_IN_QUERY = r"(?P<page>[^&+]+)"


@dataclass(frozen=True, slots=True)
class ArchiveService:
    """A service that keeps copies of pages.

    Attributes:
        name: what people call it.
        hosts: where it stands, without `www.`.
        copies: patterns of the path and query of a copy, from the first character; the first that matches counts. The
            group `page` is the address of the page, where it is told, and `date` the time of the copy: up to 14
            digits, of the year first. They are compiled when an address first asks for them.

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
