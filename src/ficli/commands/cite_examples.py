"""The styles and data formats of citations, each style with an example: the entry whose page has the house string."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ficli.citations.catalogue import DATA_FORMATS, STYLES, data_format, style
from ficli.citations.citation import cite_record
from ficli.citations.writing import write_in_style
from ficli.config import Config
from ficli.incident.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_EXAMPLE = {
    "id": "FI-0232",
    "slug": "klarna-reintroduces-human-agents-customer-service",
    "status": "published",
    "title": "Klarna reintroduces human agents after AI customer service quality declines",
    "indexed_date": "2026-06-05",
}


class Example(NamedTuple):
    """A style or a data format; a data format has no example."""

    name: str
    title: str
    reference: str
    in_text: str


def examples(today: date) -> Iterator[Example]:
    """Give every style as it reads on a day, then the data formats."""
    citation = cite_record(Record(_EXAMPLE), Config(root=Path()))
    for name in STYLES:
        known = style(name)
        cited = [replace(citation, accessed=today if known.wants_access_date else None)]
        reference, in_text = (write_in_style(cited, known, "text", in_text=flag).rstrip() for flag in (False, True))
        yield Example(name, known.title, reference, in_text)
    for name in DATA_FORMATS:
        yield Example(name, data_format(name).title, "", "")
