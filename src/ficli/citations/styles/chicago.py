"""Chicago, 18th edition, notes and bibliography: the entry of the bibliography."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import month_first
from ficli.citations.markup import Reference, italic, join, join_pieces, link, stopped
from ficli.citations.titles import in_quotes, short_of, title_of
from ficli.dates import PartialDate


def reference(citation: Citation) -> Reference:
    """Write `Realm Labs. “Title.” FI-0232. AI Failure Index, June 5, 2026. https://….`."""
    place = citation.container or citation.other_publisher
    return join_pieces(
        stopped(citation.author),
        *title(citation),
        stopped(join_pieces(place, _date(citation), between=", ")),
        stopped(accessed(citation)),
        stopped(link(citation.url)),
    )


def in_text(citation: Citation) -> Reference:
    """Write the short form of a note: `Realm Labs, “Klarna Reintroduces Human Agents.”`."""
    if citation.kind is CitationKind.INDEX:
        return stopped(join_pieces(citation.short_author, italic(citation.title), between=", "))
    return join_pieces(citation.short_author if citation.authors else "", in_quotes(short_of(citation)), between=", ")


def title(citation: Citation) -> tuple[Reference, Reference]:
    """Write the title, and the number or version that follows it."""
    if citation.kind is CitationKind.INDEX:
        return stopped(italic(citation.title)), stopped(f"Version {citation.version}" if citation.version else "")
    return join(in_quotes(title_of(citation))), stopped(citation.number)


def accessed(citation: Citation, verb: str = "Accessed") -> str:
    """Write `Accessed November 22, 2026`; empty if the day is not known."""
    return f"{verb} {month_first(PartialDate.of(citation.accessed))}" if citation.accessed else ""


def _date(citation: Citation) -> str:
    return citation.year if citation.kind is CitationKind.INDEX else month_first(citation.issued)


STYLE = CitationStyle("Chicago, 18th edition, bibliography", reference, in_text)
