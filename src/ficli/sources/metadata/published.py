"""The date on which a page was published: by metadata, by its address, by what the reader sees, else by a guess."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ficli.dates import PartialDate
from ficli.sources.metadata.address_date import address_date
from ficli.sources.metadata.dates import FIRST, read_date
from ficli.sources.metadata.evidence import Origin, Refusal, Value
from ficli.sources.metadata.guess import guessed_date
from ficli.sources.metadata.metas import DATES
from ficli.sources.metadata.microdata import properties
from ficli.sources.metadata.structured import text_in
from ficli.sources.metadata.visible import seen_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from ficli.sources.metadata.page import HtmlPage
    from ficli.sources.metadata.structured import Structured, Thing
    from ficli.sources.metadata.visible import Seen

_PRINTED_FIRST = FIRST.replace(year=1900)
"""Papers and laws are older than their pages."""


_EDITED_LATER = timedelta(days=2)


class Published(NamedTuple):
    """When a page was published.

    Attributes:
        written: what may stand in a record unasked.
        proposed: what a person has to look at first.
        refused: what the page has and a record must not.

    """

    written: Value | None
    proposed: Value | None
    refused: list[Refusal]


def publication_date(
    page: HtmlPage,
    data: Structured,
    article: Thing | None,
    headline: HtmlElement | None,
    *,
    language: str,
    today: date,
) -> Published:
    """Find when a page was published.

    Args:
        page: the page.
        data: its JSON-LD.
        article: what the page is about in it.
        headline: the element that holds the headline.
        language: of the page.
        today: nothing is published later.

    """
    refused: list[Refusal] = []
    months: list[Value] = []
    in_address = address_date(page.url, today=today) if page.url else None
    for value in _stated(page, data, article):
        first = _PRINTED_FIRST if value.origin in (Origin.CITATION, Origin.DUBLIN_CORE) else FIRST
        reading = read_date(value.raw, language=language, today=today, first=first)
        if reading.date is None:
            refused.append(Refusal("published", value.raw, value.evidence, reading.reason))
            continue
        found = Value(str(reading.date), value.origin, value.place, value.raw)
        if reading.date.has_day:
            return Published(_unless_earlier_in_address(found, in_address), None, refused)
        months.append(found)
    if in_address is not None:
        if _has_day(in_address):
            return Published(in_address, None, refused)
        months.append(in_address)
    seen = seen_dates(page, headline, language=language, today=today)
    written = _of_month(months, seen) if months else next((_shown(item) for item in seen if item.sure), None)
    if written is not None:
        return Published(written, None, refused)
    proposed = months[0] if months else _shown(seen[0]) if seen else guessed_date(page, today=today)
    return Published(None, proposed, refused)


def _of_month(months: Sequence[Value], seen: Sequence[Seen]) -> Value | None:
    """Take the day that a reader sees in a month that is known, or else a month that metadata states.

    A month that only the address gives is not enough: the day is still to be found.
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


def _shown(seen: Seen) -> Value:
    return Value(str(seen.day), Origin.VISIBLE, seen.place, seen.raw)


def _unless_earlier_in_address(found: Value, in_address: Value | None) -> Value:
    """Prefer the day in the address where metadata is later by days: it is that of an edit or of a new system."""
    if in_address is None or not _has_day(in_address) or found.origin is Origin.CITATION:
        return found
    later = date.fromisoformat(found.text) - date.fromisoformat(in_address.text)
    return in_address if later > _EDITED_LATER else found


def _stated(page: HtmlPage, data: Structured, article: Thing | None) -> Iterator[Value]:
    """Yield what metadata calls the date of publication, in the order in which it counts."""
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
