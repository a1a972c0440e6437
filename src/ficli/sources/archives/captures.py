"""Checks what an archive says of a copy: that its time can be, and that it is of the page that was asked for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from ficli.incident.urls.archives import unwrap_archive
from ficli.incident.urls.identity import match_key
from ficli.incident.urls.parse import LONGEST, parse_url
from ficli.incident.urls.private import why_private
from ficli.sources.archives.states import Copy

if TYPE_CHECKING:
    from datetime import date

FIRST_YEAR: Final = 1996
"""The Wayback Machine has nothing older."""

STAMP: Final = "%Y%m%d%H%M%S"
_DIGITS = re.compile(r"[0-9]{14}\Z")
_COPIES = "https://web.archive.org/web/"


def moment_of(stamp: object, today: date) -> datetime | None:
    """Read the time of a copy, in UTC; None where nothing can have been copied then.

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
    """Give the address that an archive says it copied, without a fragment; empty where it is not that of the page."""
    address = original.partition("#")[0] if isinstance(original, str) else ""
    if parse_url(address) is None or why_private(address) or unwrap_archive(address) is not None:
        return ""
    return address if match_key(address) == match_key(url) else ""


def copy_at(moment: datetime, page: str, *, early: bool = False) -> Copy | None:
    """Give the copy of a page; None where its address is longer than one may be."""
    address = f"{_COPIES}{moment.strftime(STAMP)}/{page}"
    return Copy(address, moment.date().isoformat(), early) if len(address) <= LONGEST else None
