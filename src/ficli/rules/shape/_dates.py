"""What is wrong with a text that should be a date, and what it was meant to be where only one reading exists."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from ficli.dates import PartialDate

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": _MONTHS["september"]}

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_ISO_WITH_TIME = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]+[0-9]{1,2}:[0-9]{2}.*")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)? (?:of )?([A-Za-z]+)\.?,? ([0-9]{4})")
_MONTH_DAY_YEAR = re.compile(r"([A-Za-z]+)\.? (?:([0-9]{1,2})(?:st|nd|rd|th)?)?,? ?([0-9]{4})")


class Explanation(NamedTuple):
    """What is wrong, the date that was meant or nothing, and whether that reading loses nothing."""

    reason: str = ""
    reading: str = ""
    complete: bool = True


def explain(text: str) -> Explanation:
    """Say why a text is no date of the registry's form."""
    bare = text.strip()
    if bare != text and PartialDate.parse(bare):
        return Explanation("it has spaces or a line end around it", bare)
    if match := _ISO.fullmatch(bare):
        return Explanation(_impossible(*match.groups()))
    if match := _ISO_WITH_TIME.fullmatch(bare):
        return Explanation("it has a time of day", _date(*match.groups()), complete=False)
    if match := _YEAR_FIRST.fullmatch(bare):
        year, _, month, day = match.groups()
        return Explanation("it is not of the form `YYYY-MM-DD`", _date(year, month, day))
    if match := _YEAR_LAST.fullmatch(bare):
        return _year_last(*match.groups())
    if match := _DAY_MONTH_YEAR.fullmatch(bare):
        return _in_words(match[3], match[2], match[1])
    if match := _MONTH_DAY_YEAR.fullmatch(bare):
        return _in_words(match[3], match[1], match[2])
    return Explanation()


def _impossible(year: str, month: str, day: str | None) -> str:
    if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months
        return f"there is no month {month}"
    if day is not None and PartialDate.parse(f"{year}-{month}-{day}") is None and int(year):
        return f"{calendar.month_name[int(month)]} {year} has no day {day}"
    return f"the year cannot be {year}"


def _date(year: str, month: str | int, day: str | int | None) -> str:
    """Write a date as a record does; nothing where the calendar has no such day."""
    text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return text if PartialDate.parse(text) else ""


def _year_last(first: str, second: str, year: str) -> Explanation:
    by_day, by_month = _date(year, second, first), _date(year, first, second)
    if by_day and by_month and by_day != by_month:
        return Explanation(f"it may be {_spoken(by_day)} or {_spoken(by_month)}")
    return Explanation("the year stands last", by_day or by_month)


def _spoken(date: str) -> str:
    year, month, day = date.split("-")
    return f"{int(day)} {calendar.month_name[int(month)]} {year}"


def _in_words(year: str, month: str, day: str | None) -> Explanation:
    number = _MONTHS.get(month.lower())
    if number is None:
        return Explanation()
    return Explanation("the month is a word", _date(year, number, day))
