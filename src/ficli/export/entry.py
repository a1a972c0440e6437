"""A record as the dataset has it: its own fields, and beside them what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ficli.citations.catalogue import data_format, style
from ficli.citations.citation import cite_record
from ficli.citations.markup import to_text
from ficli.export.dataset import Tombstone
from ficli.export.fields import fit, shaped
from ficli.incident.derived import changed_date, is_anonymized, page_url, what, wing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ficli.config import Config
    from ficli.export.dataset import Entry
    from ficli.incident.derived import Confidence
    from ficli.incident.record import Record
    from ficli.incident.schema import Schema
    from ficli.incident.taxonomy import Taxonomy

STYLES = ("house", "apa", "mla", "chicago")
"""The styles in which each record is cited; none of them names the day on which a page was read."""
DATA_FORMATS = ("bibtex",)
"""The data formats in which each record is cited beside them."""


def entry_of(
    record: Record, known: Confidence, fields: Mapping[str, Schema], *, config: Config, taxonomy: Taxonomy
) -> Entry:
    """Give a sound record the fields of the dataset.

    Args:
        record: a published record or a draft that has the right shape.
        known: its confidence.
        fields: the fields wanted.
        config: the registry's settings.
        taxonomy: the registry's vocabulary.

    """
    data: dict[str, Any] = {
        "date_basis": "occurred",
        **record.data,
        "url": page_url(record, config) if record.id else None,
        "what": what(record),
        "anonymized": is_anonymized(record),
        "organizations": [{"anonymized": False, **item} for _, item in record.mappings("organizations")],
        "updated_date": changed_date(record) or None,
        "wing": wing(record, taxonomy),
        "confidence": known.level,
        "confidence_reason": known.why,
        "source_count": len(record.sources),
        "sources": [{**source, "number": place + 1} for place, source in record.sources],
        "citations": _citations(record, config) if record.id and "citations" in fields else None,
    }
    return {name: shaped(data.get(name), field) for name, field in fields.items()}


def _citations(record: Record, config: Config) -> dict[str, str]:
    citation = cite_record(record, config)
    texts = {name: to_text(style(name).reference(citation)) for name in STYLES}
    return texts | {name: data_format(name).write([citation]).rstrip() for name in DATA_FORMATS}


def tombstone_of(record: Record, config: Config) -> Tombstone:
    """Read a sound tombstone; where it leads to is worked out when all are known."""
    return Tombstone(
        id=record.id,
        slug=record.slug,
        status=record.status,
        url=page_url(record, config),
        title=fit(record.title),
        reason=fit(record.text("reason")),
        retired_date=record.text("retired_date"),
        merged_into=record.text("merged_into"),
    )
