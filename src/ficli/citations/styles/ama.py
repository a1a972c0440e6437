"""AMA, 11th edition: numbered in the order given, every part its own sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.citations.contract import CitationStyle
from ficli.citations.dates import month_first
from ficli.citations.markup import Reference, join, join_pieces, link, stopped
from ficli.dates import PartialDate

if TYPE_CHECKING:
    from ficli.citations.citation import Citation

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def reference(citation: Citation) -> Reference:
    """Write `1. Realm Labs. Title. AI Failure Index. June 5, 2026. Accessed November 22, 2026. https://…`."""
    accessed = month_first(PartialDate.of(citation.accessed)) if citation.accessed else ""
    return join_pieces(
        f"{citation.place}.",
        stopped(citation.author_list("")),
        stopped(citation.title),
        stopped(f"Version {citation.version}" if citation.version else ""),
        stopped(citation.container or citation.other_publisher),
        stopped(month_first(citation.issued)),
        stopped(f"Accessed {accessed}" if accessed else ""),
        link(citation.url),
    )


def in_text(citation: Citation) -> Reference:
    """Write `¹`."""
    return join(str(citation.place).translate(_SUPERSCRIPT))


STYLE = CitationStyle("AMA, 11th edition", reference, in_text, wants_access_date=True)
