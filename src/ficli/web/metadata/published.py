"""The publication date of a page: from metadata, its address, visible text, and a guess that is never written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from ficli.dates import PartialDate, months_named
from ficli.web.metadata.dates import FIRST, read_date
from ficli.web.metadata.evidence import Origin, RejectedValue, Value
from ficli.web.metadata.metas import DATES, properties
from ficli.web.metadata.structured import Structured, Thing, text_in
from ficli.web.metadata.visible import VisibleDate, seen_dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from ficli.web.metadata.page import HtmlPage


def guessed_date(page: HtmlPage, *, today: date) -> Value | None:
    """Return htmldate's guess; None if it has none, or breaks on the page."""
    import copy
    import logging

    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(copy.deepcopy(page.root), original_date=True, max_date=today.isoformat())
    except Exception:  # noqa: BLE001 - a guess is worth no failure, and the library meets pages of every sort
        return None
    day = PartialDate.parse(found) if isinstance(found, str) else None
    return Value(str(day), Origin.GUESS, "htmldate", found or "") if day is not None else None


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
    """Return the date in the path of an address: a day, or else a month; None if there is neither."""
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


_PRINTED_FIRST = FIRST.replace(year=1900)
"""Papers and laws are older than their pages."""


_EDITED_LATER = timedelta(days=2)


class PublicationDate(NamedTuple):
    """The date of publication.

    Attributes:
        written: a date that may be used in a record as it is.
        proposed: a date that a person has to check first.
        refused: values of the page that a record must not have.

    """

    written: Value | None
    proposed: Value | None
    refused: list[RejectedValue]


def publication_date(
    page: HtmlPage,
    data: Structured,
    article: Thing | None,
    headline: HtmlElement | None,
    *,
    language: str,
    today: date,
) -> PublicationDate:
    """Return when a page was published.

    Args:
        page: the page.
        data: its JSON-LD.
        article: its main thing.
        headline: the element that holds the headline.
        language: of the page.
        today: nothing is published later.

    """
    refused: list[RejectedValue] = []
    months: list[Value] = []
    in_address = address_date(page.url, today=today) if page.url else None
    for value in _stated(page, data, article):
        first = _PRINTED_FIRST if value.origin in (Origin.CITATION, Origin.DUBLIN_CORE) else FIRST
        reading = read_date(value.raw, language=language, today=today, first=first)
        if reading.date is None:
            refused.append(RejectedValue("published", value.raw, value.evidence, reading.reason))
            continue
        found = Value(str(reading.date), value.origin, value.place, value.raw)
        if reading.date.has_day:
            return PublicationDate(_unless_earlier_in_address(found, in_address), None, refused)
        months.append(found)
    if in_address is not None:
        if _has_day(in_address):
            return PublicationDate(in_address, None, refused)
        months.append(in_address)
    seen = seen_dates(page, headline, language=language, today=today)
    written = _of_month(months, seen) if months else next((_shown(item) for item in seen if item.sure), None)
    if written is not None:
        return PublicationDate(written, None, refused)
    proposed = months[0] if months else _shown(seen[0]) if seen else guessed_date(page, today=today)
    return PublicationDate(None, proposed, refused)


def _of_month(months: Sequence[Value], seen: Sequence[VisibleDate]) -> Value | None:
    """Return a visible day in a known month, or else a month that metadata states.

    A month that only the address has is not enough: the day is still to be found.
    """
    for month in months:
        known = PartialDate.parse(month.text)
        for item in seen:
            # A year alone is too little to pick a day by that no mark calls the date.
            sure = item.sure or (known is not None and len(known.parts) > 1)
            if known is not None and sure and item.day.parts[: len(known.parts)] == known.parts:
                return _shown(item)
    return months[0] if months[0].origin is not Origin.ADDRESS else None


def _has_day(value: Value) -> bool:
    day = PartialDate.parse(value.text)
    return day is not None and day.has_day


def _shown(seen: VisibleDate) -> Value:
    return Value(str(seen.day), Origin.VISIBLE, seen.place, seen.raw)


def _unless_earlier_in_address(found: Value, in_address: Value | None) -> Value:
    """Return the day in the address if metadata is later by days: it is that of an edit or of a new system."""
    if in_address is None or not _has_day(in_address) or found.origin is Origin.CITATION:
        return found
    later = date.fromisoformat(found.text) - date.fromisoformat(in_address.text)
    return in_address if later > _EDITED_LATER else found


def _stated(page: HtmlPage, data: Structured, article: Thing | None) -> Iterator[Value]:
    """Yield the dates of publication in metadata, in their order of precedence."""
    if article is not None:
        name, text = text_in(article.data, "datePublished", "dateCreated", "uploadDate")
        if text:
            yield Value("", Origin.JSON_LD, f"{article.kind}.{name}", text)
    if text := data.salvaged("datePublished"):
        yield Value("", Origin.JSON_LD, "datePublished", text)
    tables = list(DATES)
    for origin, names in tables[:3]:
        for name in names:
            if meta := page.meta(name):
                yield Value("", origin, meta.written, meta.content)
    for name in ("datePublished", "dateCreated", "uploadDate"):
        for found in list(properties(page, name))[:1]:
            yield Value("", Origin.MICRODATA, name, found.text)
    for origin, names in tables[3:]:
        for name in names:
            if meta := page.meta(name):
                yield Value("", origin, meta.written, meta.content)
