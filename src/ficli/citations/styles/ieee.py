"""IEEE: numbered in the order given, with the day of access."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import ABBREVIATED, month_first
from ficli.citations.markup import Reference, italic, join, join_pieces, link, stopped
from ficli.citations.titles import in_quotes
from ficli.dates import PartialDate


def reference(citation: Citation) -> Reference:
    """Write `[1] Realm Labs, “Title,” AI Failure Index. Accessed: Nov. 22, 2026. [Online]. Available: https://…`."""
    return join_pieces(
        in_text(citation),
        join(citation.author, ",") if citation.author else "",
        *_work(citation),
        stopped(_accessed(citation)),
        "[Online].",
        join("Available: ", link(citation.url)),
    )


def in_text(citation: Citation) -> Reference:
    """Write `[1]`."""
    return join(f"[{citation.place}]")


def _work(citation: Citation) -> tuple[Reference, ...]:
    if citation.kind is CitationKind.INDEX:
        version = f" (version {citation.version})" if citation.version else ""
        return (stopped(italic(citation.title), version, f", {citation.year}" if citation.year else ""),)
    place = citation.container or citation.other_publisher
    return join(in_quotes(citation.title, "," if place else ".")), stopped(place)


def _accessed(citation: Citation) -> str:
    day = PartialDate.of(citation.accessed) if citation.accessed else None
    return f"Accessed: {month_first(day, ABBREVIATED)}" if day else ""


STYLE = CitationStyle("IEEE", reference, in_text, wants_access_date=True)
