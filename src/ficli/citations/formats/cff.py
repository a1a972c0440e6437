"""CFF 1.2.0, the `CITATION.cff` of a repository: the index, with an entry as the preferred citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ficli.citations.citation import Citation, CitationKind, licence_url
from ficli.citations.contract import DataFormat
from ficli.yaml.emit import double_quoted


def write(citations: Sequence[Citation]) -> str:
    """Write a file about the index: one citation is preferred, several are references, the index is itself."""
    references = [citation for citation in citations if citation.kind is not CitationKind.INDEX]
    index = next((citation for citation in citations if citation.kind is CitationKind.INDEX), None)
    return "".join(f"{line}\n" for line in (*_head(index or citations[0]), *_cited(references)))


def _head(citation: Citation) -> Iterator[str]:
    is_index = citation.kind is CitationKind.INDEX
    yield "cff-version: 1.2.0"
    yield f"message: {double_quoted('If you use this data, cite it as below.')}"
    yield f"title: {double_quoted(citation.index)}"
    yield "type: dataset"
    yield "authors:"
    yield f"  - name: {double_quoted(citation.steward)}"
    if is_index and citation.version:
        yield f"version: {double_quoted(citation.version)}"
        yield f"date-released: {double_quoted(str(citation.issued))}"
    yield f"url: {double_quoted(citation.index_url)}"
    if licence_url(citation.licence):
        yield f"license: {citation.licence}"


def _cited(references: Sequence[Citation]) -> Iterator[str]:
    if len(references) == 1:
        yield "preferred-citation:"
        yield from (f"  {line}" for line in _reference(references[0]))
    elif references:
        yield "references:"
        for citation in references:
            first, *others = _reference(citation)
            yield f"  - {first}"
            yield from (f"    {line}" for line in others)


def _reference(citation: Citation) -> Iterator[str]:
    is_entry = citation.kind is CitationKind.ENTRY
    yield f"type: {'database' if is_entry else 'website'}"
    yield f"title: {double_quoted(citation.title)}"
    yield "authors:"
    for name in citation.authors or (citation.publisher,):
        yield f"  - name: {double_quoted(name)}"
    fields = {
        "database": citation.container if is_entry else "",
        "number": citation.number,
        "date-published": str(citation.issued) if citation.issued and citation.issued.has_day else "",
        "year": str(citation.issued.parts[0]) if citation.issued and not citation.issued.has_day else "",
        "date-accessed": citation.accessed.isoformat() if citation.accessed else "",
        "url": citation.url,
        "notes": citation.note,
    }
    for name, value in fields.items():
        if value:
            yield f"{name}: {value if name == 'year' else double_quoted(value)}"


FORMAT = DataFormat("CFF", write)
