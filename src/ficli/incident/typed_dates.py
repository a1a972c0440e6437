"""Dates as people type them: "May 2025", "8 May 2025", "2025-05", each at the precision it has.

What can be read in two ways, such as `05/08/2025`, has two readings, and nobody guesses which one was meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ficli.dates import PartialDate
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_YEAR: Final = r"(?P<year>[0-9]{4})"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_NAME: Final = r"(?P<month>[a-z]{3,9})\.?"
_ISO: Final = re.compile(rf"{_YEAR}(?:[-/.](?P<month>[0-9]{{1,2}})(?:[-/.](?P<day>[0-9]{{1,2}}))?)?")
_WITH_A_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ][0-9]{2}:[0-9:.]+(?:z|[+-][0-9:]+)?")
_NUMBERS: Final = re.compile(r"(?P<first>[0-9]{1,2})[-/. ](?P<second>[0-9]{1,2})[-/. ](?P<year>[0-9]{4})")
_MONTH_AND_YEAR: Final = re.compile(rf"(?P<month>[0-9]{{1,2}})[-/.]{_YEAR}")
_NAMED: Final = (
    re.compile(rf"{_NAME}[\s,-]*{_YEAR}"),
    re.compile(rf"{_DAY}[\s-]*(?:of\s+)?{_NAME}[\s,-]*{_YEAR}"),
    re.compile(rf"{_NAME}[\s-]*{_DAY}[\s,]+{_YEAR}"),
    re.compile(rf"{_YEAR}[\s,-]+{_NAME}(?:[\s-]+{_DAY})?"),
)

FORMS: Final = "`8 May 2025`, `May 2025`, `2025`, or `2025-05-08`"
"""What can be typed, for messages."""


def readings(text: str) -> Sequence[PartialDate]:
    """Read a date as it is typed.

    Returns:
        The one date it is; two where day and month may be either way round, the day first; none where it is no date.

    """
    text = " ".join(text.casefold().split())
    timed = _WITH_A_TIME.fullmatch(text)
    return list(dict.fromkeys(_read(timed[1] if timed else text)))


def why_not_past(day: PartialDate, today: date) -> str:
    """Say why a date cannot be that of something that has happened; nothing where it can."""
    if PartialDate.of(today).before(day):
        return f"{quoted(str(day))} is in the future"
    return ""


def _read(text: str) -> Iterator[PartialDate]:
    if match := _ISO.fullmatch(text) or _MONTH_AND_YEAR.fullmatch(text):
        parts = match.groupdict()
        yield from _day(match["year"], parts["month"], parts.get("day"))
    elif match := _NUMBERS.fullmatch(text):
        yield from _day(match["year"], match["second"], match["first"])
        yield from _day(match["year"], match["first"], match["second"])
    else:
        for form in _NAMED:
            if (match := form.fullmatch(text)) and (month := _month(match["month"])):
                yield from _day(match["year"], str(month), match.groupdict().get("day"))


def _month(name: str) -> int:
    """Give the number of a month that is named in full or by its beginning; 0 for any other word."""
    name = name if name != "sept" else "sep"
    return next((number for number, full in enumerate(_MONTHS, start=1) if full.startswith(name)), 0)


def _day(year: str, month: str | None, day: str | None) -> Iterator[PartialDate]:
    written = "-".join([year, *(f"{int(part):02}" for part in (month, day) if part is not None)])
    if (found := PartialDate.parse(written)) is not None:
        yield found
