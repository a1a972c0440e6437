"""Reads a date as pages write it, and refuses what could be two days, no day, or no day of the web.

The day is the one that is written, in the time zone of whoever wrote it. `05/08/2025` is a day in May or in August,
and is refused unless the language of the page leaves no choice.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from ficli.dates import PartialDate
from ficli.sources.metadata.months import month_number, month_pattern

FIRST = date(1991, 1, 1)
"""No page is older."""

_LONGEST = 200
_ISO = re.compile(
    r"(?<![0-9])(1[5-9]\d\d|20\d\d|2[1-9]\d\d)([-/.])\s?(\d{1,2})\2\s?(\d{1,2})(?![0-9])",
)
_COMPACT = re.compile(r"(?<![0-9])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?\d{4,6})?(?![0-9])")
_YEAR_MONTH = re.compile(r"\A((?:19|20)\d\d)[-/](0?[1-9]|1[0-2])\Z")
_EASTERN = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMERIC = re.compile(r"(?<![0-9])(\d{1,2})\s?([-/.])\s?(\d{1,2})\2\s?((?:19|20)\d\d)(?![0-9])")
_STAMP = re.compile(r"\A(\d{10})(?:\d{3})?(?:\.\d+)?\Z")
_EPOCH_YEARS = (1, 1900, 1969, 1970)
_BUDDHIST = 543
_SOUTHEAST = re.compile(r"(\d{1,2})\s+(\S+)\s+(25[3-9]\d)")
_DAY_FIRST = frozenset(
    """
    ar az be bg bn bs ca cs cy da de el es et fi fr ga gl he hi hr hy id is it ka kk lv mk ms mt nb nl nn no pl pt ro ru
    sk sl sq sr sv ta te th tr uk ur uz vi
    """.split(),
)
"""Languages in which nobody writes the month before the day, in numbers."""


class Reading(NamedTuple):
    """What a text gives: a date, or the reason for which there is none."""

    day: PartialDate | None
    reason: str = ""


NOTHING = Reading(None, "no date")


def read_date(text: str, *, language: str = "", today: date, first: date = FIRST) -> Reading:
    """Read the first date in a text.

    Args:
        text: as a page has it.
        language: of the page; empty where it is not known.
        today: nothing is published later.
        first: nothing is published earlier.

    """
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).strip()
    reading = _written(text, language)
    return _sane(reading, today, first) if reading.day is not None else reading


def _written(text: str, language: str) -> Reading:
    if stamp := _STAMP.match(text):
        seconds = int(stamp[1])
        return Reading(PartialDate.of(datetime.fromtimestamp(seconds, UTC).date()))
    if found := _ISO.search(text):
        return _day(found[1], found[3], found[4])
    if found := _EASTERN.search(text):
        return _day(*found.groups())
    if (reading := _in_words(text, language)) is not NOTHING:
        return reading
    if found := _NUMERIC.search(text):
        return _numeric(found, language)
    if found := _COMPACT.search(text):
        return _day(*found.groups())
    if found := _YEAR_MONTH.match(text):
        return Reading(PartialDate.parse(f"{found[1]}-{int(found[2]):02}"))
    return NOTHING


def _numeric(found: re.Match[str], language: str) -> Reading:
    one, mark, other, year = found.groups()
    if int(one) == int(other) or int(one) > 12:  # noqa: PLR2004 - months
        return _day(year, other, one)
    if int(other) > 12:  # noqa: PLR2004 - months
        return _day(year, one, other)
    if mark == "." or language[:2].lower() in _DAY_FIRST:
        return _day(year, other, one)
    return Reading(None, "it may be either of two days")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    name = rf"(?P<month>{month_pattern()})\b\.?"
    day = r"(?<![0-9])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-?го|ού)?"
    year = r"(?P<year>(?:19|20)\d\d)(?![0-9])"
    written = (
        rf"{day}\s*(?:de|of|d’|d'|del|da|di|ta’)?[\s-]*{name}\s*(?:de|del|of|do)?[\s,/-]*{year}",
        rf"\b{name}\s*{day},?\s*(?:de\s)?{year}",
        rf"{year}[\s.,-]*(?:m\.|gada|m|г\.)?[\s.]*{name}[\s.-]*{day}",
        rf"\b{name}\s+{day}\s+\d\d:\d\d(?::\d\d)?\s+(?:[A-Z+:\d-]+\s+)?{year}",  # May 08 10:00:00 EDT 2025
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in written)


def _in_words(text: str, language: str) -> Reading:
    """Read a date that names its month."""
    first: tuple[int, Reading] | None = None
    for pattern in _patterns():
        found = pattern.search(text)
        if found is not None and (first is None or found.start() < first[0]):
            month = month_number(found["month"], language)
            first = found.start(), _day(found["year"], str(month), found["day"])
    if first is not None:
        return first[1]
    if (thai := _SOUTHEAST.search(text)) and (month := month_number(thai[2])):
        return _day(str(int(thai[3]) - _BUDDHIST), str(month), thai[1])
    return NOTHING


def _day(year: str, month: str, day: str) -> Reading:
    found = PartialDate.parse(f"{int(year):04}-{int(month):02}-{int(day):02}")
    return Reading(found) if found is not None else Reading(None, "no calendar has that day")


def _sane(reading: Reading, today: date, first: date) -> Reading:
    day = reading.day
    if day is None:
        return reading
    if day.parts[0] in _EPOCH_YEARS and day.parts[1:] in ((1, 1), (12, 31), (1,)):
        return Reading(None, "it is the zero of a clock")
    if PartialDate.of(today + timedelta(days=1)).before(day):  # it is tomorrow already, further east
        return Reading(None, "it lies in the future")
    if day.before(PartialDate.of(first)):
        return Reading(None, "it is older than the web")
    return reading
