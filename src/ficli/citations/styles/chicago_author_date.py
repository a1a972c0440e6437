"""Chicago, 18th edition, author-date: the year behind the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.citations.citation import Kind
from ficli.citations.dates import without_year
from ficli.citations.markup import join, link, listed, stopped
from ficli.citations.style import Style
from ficli.citations.styles.chicago import accessed, title

if TYPE_CHECKING:
    from ficli.citations.citation import Citation
    from ficli.citations.markup import Reference

NO_DATE = "n.d."


def reference(citation: Citation) -> Reference:
    """Write `Realm Labs. 2026. “Title.” FI-0232. AI Failure Index, June 5. https://….`."""
    day = "" if citation.kind is Kind.INDEX else without_year(citation.issued)
    return listed(
        stopped(citation.author),
        stopped(citation.year or NO_DATE),
        *title(citation),
        stopped(listed(citation.container or citation.other_publisher, day, between=", ")),
        stopped(accessed(citation)),
        stopped(link(citation.url)),
    )


def in_text(citation: Citation) -> Reference:
    """Write `(Realm Labs 2026)`."""
    return join(f"({citation.short_author} {citation.year or NO_DATE})")


STYLE = Style("Chicago, 18th edition, author-date", reference, in_text, tells_years_apart=True)
