"""Parse a date as a page has it, and reject a day on which no page can have been published.

The day is the one that is written, in the time zone of whoever wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

from ficli.dates import PartialDate, Reading, find_dates, parse_date

FIRST = date(1991, 1, 1)
"""No page is older."""

_LONGEST = 200
_STAMP = re.compile(r"\A(\d{10})(?:\d{3})?(?:\.\d+)?\Z")
_EPOCH_YEARS = (1900, 1969, 1970)


def read_date(text: str, *, language: str = "", today: date, first: date = FIRST) -> Reading:
    """Read the date that a text is, or else the first day in it.

    Args:
        text: as a page has it.
        language: of the page; empty if it is not known.
        today: nothing is published later.
        first: nothing is published earlier.

    """
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    reading = _written(text, language)
    if reading.date is None:
        return reading if reading.reason else Reading((), "no date")
    reason = _why_not(reading.date, today, first)
    return Reading((), reason) if reason else reading


def _written(text: str, language: str) -> Reading:
    if stamp := _STAMP.match(text):
        return Reading((PartialDate.of(datetime.fromtimestamp(int(stamp[1]), UTC).date()),))
    whole = parse_date(text, language)
    if whole.dates:
        return whole
    inside = find_dates(text, language, prose=False)
    return inside[0].reading if inside else whole


def _why_not(day: PartialDate, today: date, first: date) -> str:
    """Return why no page can have been published on a day; empty if one can."""
    if day.parts[0] in _EPOCH_YEARS and day.parts[1:] in ((1, 1), (12, 31), (1,)):
        return "it is the zero of a clock"
    if PartialDate.of(today + timedelta(days=1)).before(day):  # it is tomorrow already, further east
        return "it lies in the future"
    if day.before(PartialDate.of(first)):
        return "it is older than the web"
    return ""
