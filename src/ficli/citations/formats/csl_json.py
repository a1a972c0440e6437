"""CSL-JSON, which every CSL processor and most reference managers read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ficli.citations.citation import Citation, CitationKind
from ficli.citations.contract import DataFormat


def write(citations: Sequence[Citation]) -> str:
    """Write an array with an item for each citation."""
    return json.dumps([item(citation) for citation in citations], ensure_ascii=False, indent=2) + "\n"


def item(citation: Citation) -> dict[str, Any]:
    """Return a citation as an item; what is empty is left out."""
    accessed = citation.accessed
    fields: dict[str, Any] = {
        "id": citation.key,
        "type": "dataset" if citation.kind is CitationKind.INDEX else "webpage",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors],
        "container-title": citation.container,
        "publisher": citation.other_publisher,
        "number": citation.number,
        "version": citation.version,
        "issued": {"date-parts": [list(citation.issued.parts)]} if citation.issued else None,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]} if accessed else None,
        "URL": citation.url,
        "language": citation.language,
        "note": citation.note,
    }
    return {name: value for name, value in fields.items() if value}


FORMAT = DataFormat("CSL-JSON", write)
