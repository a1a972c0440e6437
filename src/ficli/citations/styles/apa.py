"""APA, 7th edition: author and date first, the title in italics and in its own case."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import month_first, without_year
from ficli.citations.markup import Reference, italic, join, join_pieces, link, stopped
from ficli.dates import PartialDate

NO_DATE = "n.d."


def reference(citation: Citation) -> Reference:
    """Write `Realm Labs. (2026, June 5). *Title* (FI-0232). AI Failure Index. https://…`."""
    title = _title(citation)
    date = stopped(f"({_date(citation)})")
    start = (stopped(citation.author_list("&")), date, title) if citation.author else (title, date)
    return join_pieces(*start, stopped(citation.container), stopped(citation.other_publisher), _address(citation))


def in_text(citation: Citation) -> Reference:
    """Write `(Realm Labs, 2026)`."""
    return join(f"({citation.short_author}, {citation.year or NO_DATE})")


def _title(citation: Citation) -> Reference:
    number = f" ({citation.number})" if citation.number else ""
    version = f" (Version {citation.version})" if citation.version else ""
    medium = " [Data set]" if citation.kind is CitationKind.INDEX else ""
    return stopped(italic(citation.title), number, version, medium)


def _date(citation: Citation) -> str:
    day = without_year(citation.issued) if citation.kind is not CitationKind.INDEX else ""
    return f"{citation.year or NO_DATE}, {day}" if day else citation.year or NO_DATE


def _address(citation: Citation) -> Reference:
    if citation.accessed is None:
        return join(link(citation.url))
    return join(f"Retrieved {month_first(PartialDate.of(citation.accessed))}, from ", link(citation.url))


STYLE = CitationStyle("APA, 7th edition", reference, in_text, distinguishes_years=True)
