"""BibTeX: `@misc`, since classic styles have no type for a web page; for LaTeX with `plain` and similar styles."""

from __future__ import annotations

from collections.abc import Callable

from ficli.citations.citation import Citation, CitationKind, sentences
from ficli.citations.formats.tex import ascii_address, bibliography_entry, braced, latex_format, names, protected

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _entry(citation: Citation, escape: Callable[[str], str]) -> str:
    is_index = citation.kind is CitationKind.INDEX
    parts = citation.issued.parts if citation.issued else ()
    version = f"Version {citation.version}" if citation.version else ""
    accessed = f"Accessed {citation.accessed}" if citation.accessed else ""
    fields = {
        "author": names(citation, escape),
        "title": protected(escape(citation.title)),
        "howpublished": braced(escape("Data set" if is_index else citation.container or citation.other_publisher)),
        "year": braced(f"{parts[0]:04}") if parts else "",
        "month": _MONTHS[parts[1] - 1] if len(parts) > 1 else "",
        "note": braced(escape(sentences(version, citation.note, accessed))),
        "url": braced(ascii_address(citation)),
    }
    return bibliography_entry("misc", citation.key, fields)


FORMAT = latex_format("BibTeX", _entry)
