"""Read a whole registry once into the dataset of an export, on disk if the records are many."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from ficli.commands.list.rows import record_order
from ficli.errors import FicliError, why_failed
from ficli.export.dataset import Dataset, ExportedRecord, ExportSelection, Tombstone, exported_record, tombstone_of
from ficli.export.fields import record_fields
from ficli.export.json_ import dumps
from ficli.incident.counts import CountedFacts, count_facts, year_of
from ficli.incident.derived import changed_date, confidence, page_url
from ficli.incident.schema import Schema, ShapeChecker, registry_schema
from ficli.registry.records import in_chunks, readable
from ficli.registry.scan import RecordFile, scan
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.open_registry import OpenRegistry


_IN_MEMORY = 32 * 1024 * 1024


class _Place(NamedTuple):
    order: Any
    start: int
    length: int


class Spool:
    """Records that are written once and read back sorted; a context manager that deletes its temporary file.

    Only the place of each record is in memory, and the lines if they are few.
    """

    def __init__(self, *, in_memory: int = _IN_MEMORY) -> None:
        self._file = tempfile.SpooledTemporaryFile(in_memory)  # noqa: SIM115 - closed with the spool
        self._end = 0
        self._places: list[_Place] = []
        self._sorted = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def add(self, line: bytes, order: Any) -> None:  # noqa: ANN401 - whatever can be compared
        """Store a record, to be returned at the place of its sort key.

        Raises:
            FicliError: the disk is full.

        """
        try:
            self._file.seek(self._end)
            self._file.write(line)
        except OSError as error:
            message = f"the records could not be put aside in `{tempfile.gettempdir()}`: {why_failed(error)}"
            raise FicliError(message, hint="TMPDIR names another folder for temporary files") from error
        # Only these offsets are sorted, never the lines, which may be on disk.
        self._places.append(_Place(order, self._end, len(line)))
        self._end += len(line)
        self._sorted = False

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[ExportedRecord]:
        for line in self.lines():
            yield json.loads(line)

    def lines(self) -> Iterator[str]:
        """Yield the line of each record, in order."""
        if not self._sorted:
            self._places.sort()
            self._sorted = True
        for place in self._places:
            self._file.seek(place.start)
            yield self._file.read(place.length).decode()


@dataclass(frozen=True)
class LeftOut:
    """What is not in the dataset, though it should be.

    Attributes:
        unread: why files could not be read.
        broken: the paths of files that are not records.
        unsound: the paths of records with schema errors.
        problems: other problems, in sentences.

    """

    unread: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class DatasetOutcome(NamedTuple):
    """A dataset, and what is not in it."""

    dataset: Dataset
    left_out: LeftOut


@contextmanager
def read_dataset(
    environment: Environment,
    opened: OpenRegistry,
    selection: ExportSelection,
    advance: Callable[[int, int], None] | None = None,
) -> Iterator[DatasetOutcome]:
    """Read a registry; the records stay readable until the context ends.

    Raises:
        UsageError: a field that is wanted does not exist.
        FicliError: a folder cannot be listed, a worker process died, or there is no room for temporary files.

    """
    fields = record_fields(selection.fields, with_steward_notes=selection.with_steward_notes)
    with Spool() as spool:
        known = _Known(spool)
        files = scan(opened.root).files
        for part in in_chunks(files, _Reader, opened, selection, fields, workers=environment.workers, advance=advance):
            known.take(part)
        dataset = Dataset(
            config=opened.config,
            taxonomy=opened.taxonomy,
            selection=selection,
            fields=fields,
            version=known.newest.replace("-", "."),
            counts=count_facts(known.tally),
            records=spool,
            tombstones=known.led(selection),
        )
        yield DatasetOutcome(dataset, known.left_out)


# --- in each process ----------------------------------------------------------------------------------------------


class _Item(NamedTuple):
    """A valid record or tombstone; `line` is its JSON, empty for a tombstone or a record that is not wanted."""

    id: str
    path: str
    url: str
    changed: str
    facts: CountedFacts
    order: tuple[bool, int, str, str]
    line: bytes = b""
    tombstone: Tombstone | None = None

    @property
    def key(self) -> str:
        """The key of the record: the ID, or the slug of a draft."""
        return self.order[2]


class _Part(NamedTuple):
    """The result for some files."""

    items: list[_Item]
    left_out: LeftOut


class _Reader:
    """Makes an item of each sound record of a chunk."""

    def __init__(self, opened: OpenRegistry, selection: ExportSelection, fields: Mapping[str, Schema]) -> None:
        self._opened = opened
        self._selection = selection
        self._fields = fields
        self._checker = ShapeChecker(registry_schema(opened.taxonomy, opened.config))

    def __call__(self, files: Sequence[RecordFile]) -> _Part:
        items, left = [], LeftOut()
        for file in readable(self._opened.root, files, broken=left.broken, unread=left.unread):
            if self._is_sound(file.record):
                items.append(self._item(file.path, file.record))
            else:
                left.unsound.append(file.path)
        return _Part(items, left)

    def _is_sound(self, record: Record) -> bool:
        """Return whether a record matches the schema, and has dates that exist in the calendar."""
        checker, data = self._checker, record.data
        fits = checker.accepts(data) or next(checker.errors(data), None) is None
        return fits and all(path in record.dates for path, _ in record.date_texts())

    def _item(self, path: str, record: Record) -> _Item:
        opened, changed = self._opened, changed_date(record)
        known = None if record.is_tombstone else confidence(record, opened.taxonomy)
        item = _Item(
            id=record.id,
            path=path,
            url=page_url(record, opened.config),
            changed=changed,
            facts=CountedFacts(
                status=record.status,
                year=year_of(record.text("incident_date")),
                failure_mode=record.text("failure_mode"),
                ai_surface=record.text("ai_surface"),
                severity=record.text("severity"),
                confidence=known.level if known else "",
            ),
            order=record_order(record.id, record.slug, path),
        )
        if known is None:
            return item._replace(tombstone=tombstone_of(record, opened.config))
        if not self._selection.wants(record.status, changed):
            return item
        entry = exported_record(record, known, self._fields, config=opened.config, taxonomy=opened.taxonomy)
        return item._replace(line=dumps(entry).encode())


# --- putting the parts together --------------------------------------------------------------------------------


class _Known:
    """What is known of a registry while its records are read."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self.keys: set[str] = set()
        self.pages: dict[str, str] = {}
        self.tombstones: dict[str, Tombstone] = {}
        self.tally: Counter[CountedFacts] = Counter()
        self.newest = ""
        self.left_out = LeftOut()

    def take(self, part: _Part) -> None:
        """Add the result for some files; of two records with one ID the first is used."""
        self.left_out.unread.extend(part.left_out.unread)
        self.left_out.broken.extend(part.left_out.broken)
        self.left_out.unsound.extend(part.left_out.unsound)
        for item in part.items:
            if item.key in self.keys:
                named = f"its {'ID' if item.id else 'slug'} {quoted(item.key)}"
                self.left_out.problems.append(f"{quoted(item.path)} is left out: {named} is that of another record")
                continue
            self.keys.add(item.key)
            if item.tombstone:
                self.tombstones[item.id] = item.tombstone
            elif item.id:
                self.pages[item.id] = item.url
            if item.line:
                self.spool.add(item.line, item.order)
            self.tally[item.facts] += 1
            self.newest = max(self.newest, item.changed)

    def led(self, selection: ExportSelection) -> list[Tombstone]:
        """Return the wanted tombstones, by ID, each with the record that it finally leads to."""
        led = (self._led(tombstone) for tombstone in self.tombstones.values())
        wanted = (tombstone for tombstone in led if selection.wants(tombstone.status, tombstone.retired_date))
        return sorted(wanted, key=lambda tombstone: record_order(tombstone.id, "", ""))

    def _led(self, tombstone: Tombstone) -> Tombstone:
        passed, last = {tombstone.id}, tombstone
        while last.status == "merged":
            target = last.merged_into
            if target in self.pages:
                return tombstone._replace(redirect_to=target, redirect_url=self.pages[target])
            if target in passed or target not in self.tombstones:
                why = "leads in a circle" if target in passed else "is not in the index"
                problem = f"{quoted(tombstone.id)} leads nowhere: its target {quoted(target)} {why}"
                self.left_out.problems.append(problem)
                break
            passed.add(target)
            last = self.tombstones[target]
        return tombstone
