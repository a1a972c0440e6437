"""The house style: the string that stands under "Cite this entry" on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.citations.citation import Kind
from ficli.citations.dates import THREE_LETTERS, month_first
from ficli.citations.markup import join, link, listed, stopped
from ficli.citations.style import Style
from ficli.citations.titles import singled_straight
from ficli.dates import PartialDate

if TYPE_CHECKING:
    from ficli.citations.citation import Citation
    from ficli.citations.markup import Reference

_VERBS = {Kind.ENTRY: "indexed", Kind.SOURCE: "published"}


def reference(citation: Citation) -> Reference:
    """Write `AI Failure Index. "Title" (FI-0232). Realm Labs. https://… (indexed Jun 5, 2026).`."""
    if citation.kind is Kind.INDEX:
        version = f" (version {citation.version})" if citation.version else ""
        start = stopped(citation.title, version)
    else:
        number = f" ({citation.number})" if citation.number else ""
        start = listed(stopped(citation.container), stopped(f'"{singled_straight(citation.title)}"', number))
    days = _days(citation)
    return listed(start, stopped(citation.author), stopped(link(citation.url), f" ({days})" if days else ""))


def in_text(citation: Citation) -> Reference:
    """Write `(AI Failure Index, FI-0232)`."""
    if citation.kind is Kind.SOURCE:
        return join("(", listed(citation.author, f'"{singled_straight(citation.title)}"', between=", "), ")")
    return join("(", listed(citation.index, citation.number or citation.version, between=", "), ")")


def _days(citation: Citation) -> str:
    accessed = PartialDate.of(citation.accessed) if citation.accessed else None
    issued = citation.issued if citation.kind in _VERBS else None
    return "; ".join(
        f"{verb} {month_first(day, THREE_LETTERS)}"
        for verb, day in ((_VERBS.get(citation.kind, ""), issued), ("accessed", accessed))
        if day
    )


STYLE = Style("AI Failure Index", reference, in_text)
