"""MLA, 9th edition: title case and quotation marks; an author who is the publisher is named once, as publisher."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import ABBREVIATED, day_first
from ficli.citations.markup import Reference, italic, join, join_pieces, link, stopped
from ficli.citations.titles import in_quotes, title_case, title_of
from ficli.dates import PartialDate


def reference(citation: Citation) -> Reference:
    """Write `“Title.” *AI Failure Index*, FI-0232, Realm Labs, 5 June 2026, https://….`."""
    is_publisher = citation.publisher in citation.authors
    where = join_pieces(
        italic(citation.container),
        citation.number or (f"Version {citation.version}" if citation.version else ""),
        citation.publisher if is_publisher or not citation.container else "",
        _date(citation),
        link(citation.url),
        between=", ",
    )
    return join_pieces(
        "" if is_publisher else stopped(citation.author), _title(citation), stopped(where), _accessed(citation)
    )


def in_text(citation: Citation) -> Reference:
    """Write `(“Klarna”)`: as few first words of the title as make it unique."""
    if citation.kind is CitationKind.INDEX:
        return join("(", italic(citation.title), ")")
    short = citation.short_title if citation.keep_case else title_case(citation.short_title)
    return join(f"({in_quotes(short, '')})")


def _title(citation: Citation) -> Reference:
    if citation.kind is CitationKind.INDEX:
        return stopped(italic(citation.title))
    return join(in_quotes(title_of(citation)))


def _date(citation: Citation) -> str:
    return citation.year if citation.kind is CitationKind.INDEX else day_first(citation.issued, ABBREVIATED)


def _accessed(citation: Citation) -> Reference:
    day = day_first(PartialDate.of(citation.accessed), ABBREVIATED) if citation.accessed else ""
    return stopped(f"Accessed {day}" if day else "")


STYLE = CitationStyle("MLA, 9th edition", reference, in_text)
