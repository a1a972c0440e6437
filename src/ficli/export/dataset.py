"""The whole index as one value: what every format is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ficli.config import Config
    from ficli.incident.counts import Counts
    from ficli.incident.schema import Schema
    from ficli.incident.taxonomy import Taxonomy

FORMAT = 1
"""The version of the dataset's form, which `schema/index.schema.json` states."""

Entry: TypeAlias = dict[str, Any]
"""A record with what follows from it, as `definitions.record` of the schema has it."""


def key_of(entry: Entry) -> str:
    """Give what a record goes by where its data is spread over several tables: its ID, or the slug of a draft."""
    return str(entry["id"] or entry["slug"])


class Entries(Protocol):
    """The records, kept so that each can be read again and again without all being in memory."""

    def __len__(self) -> int:
        """How many there are."""

    def __iter__(self) -> Iterator[Entry]:
        """Yield each, by ID, drafts last."""

    def lines(self) -> Iterator[str]:
        """Yield each as one line of JSON, without the line feed."""


class Tombstone(NamedTuple):
    """What has become of a retired record, as `definitions.tombstone` of the schema has it; empty for null."""

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


PUBLIC = ("published", "merged", "removed")
"""The statuses that an export has by default: all but drafts."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the index is wanted.

    Attributes:
        only: the statuses.
        since: `YYYY-MM-DD`: nothing that was last changed earlier; empty for everything.
        fields: the fields of a record; none for all.
        with_steward_notes: whether the steward's commentary is wanted.

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
        """Tell whether a record of this status, last changed on this day, is wanted; a draft has no day."""
        return status in self.only and changed >= self.since


@dataclass(frozen=True, slots=True)
class Dataset:
    """The index.

    Attributes:
        config: its name, steward, licence and address.
        taxonomy: its vocabulary.
        selection: what of it is here.
        fields: the schema of each field of a record, in order.
        version: the newest day on which something changed, as `YYYY.MM.DD`; empty while there is none.
        counts: of the whole index, whatever is here.
        records: the records, by ID, drafts last.
        tombstones: the retired ones, by ID.

    """

    config: Config
    taxonomy: Taxonomy
    selection: Selection
    fields: Mapping[str, Schema]
    version: str
    counts: Counts
    records: Entries
    tombstones: Sequence[Tombstone]

    @property
    def updated(self) -> str:
        """The version as a day, `YYYY-MM-DD`; empty while there is none."""
        return self.version.replace(".", "-")
