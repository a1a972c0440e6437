"""The whole index as one value, from which every format is written, and a record as the dataset has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from ficli.citations.catalogue import data_format, style
from ficli.citations.citation import cite_record
from ficli.citations.markup import to_text
from ficli.export.fields import fit, shaped
from ficli.incident.derived import Confidence, changed_date, is_anonymized, page_url, what, wing

if TYPE_CHECKING:
    from ficli.config import Config
    from ficli.incident.counts import Counts
    from ficli.incident.record import Record
    from ficli.incident.schema import Schema
    from ficli.incident.taxonomy import Taxonomy

STYLES = ("house", "apa", "mla", "chicago")
"""The styles in which each record is cited; none of them has the day on which a page was read."""
DATA_FORMATS = ("bibtex",)
"""The data formats in which each record is cited besides."""

FORMAT = 1
"""The version of the dataset's form, as in `schema/index.schema.json`."""

ExportedRecord: TypeAlias = dict[str, Any]
"""A record with its derived values, as `definitions.record` of the schema has it."""

PUBLIC = ("published", "merged", "removed")
"""The statuses of a default export: all but drafts."""


class ExportedRecords(Protocol):
    """The records, stored so that each can be read several times without all being in memory."""

    def __len__(self) -> int:
        """How many there are."""

    def __iter__(self) -> Iterator[ExportedRecord]:
        """Yield each, by ID, drafts last."""

    def lines(self) -> Iterator[str]:
        """Yield each as one line of JSON, without the line feed."""


class Tombstone(NamedTuple):
    """The target of a retired record, as `definitions.tombstone` of the schema has it; empty for null."""

    id: str
    slug: str
    status: str
    url: str
    title: str
    reason: str
    retired_date: str
    merged_into: str = ""
    redirect_to: str = ""
    redirect_url: str = ""


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """The part of the index that is wanted.

    Attributes:
        only: the statuses.
        since: `YYYY-MM-DD`: leave out what was last changed earlier; empty for everything.
        fields: the fields of a record; empty for all.
        with_steward_notes: whether to include the steward's commentary.

    """

    only: tuple[str, ...] = PUBLIC
    since: str = ""
    fields: tuple[str, ...] = ()
    with_steward_notes: bool = False

    @property
    def has_tombstones(self) -> bool:
        """Whether tombstones of any status are wanted."""
        return "merged" in self.only or "removed" in self.only

    def wants(self, status: str, changed: str) -> bool:
        """Return whether a record of this status, last changed on this day, is wanted; a draft has no day."""
        return status in self.only and changed >= self.since


@dataclass(frozen=True, slots=True)
class Dataset:
    """The index.

    Attributes:
        config: its name, steward, licence and address.
        taxonomy: its vocabulary.
        selection: the part that is here.
        fields: the schema of each field of a record, in order.
        version: the newest day on which something changed, as `YYYY.MM.DD`; empty if there is none.
        counts: of the whole index, whatever part is here.
        records: the records, by ID, drafts last.
        tombstones: the retired ones, by ID.

    """

    config: Config
    taxonomy: Taxonomy
    selection: ExportSelection
    fields: Mapping[str, Schema]
    version: str
    counts: Counts
    records: ExportedRecords
    tombstones: Sequence[Tombstone]

    @property
    def updated(self) -> str:
        """The version as a day, `YYYY-MM-DD`; empty if there is none."""
        return self.version.replace(".", "-")


def exported_record(
    record: Record, known: Confidence, fields: Mapping[str, Schema], *, config: Config, taxonomy: Taxonomy
) -> ExportedRecord:
    """Return the dataset's entry of a valid record.

    Args:
        record: a published record or a draft that matches the schema.
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
    """Read a valid tombstone; its final target is computed when all are known."""
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


def export_key(entry: ExportedRecord) -> str:
    """Return the key of a record where its data is spread over several tables: its ID, or the slug of a draft."""
    return str(entry["id"] or entry["slug"])
