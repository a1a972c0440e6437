"""RIS, for Zotero, Mendeley and EndNote: one value a line, CRLF, two blanks before the hyphen and one after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import DataFormat
from ficli.dates import PartialDate


def write(citations: Sequence[Citation]) -> str:
    """Write records with all authors as they are."""
    return "".join(line for citation in citations for line in _record(citation))


def write_for_endnote(citations: Sequence[Citation]) -> str:
    """Write records with a comma after each author; without it EndNote splits the name of an organization."""
    return "".join(line for citation in citations for line in _record(citation, after_author=","))


def _record(citation: Citation, *, after_author: str = "") -> Iterator[str]:
    tags = [
        ("TY", "DATA" if citation.kind is CitationKind.INDEX else "ELEC"),
        ("ID", citation.key),
        *(("AU", name + after_author) for name in citation.authors),
        ("TI", citation.title),
        ("T2", citation.container),
        ("PB", citation.publisher),
        ("PY", f"{citation.issued.parts[0]:04}" if citation.issued else ""),
        ("DA", _date(citation.issued)),
        ("ET", citation.version),
        ("AN", citation.number),
        ("DB", citation.index if citation.kind is CitationKind.ENTRY else ""),
        ("LA", citation.language),
        ("UR", citation.url),
        ("Y2", _date(PartialDate.of(citation.accessed)) if citation.accessed else ""),
        ("N1", citation.remarks),
    ]
    for tag, value in tags:
        if value:
            yield f"{tag}  - {value}\r\n"
    yield "ER  - \r\n"


def _date(day: PartialDate | None) -> str:
    """Write `2026/06/05`, `2026/06` or `2026`."""
    return str(day).replace("-", "/") if day else ""


FORMAT = DataFormat("RIS", write, {"endnote": write_for_endnote})
