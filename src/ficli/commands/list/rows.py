"""One row for each record, read fast; select the rows a user asks for, and count them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli import __version__
from ficli.citations.dates import THREE_LETTERS, month_first
from ficli.dates import PartialDate
from ficli.errors import UsageError
from ficli.incident.counts import CONFIDENCES, STATUSES, CountedFacts, count_facts, year_of
from ficli.incident.derived import confidence, page_url, wing
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.records import map_records
from ficli.registry.scan import RecordFile, scan
from ficli.wording import harmless, listed, nearest, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.incident.taxonomy import Taxonomy
    from ficli.registry.store import FileFacts


_WORTH_MEMORY = 500


class RecordRow(NamedTuple):
    """The facts of one record that are listed and counted; a missing one or one of the wrong type is empty."""

    id: str
    slug: str
    status: str
    title: str
    incident_date: str
    severity: str
    failure_mode: str
    ai_surface: str
    wing: str
    industry: str
    organizations: tuple[str, ...]
    tags: tuple[str, ...]
    confidence: str
    merged_into: str
    url: str
    path: str


class RecordTable(NamedTuple):
    """All records of a registry.

    Attributes:
        rows: their facts, those with an ID by its number, drafts last by slug.
        broken: the paths of files that cannot be read as records.
        unread: why files could not be read.

    """

    rows: Sequence[RecordRow]
    broken: Sequence[str]
    unread: Sequence[str]


def read_rows(
    environment: Environment, opened: OpenRegistry, advance: Callable[[int, int], None] | None = None
) -> RecordTable:
    """Read the facts of every record of a registry.

    Args:
        environment: the environment to work in.
        opened: the registry.
        advance: called, as the work goes on, with how many of how many records are done.

    Raises:
        FicliError: a folder cannot be listed, or a worker process died.

    """
    found = scan(opened.root).files
    memory = _memory(opened) if len(found) >= _WORTH_MEMORY else None
    known = _known(memory, found) if memory is not None else {}
    files = [file for file in found if file.path not in known]
    read = map_records(opened.root, files, row_of, opened, workers=environment.workers, advance=advance)
    rows = [*known.values(), *read.taken]
    rows.sort(key=row_order)
    if memory is not None:
        memory.remember({row.path: json.dumps(row, separators=(",", ":")) for row in read.taken}, still=known)
    return RecordTable(rows, read.broken, read.unread)


def _memory(opened: OpenRegistry) -> FileFacts:
    from ficli.registry.store import ROWS, FileFacts

    return FileFacts(opened.root, ROWS, facts_key(opened))


def facts_key(opened: OpenRegistry) -> str:
    """Return a key of exactly this ficli, these settings and this vocabulary."""
    from ficli.registry.store import cache_key, code_stamp

    return cache_key(__version__, code_stamp(), repr(opened.config), repr(opened.taxonomy))


def _known(memory: FileFacts, files: Sequence[RecordFile]) -> dict[str, RecordRow]:
    known = memory.known(files)
    try:
        return dict(zip(known, map(as_row, json.loads(f"[{','.join(known.values())}]")), strict=True))
    except (ValueError, TypeError, RecursionError):
        memory.forget()
        return {}


def as_row(facts: Sequence[object]) -> RecordRow:
    """Return the facts of a record as they were before JSON made lists of tuples."""
    return RecordRow(*(tuple(fact) if isinstance(fact, list) else fact for fact in facts))  # type: ignore[arg-type]  # as `row_of` made them


def row_of(path: str, record: Record, opened: OpenRegistry) -> RecordRow:
    """Return the facts of a record."""
    return RecordRow(
        id=record.id,
        slug=record.slug,
        status=record.status,
        title=record.title,
        incident_date=record.text("incident_date"),
        severity=record.text("severity"),
        failure_mode=record.text("failure_mode"),
        ai_surface=record.text("ai_surface"),
        wing=wing(record, opened.taxonomy),
        industry=record.text("industry"),
        organizations=organization_names(record),
        tags=tuple(tag for _, tag in record.texts("tags")),
        confidence="" if record.is_tombstone else confidence(record, opened.taxonomy).level,
        merged_into=record.text("merged_into"),
        url=page_url(record, opened.config) if record.status == "published" else "",
        path=path,
    )


def organization_names(record: Record) -> tuple[str, ...]:
    """Return the organizations of a record, as it names them."""
    return tuple(name for _, item in record.mappings("organizations") if isinstance(name := item.get("name"), str))


def row_order(row: RecordRow) -> tuple[bool, int, str, str]:
    """Return the sort key of a record: those with an ID by its number, drafts last by slug."""
    return record_order(row.id, row.slug, row.path)


def record_order(record_id: str, slug: str, path: str) -> tuple[bool, int, str, str]:
    """Return the sort key of a record: those with an ID by its number, drafts last by slug."""
    number = record_id.rpartition("-")[2]
    is_number = number.isascii() and number.isdecimal()
    return (not record_id, int(number[:18]) if is_number else 0, record_id or slug, path)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records are wanted: one of the values of each field that has any, and a date in the range.

    Attributes:
        status: all of these; none for published records.
        organization: a part of a name is enough, in any case.
        since: dates that are certainly earlier do not match.
        until: dates that are certainly later do not match.

    """

    severity: Sequence[str] = ()
    failure_mode: Sequence[str] = ()
    ai_surface: Sequence[str] = ()
    industry: Sequence[str] = ()
    confidence: Sequence[str] = ()
    tag: Sequence[str] = ()
    organization: Sequence[str] = ()
    status: Sequence[str] = ("published",)
    since: str = ""
    until: str = ""

    def check(self, taxonomy: Taxonomy) -> None:
        """Check that a record can have every value.

        Raises:
            UsageError: one cannot.

        """
        for field in ("severity", "failure_mode", "ai_surface", "industry"):
            _require(f"--{field.replace('_', '-')}", getattr(self, field), taxonomy.terms(field), "ficli taxonomy")
        _require("--status", self.status, STATUSES)
        _require("--confidence", self.confidence, CONFIDENCES)
        since, until = _date("--since", self.since), _date("--until", self.until)
        if since and until and until.before(since):
            message = f"`--until {until}` is before `--since {since}`"
            raise UsageError(message, hint="exchange them")

    def choose(self, rows: Iterable[RecordRow]) -> tuple[list[RecordRow], int]:
        """Return the matching records, and how many more would match with another status."""
        since, until = PartialDate.parse(self.since), PartialDate.parse(self.until)
        fitting = [row for row in rows if self._fits(row) and _within(row.incident_date, since, until)]
        chosen = [row for row in fitting if row.status in self.status]
        return chosen, len(fitting) - len(chosen)

    def _fits(self, row: RecordRow) -> bool:
        for field in ("severity", "failure_mode", "ai_surface", "industry", "confidence"):
            wanted = getattr(self, field)
            if wanted and getattr(row, field) not in wanted:
                return False
        if self.tag and not set(self.tag) & set(row.tags):
            return False
        parts = [part.casefold() for part in self.organization]
        return not parts or any(part in name.casefold() for name in row.organizations for part in parts)


def _within(text: str, since: PartialDate | None, until: PartialDate | None) -> bool:
    if since is None and until is None:
        return True
    day = PartialDate.parse(text)
    return day is not None and not (since and day.before(since)) and not (until and until.before(day))


def _date(flag: str, text: str) -> PartialDate | None:
    if not text:
        return None
    day = PartialDate.parse(text)
    if day is None:
        message = f"`{flag}`: {quoted(text)} is no date"
        raise UsageError(message, hint="write a year, a month or a day: `2025`, `2025-05` or `2025-05-08`")
    return day


def _require(flag: str, values: Iterable[str], known: Iterable[str], lister: str = "") -> None:
    names = list(known)
    for value in values:
        if value not in names:
            near = nearest(value, names, most=3)
            message = f"`{flag}`: there is no {quoted(value)}"
            if near:
                hint = f"did you mean {listed(near, last='or')}?"
            else:
                hint = f"`{lister}` lists them" if lister else f"it is {listed(names, last='or')}"
            raise UsageError(message, hint=hint)


def written_date(text: str) -> str:
    """Format a date as the page does, at its precision: `May 8, 2025`, `May 2025`, `2025`; any other text as it is."""
    day = PartialDate.parse(text)
    if day is None:
        return harmless(text)
    return month_first(day, THREE_LETTERS)


class Listing(NamedTuple):
    """What was found.

    Attributes:
        rows: the wanted records, those with an ID first.
        total: how many records there are.
        hidden: how many more would match with another status.
        broken: the paths of files that cannot be read as records.
        unread: why files could not be read.

    """

    rows: Sequence[RecordRow]
    total: int
    hidden: int
    broken: Sequence[str]
    unread: Sequence[str]


def list_records(
    environment: Environment,
    registry: Path | None,
    wanted: Filter,
    advance: Callable[[int, int], None] | None = None,
) -> Listing:
    """List the wanted records of a registry.

    Raises:
        UsageError: no registry, or a value that a record cannot have.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed.

    """
    opened = open_registry(environment, registry)
    wanted.check(opened.taxonomy)
    found = read_rows(environment, opened, advance)
    rows, hidden = wanted.choose(found.rows)
    return Listing(rows, len(found.rows), hidden, found.broken, found.unread)


class Stats(NamedTuple):
    """The counts of a registry.

    Attributes:
        statuses: as in `Counts`, and so are `headline`, `left_out` and `groups`.
        broken: the paths of files that cannot be read as records.
        unread: why files could not be read.

    """

    statuses: Mapping[str, int]
    headline: Mapping[str, int]
    left_out: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int]]
    broken: Sequence[str]
    unread: Sequence[str]


def count_records(
    environment: Environment, registry: Path | None, advance: Callable[[int, int], None] | None = None
) -> Stats:
    """Count the records of a registry.

    Raises:
        UsageError: no registry.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed.

    """
    found = read_rows(environment, open_registry(environment, registry), advance)
    return Stats(*count_facts(Counter(map(counted_facts, found.rows))), found.broken, found.unread)


def counted_facts(row: RecordRow) -> CountedFacts:
    """Return the counted facts of a record's row."""
    return CountedFacts(
        row.status, year_of(row.incident_date), row.failure_mode, row.ai_surface, row.severity, row.confidence
    )
