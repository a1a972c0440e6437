"""JSON-LD with the vocabulary of schema.org, to be put in a page or loaded as a graph."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ficli.citations.citation import Citation, CitationKind, licence_url
from ficli.citations.contract import DataFormat

_CONTEXT = "https://schema.org"


def write(citations: Sequence[Citation]) -> str:
    """Write one node, or a graph of several; `<` is escaped, so that the text is safe inside a `<script>`."""
    nodes = [node(citation) for citation in citations]
    document = {"@context": _CONTEXT, **nodes[0]} if len(nodes) == 1 else {"@context": _CONTEXT, "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=2).replace("<", "\\u003c") + "\n"


def node(citation: Citation) -> dict[str, Any]:
    """Return a citation as a node; what is empty is left out."""
    is_index, is_entry = citation.kind is CitationKind.INDEX, citation.kind is CitationKind.ENTRY
    who = "Person" if citation.kind is CitationKind.SOURCE and citation.container else "Organization"
    fields: dict[str, Any] = {
        "@type": "Dataset" if is_index else "WebPage",
        "@id": citation.url,
        "url": citation.url,
        "name": citation.title,
        "identifier": _identifier(citation) if is_entry else None,
        "author": [{"@type": who, "name": name} for name in citation.authors],
        "publisher": {"@type": "Organization", "name": citation.publisher} if citation.publisher else None,
        "datePublished": str(citation.issued or ""),
        "version": citation.version,
        "inLanguage": citation.language,
        "license": licence_url(citation.licence) or citation.licence,
        "isPartOf": {"@type": "Dataset", "name": citation.index, "url": citation.index_url} if is_entry else None,
        "creativeWorkStatus": citation.mark,
    }
    return {name: value for name, value in fields.items() if value}


def _identifier(citation: Citation) -> dict[str, str]:
    return {"@type": "PropertyValue", "propertyID": citation.index, "value": citation.number}


FORMAT = DataFormat("JSON-LD, schema.org", write)
