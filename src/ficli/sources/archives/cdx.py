"""Chooses among the copies that the Wayback Machine has of a page, by its CDX index.

The parameters are those that its documentation names: `from`, `to`, `limit`, `filter`, `fl`, `matchType` and `output`.
`closest` is not among them, so that the first copy since a time and the last one before it are asked for instead.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ficli.sources.archives.captures import FIRST_YEAR, STAMP, copied_page, copy_at, moment_of
from ficli.sources.archives.service import OK, answer_of, nonsense
from ficli.sources.archives.states import Outcome, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ficli.dates import PartialDate
    from ficli.sources.archives.service import Service
    from ficli.sources.archives.states import Copy
    from ficli.sources.fetching.exchange import Page
    from ficli.sources.fetching.pace import Pace

_FIELDS = ("timestamp", "original", "statuscode")
_FORBIDDEN = 403
_EXCLUDED = (b"AdministrativeAccessControlException", b"RobotAccessControlException")
_MOST = 100
"""Copies in an answer: some may be of other spellings of the address, which the index holds to be the same."""

_PLAIN = ":/?@!$'()*,;"
"""Stands in a query as it is; escaped, a long address would be too long."""

_EASTERNMOST = timedelta(hours=14)
"""As much earlier than in UTC a day begins in the first time zone."""


def find_copy(service: Service, pace: Pace, url: str, near: PartialDate | None) -> Outcome:
    """Find the first copy of a page since a date; else the last one before it, which is `early`.

    Args:
        service: the archive.
        pace: of look-ups.
        url: the page, as a record holds its address.
        near: since the earliest moment that this is anywhere on earth; None for the first copy of all.

    Raises:
        BusyError: the archive wants to be asked later.
        FetchError: it does not answer, or with something else than copies.

    """
    since = _beginning(near)
    for early in (False, True) if since else (False,):
        path = _path(url, since, early=early)
        if not service.can_ask(path):
            return Outcome(State.NOT_ARCHIVABLE, "its address is too long to be looked up")
        page = service.ask(path, pace)
        if page.status == _FORBIDDEN and any(name in page.body for name in _EXCLUDED):
            return Outcome(State.NOT_ARCHIVABLE, "the Wayback Machine shows no copies of this site")
        copies = _copies(page, url, since, service.today, early=early)
        if copies:
            return Outcome(State.ALREADY_ARCHIVED, copy=copies[-1 if early else 0])
    return Outcome(State.NONE, "the Wayback Machine has no copy", again=True)


def _beginning(near: PartialDate | None) -> str:
    """Give the first moment of a date, as the index writes it; empty where every copy is later."""
    if near is None or near.parts[0] <= FIRST_YEAR:
        return ""
    year, month, day = (*near.parts, 1, 1)[:3]
    return (datetime(year, month, day, tzinfo=UTC) - _EASTERNMOST).strftime(STAMP)


def _path(url: str, since: str, *, early: bool) -> str:
    """Ask for the last copies before a moment, or for the first ones since then."""
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


def _copies(page: Page, url: str, since: str, today: date, *, early: bool) -> list[Copy]:
    """Read the copies of a page in an answer, the oldest first."""
    found = []
    for stamp, original, status in _rows(page):
        moment, copied = moment_of(stamp, today), copied_page(original, url)
        if status != str(OK) or moment is None or not copied or early is not (stamp < since):
            continue
        if copy := copy_at(moment, copied, early=early):
            found.append((moment, copy))
    return [copy for _, copy in sorted(found, key=lambda pair: pair[0])]


def _rows(page: Page) -> Iterator[tuple[str, str, str]]:
    """Take an answer apart: a row of names, and a row for each copy; none at all where there is no copy."""
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
