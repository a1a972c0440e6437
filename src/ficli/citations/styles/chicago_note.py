"""Chicago, 18th edition, notes and bibliography: the full note."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import month_first
from ficli.citations.markup import Reference, italic, join, join_pieces, link, stopped
from ficli.citations.styles.chicago import accessed, in_text
from ficli.citations.titles import in_quotes, title_of


def reference(citation: Citation) -> Reference:
    """Write `Realm Labs, “Title,” FI-0232, AI Failure Index, June 5, 2026, https://….`."""
    index = citation.kind is CitationKind.INDEX
    title = join(italic(citation.title), ",") if index else join(in_quotes(title_of(citation), ","))
    rest = join_pieces(
        f"version {citation.version}" if citation.version else citation.number,
        citation.container or citation.other_publisher,
        citation.year if index else month_first(citation.issued),
        accessed(citation, "accessed"),
        link(citation.url),
        between=", ",
    )
    return stopped(join_pieces(join(citation.author, ",") if citation.author else "", title, rest))


STYLE = CitationStyle("Chicago, 18th edition, note", reference, in_text)
