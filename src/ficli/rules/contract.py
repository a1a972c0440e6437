"""What a rule is written against: the problems it yields and the contexts it is given.

A rule names a field path and says what is wrong there. Lines, columns, severities, suppressions and
printing are not its business: `engine` and `across` see to those.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from ficli.diagnostics import FieldPath, Fix, Rule, Severity, Span
from ficli.incident.independence import Independence, independence
from ficli.incident.record import Record
from ficli.registry.rejected import Rejections
from ficli.registry.resemblance import Resemblance
from ficli.rules.suppression import MARK, Suppression, find_suppressions

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import date

    from ficli.config import Config
    from ficli.document.flaws import FlawKind
    from ficli.document.parsed import Document
    from ficli.incident.shape import ShapeError, ShapeKind
    from ficli.incident.taxonomy import Taxonomy
    from ficli.registry.entry import Entry
    from ficli.registry.records import SourceFile
    from ficli.registry.resemblance import Likeness, SignKind
    from ficli.registry.scan import Stray


class Offsets(NamedTuple):
    """A stretch of a file's decoded text, for what has no field path: `start` and `end` count characters."""

    start: int
    end: int


Place: TypeAlias = FieldPath | Offsets | Span
FILE: FieldPath = ()
"""The place of a problem that concerns the file as a whole."""


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that explains a problem. `path` names another record's file; empty is the same."""

    at: Place
    text: str
    path: str = ""
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found.

    Attributes:
        at: the field path, the offsets or, in a file that is no record, the lines and columns of the problem; `FILE`
            for the file as a whole.
        message: what is wrong: lower case, no final period, the value in back-ticks, stands alone.
        label: a few words to stand beside the marks.
        help: how to mend it.
        related: other places that explain it.
        fix: how ficli mends it, where it can.
        on_key: mark the field's name instead of its value.
        piece: mark only this piece of the value, where it can be found in the file.
        field: the field that is meant, where it is not the one that is marked, as when it is missing.
        severity: how much this one weighs, in a rule of file scope, where it weighs less than others of its rule; what
            a registry has set for the rule comes first.

    """

    at: Place
    message: str
    label: str = ""
    help: str = ""
    related: tuple[Label, ...] = ()
    fix: Fix | None = None
    on_key: bool = False
    piece: str = ""
    field: FieldPath | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What every record of a run is judged by; it can be sent to a worker process."""

    config: Config
    taxonomy: Taxonomy
    today: date
    known_rules: frozenset[str] = frozenset()
    rejections: Rejections = field(default_factory=Rejections)


class RecordContext:
    """One record, as a rule of file scope sees it.

    Args:
        file: the file that holds the record.
        data: the plain data; None where the file cannot be read as YAML.
        settings: configuration, vocabulary and today's date.
        shape: what is wrong with the record's shape; empty where it was found right.

    """

    def __init__(self, file: SourceFile, data: object, settings: Settings, *, shape: Sequence[ShapeError] = ()) -> None:
        self.file = file
        self.raw = file.raw
        self.data = data
        self.shape = shape
        self.config = settings.config
        self.taxonomy = settings.taxonomy
        self.today = settings.today
        self.known_rules = settings.known_rules

    @cached_property
    def record(self) -> Record:
        """The typed view: a field of the wrong type reads as absent."""
        return Record(self.data)

    @cached_property
    def independence(self) -> Independence:
        """Which sources tell of the incident independently of each other."""
        return independence(self.record)

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments in the file that speak to ficli."""
        if MARK not in self.raw:
            return ()
        return find_suppressions(self.parsed)

    @property
    def document(self) -> Document | None:
        """The file with its positions; None where nobody has needed them yet."""
        return self.file.parsed

    @property
    def parsed(self) -> Document:
        """The file with its positions, worked out where nobody has needed them yet."""
        return self.file.document

    def shape_of(self, *kinds: ShapeKind) -> Iterator[ShapeError]:
        """Yield what is wrong with the shape, of these kinds only."""
        return (error for error in self.shape if error.kind in kinds)

    def flaws(self, kind: FlawKind) -> Iterator[Problem]:
        """Yield what is wrong with the YAML, of this kind, as problems."""
        for flaw in self.document.flaws if self.document else ():
            if flaw.kind is kind:
                yield Problem(
                    at=Offsets(flaw.start, flaw.end),
                    message=flaw.message,
                    label=flaw.label,
                    help=flaw.help,
                    related=tuple(Label(Offsets(start, end), text) for start, end, text in flaw.related),
                )


class IndexContext:
    """All records at once, as a rule of index scope sees them.

    Args:
        entries: what the index knows of each record, in the order of their paths.
        strays: what lies in the registry's folders and is no record.
        settings: configuration, vocabulary and today's date.
        running: the names of the rules that run; what one of them tells another need not tell as well.

    """

    def __init__(
        self,
        entries: Sequence[Entry],
        strays: Sequence[Stray],
        settings: Settings,
        running: Collection[str] = (),
    ) -> None:
        self.entries = entries
        self.strays = strays
        self.settings = settings
        self.running = running

    @cached_property
    def duplicates(self) -> Sequence[Likeness]:
        """The records that tell an event another one tells, each with the one most like it that was there before."""
        return Resemblance(self.entries).duplicates

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The records by their ID; of two with one ID, the first."""
        return {entry.id: entry for entry in reversed(self.entries) if entry.id}

    @cached_property
    def drafts_last(self) -> Sequence[Entry]:
        """The records in the order in which one gives way to another: a draft to what has been published."""
        return sorted(self.entries, key=lambda entry: entry.is_draft)

    def duplicates_by(self, kind: SignKind) -> frozenset[str]:
        """Give the paths of those `duplicates` that have this in common with the other record, where they are told."""
        if "likely-duplicate" not in self.running:
            return frozenset()
        return frozenset(
            likeness.one.path for likeness in self.duplicates if any(sign.kind is kind for sign in likeness.signs)
        )

    def merged(self, entry: Entry) -> str | None:
        """Follow a merged record to the ID where its way ends; None where that is a circle."""
        passed: set[str] = set()
        while entry.id not in passed:
            passed.add(entry.id)
            if entry.status != "merged" or entry.merged_into not in self.by_id:
                return entry.id
            entry = self.by_id[entry.merged_into]
        return None

    def repeats(self, fact: Callable[[Entry], str]) -> Iterator[tuple[Entry, Entry]]:
        """Yield each record that shares a fact with one before it, and the first that has it.

        A draft gives way to what has been published, whatever their paths.

        Args:
            fact: what to compare; records for which it is empty are passed over.

        """
        first_with: dict[str, Entry] = {}
        for entry in self.drafts_last:
            value = fact(entry)
            if value and (first := first_with.setdefault(value, entry)) is not entry:
                yield entry, first


class IndexProblem(NamedTuple):
    """A problem in one of many files; `path` is relative to the registry."""

    path: str
    problem: Problem


class EngineRule(Protocol):
    """A rule module; those of no scope of their own are asked by the engine."""

    RULE: Rule


class FileRule(EngineRule, Protocol):
    """A rule module of file scope."""

    def check(self, record: RecordContext, /) -> Iterable[Problem]:
        """Yield what is wrong with one record."""


class IndexRule(EngineRule, Protocol):
    """A rule module of index scope."""

    def check(self, index: IndexContext, /) -> Iterable[IndexProblem]:
        """Yield what is wrong across records."""
