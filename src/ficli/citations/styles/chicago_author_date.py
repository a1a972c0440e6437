"""Chicago, 18th edition, author-date: the year after the author."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import without_year
from ficli.citations.markup import Reference, join, join_pieces, link, stopped
from ficli.citations.styles.chicago import accessed, title

NO_DATE = "n.d."


def reference(citation: Citation) -> Reference:
    """Write `Realm Labs. 2026. “Title.” FI-0232. AI Failure Index, June 5. https://….`."""
    day = "" if citation.kind is CitationKind.INDEX else without_year(citation.issued)
    return join_pieces(
        stopped(citation.author),
        stopped(citation.year or NO_DATE),
        *title(citation),
        stopped(join_pieces(citation.container or citation.other_publisher, day, between=", ")),
        stopped(accessed(citation)),
        stopped(link(citation.url)),
    )


def in_text(citation: Citation) -> Reference:
    """Write `(Realm Labs 2026)`."""
    return join(f"({citation.short_author} {citation.year or NO_DATE})")


STYLE = CitationStyle("Chicago, 18th edition, author-date", reference, in_text, distinguishes_years=True)
