"""Find a copy in the CDX index of the Wayback Machine, and check that it is of the page that was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from ficli.urls.archives import unwrap_archive
from ficli.urls.identity import match_key
from ficli.urls.parse import LONGEST, parse_url
from ficli.urls.private import why_private
from ficli.web.archives.service import OK, Service, answer_of, nonsense
from ficli.web.archives.states import ArchiveCopy, ArchiveOutcome, ArchiveState

if TYPE_CHECKING:
    from ficli.dates import PartialDate
    from ficli.web.fetch.exchange import FetchedPage
    from ficli.web.fetch.limits import Pace


FIRST_YEAR: Final = 1996
"""The year of the Wayback Machine's first copies."""

STAMP: Final = "%Y%m%d%H%M%S"
_DIGITS = re.compile(r"[0-9]{14}\Z")
_COPIES = "https://web.archive.org/web/"


def moment_of(stamp: object, today: date) -> datetime | None:
    """Parse the time of a copy, in UTC; None if nothing can have been copied then.

    Args:
        stamp: 14 digits, the year first.
        today: by the clock of this machine, which may be a day behind that of the archive.

    """
    if not isinstance(stamp, str) or not _DIGITS.match(stamp):
        return None
    try:
        moment = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.year >= FIRST_YEAR and moment.date() <= today + timedelta(days=1) else None


def copied_page(original: object, url: str) -> str:
    """Return the address that an archive says it copied, without a fragment; empty if it is another page's."""
    address = original.partition("#")[0] if isinstance(original, str) else ""
    if parse_url(address) is None or why_private(address) or unwrap_archive(address) is not None:
        return ""
    return address if match_key(address) == match_key(url) else ""


def copy_at(moment: datetime, page: str, *, early: bool = False) -> ArchiveCopy | None:
    """Return the copy of a page; None if its address is too long."""
    address = f"{_COPIES}{moment.strftime(STAMP)}/{page}"
    return ArchiveCopy(address, moment.date().isoformat(), early) if len(address) <= LONGEST else None


_FIELDS = ("timestamp", "original", "statuscode")
_FORBIDDEN = 403
_EXCLUDED = (b"AdministrativeAccessControlException", b"RobotAccessControlException")
_MOST = 100
"""Copies in an answer: some may be of other spellings of the address, which the index treats as the same."""

_PLAIN = ":/?@!$'()*,;"
"""Characters that are not escaped in a query; otherwise a long address would be too long."""

_EASTERNMOST = timedelta(hours=14)
"""How much earlier than in UTC a day begins in the first time zone."""


def find_copy(service: Service, pace: Pace, url: str, near: PartialDate | None) -> ArchiveOutcome:
    """Find the first copy of a page since a date; else the last one before it, which is `early`.

    Args:
        service: the archive.
        pace: of look-ups.
        url: the page, as a record holds its address.
        near: the earliest moment of this date anywhere on earth counts; None for the first copy of all.

    Raises:
        BusyError: the archive wants to be asked later.
        FetchError: it does not answer, or with something other than copies.

    """
    since = _beginning(near)
    for early in (False, True) if since else (False,):
        path = _path(url, since, early=early)
        if not service.can_ask(path):
            return ArchiveOutcome(ArchiveState.NOT_ARCHIVABLE, "its address is too long to be looked up")
        page = service.ask(path, pace)
        if page.status == _FORBIDDEN and any(name in page.body for name in _EXCLUDED):
            return ArchiveOutcome(ArchiveState.NOT_ARCHIVABLE, "the Wayback Machine shows no copies of this site")
        copies = _copies(page, url, since, service.today, early=early)
        if copies:
            return ArchiveOutcome(ArchiveState.ALREADY_ARCHIVED, copy=copies[-1 if early else 0])
    return ArchiveOutcome(ArchiveState.NONE, "the Wayback Machine has no copy", again=True)


def _beginning(near: PartialDate | None) -> str:
    """Return the first moment of a date, as the index writes it; empty if every copy is later."""
    if near is None or near.parts[0] <= FIRST_YEAR:
        return ""
    year, month, day = (*near.parts, 1, 1)[:3]
    return (datetime(year, month, day, tzinfo=UTC) - _EASTERNMOST).strftime(STAMP)


def _path(url: str, since: str, *, early: bool) -> str:
    """Return the query for the last copies before a moment, or for the first ones since then."""
    span = {"to" if early else "from": since} if since else {}
    query = {
        "url": url,
        "matchType": "exact",  # else an asterisk at the end of an address would ask for all that begins like it
        "output": "json",
        "fl": ",".join(_FIELDS),
        "filter": f"statuscode:{OK}",
        "limit": -_MOST if early else _MOST,
        **span,
    }
    return f"/cdx/search/cdx?{urlencode(query, safe=_PLAIN, quote_via=quote)}"


def _copies(page: FetchedPage, url: str, since: str, today: date, *, early: bool) -> list[ArchiveCopy]:
    """Parse the copies of a page in an answer, the oldest first."""
    found = []
    for stamp, original, status in _rows(page):
        moment, copied = moment_of(stamp, today), copied_page(original, url)
        if status != str(OK) or moment is None or not copied or early is not (stamp < since):
            continue
        if copy := copy_at(moment, copied, early=early):
            found.append((moment, copy))
    return [copy for _, copy in sorted(found, key=lambda pair: pair[0])]


def _rows(page: FetchedPage) -> Iterator[tuple[str, str, str]]:
    """Parse an answer: a row of names, and a row for each copy; empty if there is no copy."""
    answer = answer_of(page)
    if page.status != OK:
        raise nonsense(f"HTTP {page.status}")
    if not isinstance(answer, list) or not all(isinstance(row, list) for row in answer):
        raise nonsense("it is no table")
    if not answer:
        return
    if answer[0] != list(_FIELDS):
        raise nonsense("it has other columns than were asked for")
    for row in answer[1:]:
        if len(row) != len(_FIELDS) or not all(isinstance(cell, str) for cell in row):
            raise nonsense("a row has other cells than were asked for")
        stamp, original, status = row
        yield stamp, original, status
