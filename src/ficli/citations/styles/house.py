"""The house style: the string under "Cite this entry" on every page."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import THREE_LETTERS, month_first
from ficli.citations.markup import Reference, join, join_pieces, link, stopped
from ficli.citations.titles import singled_straight
from ficli.dates import PartialDate

_VERBS = {CitationKind.ENTRY: "indexed", CitationKind.SOURCE: "published"}


def reference(citation: Citation) -> Reference:
    """Write `AI Failure Index. "Title" (FI-0232). Realm Labs. https://… (indexed Jun 5, 2026).`."""
    if citation.kind is CitationKind.INDEX:
        version = f" (version {citation.version})" if citation.version else ""
        start = stopped(citation.title, version)
    else:
        number = f" ({citation.number})" if citation.number else ""
        start = join_pieces(stopped(citation.container), stopped(f'"{singled_straight(citation.title)}"', number))
    days = _days(citation)
    return join_pieces(start, stopped(citation.author), stopped(link(citation.url), f" ({days})" if days else ""))


def in_text(citation: Citation) -> Reference:
    """Write `(AI Failure Index, FI-0232)`."""
    if citation.kind is CitationKind.SOURCE:
        return join("(", join_pieces(citation.author, f'"{singled_straight(citation.title)}"', between=", "), ")")
    return join("(", join_pieces(citation.index, citation.number or citation.version, between=", "), ")")


def _days(citation: Citation) -> str:
    accessed = PartialDate.of(citation.accessed) if citation.accessed else None
    issued = citation.issued if citation.kind in _VERBS else None
    return "; ".join(
        f"{verb} {month_first(day, THREE_LETTERS)}"
        for verb, day in ((_VERBS.get(citation.kind, ""), issued), ("accessed", accessed))
        if day
    )


STYLE = CitationStyle("AI Failure Index", reference, in_text)
