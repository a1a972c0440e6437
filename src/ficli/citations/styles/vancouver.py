"""Vancouver, as the NLM has it: the index first, as a part of which the entry is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.citations.citation import Kind
from ficli.citations.dates import year_first
from ficli.citations.markup import join, link, listed, stopped
from ficli.citations.style import Style
from ficli.dates import PartialDate

if TYPE_CHECKING:
    from ficli.citations.citation import Citation
    from ficli.citations.markup import Reference


def reference(citation: Citation) -> Reference:
    """Write `1. Realm Labs. Index [Internet]. Realm Labs; 2026 [cited 2026 Nov 22]. Title. Available from: U`."""
    is_part = citation.kind is Kind.ENTRY
    return listed(
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
    date = year_first(citation.issued) if citation.kind is Kind.SOURCE else citation.year
    cited = f"[cited {year_first(PartialDate.of(citation.accessed))}]" if citation.accessed else ""
    return listed(join(citation.publisher, ";") if date else citation.publisher, listed(date, cited))


STYLE = Style("Vancouver, NLM", reference, in_text, wants_access_date=True)
