"""Vancouver, as the NLM defines it: the index first, with the entry as a part of it."""

from __future__ import annotations

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import CitationStyle
from ficli.citations.dates import year_first
from ficli.citations.markup import Reference, join, join_pieces, link, stopped
from ficli.dates import PartialDate


def reference(citation: Citation) -> Reference:
    """Write `1. Realm Labs. Index [Internet]. Realm Labs; 2026 [cited 2026 Nov 22]. Title. Available from: U`."""
    is_part = citation.kind is CitationKind.ENTRY
    return join_pieces(
        f"{citation.place}.",
        stopped(citation.author_list("")),
        stopped(citation.container if is_part else citation.title, " [Internet]"),
        stopped(f"Version {citation.version}" if citation.version else ""),
        stopped(_imprint(citation)),
        stopped(citation.title if is_part else ""),
        join("Available from: ", link(citation.url)),
    )


def in_text(citation: Citation) -> Reference:
    """Write `(1)`."""
    return join(f"({citation.place})")


def _imprint(citation: Citation) -> Reference:
    """Write publisher, date and day of access: `Realm Labs; 2026 [cited 2026 Nov 22]`."""
    date = year_first(citation.issued) if citation.kind is CitationKind.SOURCE else citation.year
    cited = f"[cited {year_first(PartialDate.of(citation.accessed))}]" if citation.accessed else ""
    return join_pieces(join(citation.publisher, ";") if date else citation.publisher, join_pieces(date, cited))


STYLE = CitationStyle("Vancouver, NLM", reference, in_text, wants_access_date=True)
