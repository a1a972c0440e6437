"""The interface of a rule: the problems it yields and the contexts it gets.

A rule returns a field path and what is wrong there. Lines, columns, severities, suppressions and
printing are done by `check_record` and `cross_record`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from ficli.diagnostics import FieldPath, Fix, Rule, Severity, Span
from ficli.incident.independence import Independence, independence
from ficli.incident.record import Record
from ficli.registry.duplicates import FeatureKind, Likeness, Resemblance
from ficli.registry.rejected import Rejections
from ficli.rules.suppression import MARK, Suppression, find_suppressions
from ficli.wording import counted

if TYPE_CHECKING:
    from datetime import date

    from ficli.config import Config
    from ficli.incident.shape import ShapeError, ShapeKind
    from ficli.incident.taxonomy import Taxonomy
    from ficli.registry.index_entry import IndexEntry
    from ficli.registry.records import SourceFile
    from ficli.registry.scan import Stray
    from ficli.yaml.document import YamlDocument
    from ficli.yaml.flaws import Flaw, FlawKind


class Offsets(NamedTuple):
    """A range of a file's decoded text, for what has no field path: `start` and `end` count characters."""

    start: int
    end: int


ProblemPlace: TypeAlias = FieldPath | Offsets | Span
FILE: FieldPath = ()
"""The place of a problem with the file as a whole."""


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that explains a problem. `path` is another record's file; empty for the same."""

    at: ProblemPlace
    text: str
    path: str = ""
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that a rule found.

    Attributes:
        at: the field path, the offsets or, in a file that is not a record, the lines and columns of the problem; `FILE`
            for the file as a whole.
        message: what is wrong: lower case, no final period, the value in back-ticks, complete by itself.
        label: a few words beside the marks.
        help: how to fix it.
        related: other places that explain it.
        fix: the change that fixes it, if ficli can make it.
        on_key: mark the field's name instead of its value.
        piece: mark only this piece of the value, if it can be found in the file.
        field: the field that is meant, if it is not the marked one, as when it is missing.
        severity: the severity of this one, in a rule of file scope, if it is lower than that of the rule; what
            a registry has set for the rule overrides it.

    """

    at: ProblemPlace
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
    """The settings that every record of a run is checked against; they can be sent to a worker process."""

    config: Config
    taxonomy: Taxonomy
    today: date
    known_rules: frozenset[str] = frozenset()
    rejections: Rejections = field(default_factory=Rejections)


class RecordContext:
    """One record, as a rule of file scope sees it.

    Args:
        file: the file that holds the record.
        data: the plain data; None if the file cannot be read as YAML.
        settings: configuration, vocabulary and today's date.
        shape: the schema errors of the record; empty if there are none.

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
        """The typed view: a field of the wrong type reads as missing."""
        return Record(self.data)

    @cached_property
    def independence(self) -> Independence:
        """Which sources report the incident independently of each other."""
        return independence(self.record)

    @cached_property
    def suppressions(self) -> tuple[Suppression, ...]:
        """The comments in the file for ficli."""
        if MARK not in self.raw:
            return ()
        return find_suppressions(self.parsed)

    @property
    def document(self) -> YamlDocument | None:
        """The file with its positions; None if nobody has needed them yet."""
        return self.file.parsed

    @property
    def parsed(self) -> YamlDocument:
        """The file with its positions, parsed at the first use."""
        return self.file.document

    def shape_of(self, *kinds: ShapeKind) -> Iterator[ShapeError]:
        """Yield the schema errors of these kinds only."""
        return (error for error in self.shape if error.kind in kinds)

    def flaws(self, kind: FlawKind, fix: Callable[[Flaw], Fix] | None = None) -> Iterator[Problem]:
        """Yield the flaws of the YAML of this kind, as problems: the first ones, and how many more there are.

        Args:
            kind: the kind of flaw.
            fix: makes the fix of one, if ficli can fix them.

        """
        flaws = self.document.flaws if self.document else ()
        found = [_flaw_problem(flaw, fix and fix(flaw)) for flaw in flaws if flaw.kind is kind]
        yield from found[: _MOST_FLAWS - 1]
        if rest := found[_MOST_FLAWS - 1 :]:
            yield _and_more(rest)


_MOST_FLAWS = 20
"""Findings of one rule about the YAML of one file; a binary file would have thousands."""


def _flaw_problem(flaw: Flaw, fix: Fix | None) -> Problem:
    return Problem(
        at=Offsets(flaw.start, flaw.end),
        message=flaw.message,
        label=flaw.label,
        help=flaw.help,
        related=tuple(Label(Offsets(start, end), text) for start, end, text in flaw.related),
        fix=fix,
    )


def _and_more(rest: Sequence[Problem]) -> Problem:
    """Return the first of some problems, with the number of the others and the edits of all."""
    first, *others = rest
    if not others:
        return first
    edits = tuple(edit for problem in rest if problem.fix is not None for edit in problem.fix.edits)
    message = f"{first.message} (and {counted(len(others), 'more place')} in this file)"
    return replace(first, message=message, fix=first.fix and replace(first.fix, edits=edits))


class IndexContext:
    """All records at once, as a rule of index scope sees them.

    Args:
        entries: what the index knows of each record, in the order of their paths.
        strays: the files in the registry's folders that are not records.
        settings: configuration, vocabulary and today's date.
        running: the names of the rules that run, so that one rule need not repeat another.

    """

    def __init__(
        self,
        entries: Sequence[IndexEntry],
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
        """The likely duplicates, each with the most similar earlier record."""
        return Resemblance(self.entries).duplicates

    @cached_property
    def by_id(self) -> dict[str, IndexEntry]:
        """The records by their ID; of two with one ID, the first."""
        return {entry.id: entry for entry in reversed(self.entries) if entry.id}

    @cached_property
    def drafts_last(self) -> Sequence[IndexEntry]:
        """The records in their order of precedence: drafts after published records."""
        return sorted(self.entries, key=lambda entry: entry.is_draft)

    def duplicates_by(self, kind: FeatureKind) -> frozenset[str]:
        """Return the paths of those `duplicates` that share this with the other record, if they are reported."""
        if "likely-duplicate" not in self.running:
            return frozenset()
        return frozenset(
            likeness.one.path for likeness in self.duplicates if any(sign.kind is kind for sign in likeness.signs)
        )

    def merged(self, entry: IndexEntry) -> str | None:
        """Follow a merged record to the ID at the end of its chain; None for a circle."""
        passed: set[str] = set()
        while entry.id not in passed:
            passed.add(entry.id)
            if entry.status != "merged" or entry.merged_into not in self.by_id:
                return entry.id
            entry = self.by_id[entry.merged_into]
        return None

    def repeats(self, fact: Callable[[IndexEntry], str]) -> Iterator[tuple[IndexEntry, IndexEntry]]:
        """Yield each record that shares a fact with an earlier one, and the first that has it.

        Drafts come after published records, whatever their paths.

        Args:
            fact: what to compare; records for which it is empty are skipped.

        """
        first_with: dict[str, IndexEntry] = {}
        for entry in self.drafts_last:
            value = fact(entry)
            if value and (first := first_with.setdefault(value, entry)) is not entry:
                yield entry, first


class IndexProblem(NamedTuple):
    """A problem in one of many files; `path` is relative to the registry."""

    path: str
    problem: Problem


class RuleModule(Protocol):
    """A rule module; the module of a rule about the run itself has nothing but this."""

    RULE: Rule


class FileRule(RuleModule, Protocol):
    """A rule module of file scope."""

    def check(self, record: RecordContext, /) -> Iterable[Problem]:
        """Yield the problems of one record."""


class IndexRule(RuleModule, Protocol):
    """A rule module of index scope."""

    def check(self, index: IndexContext, /) -> Iterable[IndexProblem]:
        """Yield the problems across records."""
