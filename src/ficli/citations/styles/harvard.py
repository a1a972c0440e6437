"""Harvard, as in Cite Them Right: year in brackets, both titles in italics, the day of access at the end."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import day_first
from ficli.citations.markup import Reference, italic, join, join_pieces, link, stopped
from ficli.dates import PartialDate

NO_DATE = "no date"


def reference(citation: Citation) -> Reference:
    """Write `Realm Labs (2026) *Title*, *AI Failure Index*. Available at: https://… (Accessed: 22 November 2026).`."""
    version = f" (Version {citation.version})" if citation.version else ""
    medium = " [Data set]" if citation.kind is CitationKind.INDEX else ""
    work = join_pieces(
        join(italic(citation.title), version, medium),
        italic(citation.container),
        citation.other_publisher if not citation.container else "",
        between=", ",
    )
    year = f"({citation.year or NO_DATE})"
    start = (
        join_pieces(citation.author, year, stopped(work)) if citation.author else join_pieces(stopped(work, " ", year))
    )
    return join_pieces(start, stopped("Available at: ", link(citation.url), _accessed(citation)))


def in_text(citation: Citation) -> Reference:
    """Write `(Realm Labs, 2026)`."""
    return join(f"({citation.short_author}, {citation.year or NO_DATE})")


def _accessed(citation: Citation) -> str:
    return f" (Accessed: {day_first(PartialDate.of(citation.accessed))})" if citation.accessed else ""


STYLE = CitationStyle("Harvard, Cite Them Right", reference, in_text, wants_access_date=True, distinguishes_years=True)
