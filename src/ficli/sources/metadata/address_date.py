"""The date in the address of a page: `/2025/05/08/`, `/20250508-…`, `/2025/may/08/`, or a month alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ficli.dates import months_named
from ficli.sources.metadata.dates import read_date
from ficli.sources.metadata.evidence import Origin, Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_YEAR = r"(?P<year>(?:19[89]|20[0-4])\d)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_WHOLE = (
    re.compile(rf"(?:^|[/_.-]){_YEAR}(?P<mark>[/_.-]){_MONTH}(?P=mark){_DAY}(?=[/_.-]|\Z)"),
    re.compile(rf"(?:^|[/_.-]){_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[/_.-]|\Z|T\d)"),
    re.compile(rf"(?:^|/){_YEAR}/[A-Za-z_-]+/{_MONTH}/{_DAY}(?=/)"),
    re.compile(rf"(?:^|/){_YEAR}/?-?(?P<month>0[1-9]|1[0-2])[/-](?P<day>0[1-9]|[12]\d|3[01])(?=[/_-]|\Z)"),
)
_NAMED = re.compile(rf"(?:^|/){_YEAR}/(?P<name>[a-z]{{3,9}})/{_DAY}(?=/|\Z)", re.IGNORECASE)
_NAMED_BACKWARDS = re.compile(
    rf"(?:^|[/-]){_DAY}[/-](?P<name>[a-z]{{3,9}})[/-]{_YEAR}(?=[/-]|\Z)",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"(?:^|/){_YEAR}(?P<mark>[/-])(?P<month>0[1-9]|1[0-2])(?=/)")


def address_date(url: str, *, today: date) -> Value | None:
    """Find the date in the path of an address: a day, or else a month; None where there is neither."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for written in _candidates(path):
        if (day := read_date(written[0], today=today).date) is not None:
            return Value(str(day), Origin.ADDRESS, "", written[1])
    return None


def _candidates(path: str) -> Iterator[tuple[str, str]]:
    """Yield what may be a date, in ISO form and as the path has it; days before months."""
    for pattern in _WHOLE:
        for match in pattern.finditer(path):
            yield f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}", match[0].strip("/_.-")
    for pattern in (_NAMED, _NAMED_BACKWARDS):
        if (named := pattern.search(path)) and len(months := months_named(named["name"])) == 1:
            yield f"{named['year']}-{months[0]:02}-{int(named['day']):02}", named[0].strip("/-")
    if alone := _MONTH_ONLY.search(path):
        yield f"{alone['year']}-{alone['month']}", alone[0].strip("/")
