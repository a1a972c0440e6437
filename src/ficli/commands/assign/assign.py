"""Assign IDs to drafts and publish them; no ID is given twice, and no draft is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.assign.check_drafts import CheckedRegistry, check_drafts
from ficli.commands.assign.publish import asked_day, day_of_commit, published, publishing_day
from ficli.commands.assign.select_drafts import DraftSelection, DraftToPublish, publishing_order, select_drafts
from ficli.environment import Environment, FileTakenError, remove_file, sync_folder, write_file
from ficli.errors import ExitCode, FicliError, UsageError
from ficli.incident.ids import format_id, id_number
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.given_numbers import (
    Numbers,
    explain_leaps,
    last_number,
    numbers_in,
    past_blocks,
    past_numbers,
    whole_history,
)
from ficli.registry.layout import INCIDENTS, SUFFIX
from ficli.registry.private_folder import only_one
from ficli.registry.records import read_record
from ficli.registry.reservations import block_for
from ficli.wording import harmless, quoted
from ficli.yaml.edit import EditError

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.diagnostics import Diagnostic
    from ficli.registry.git_history import History
    from ficli.rules.check_registry import RegistryFindings


@dataclass(frozen=True, slots=True)
class AssignRequest:
    """What to publish.

    Attributes:
        drafts: slugs or paths of drafts.
        every: all drafts there are.
        registry: a folder in the registry; by default the working folder.
        id: the reserved ID to use, for one draft; empty for the next free ones.
        day: the day to publish on, as `YYYY-MM-DD`; empty for today.
        history: whether to search the git history for IDs that were ever given.
        write: whether to write, or only to report what would be written.
        jobs: worker processes; 0 for as many as there are cores.

    """

    drafts: Sequence[str] = ()
    every: bool = False
    registry: Path | None = None
    id: str = ""
    day: str = ""
    history: bool = True
    write: bool = True
    jobs: int = 0


class Assigned(NamedTuple):
    """A draft and the record it became.

    Attributes:
        id: its ID.
        path: the record's file, relative to the registry.
        draft: the draft's file, which is gone.
        slug: its slug.
        earlier: whether it already had its ID before this run, which was interrupted or has nothing left to do.

    """

    id: str
    path: str
    draft: str
    slug: str
    earlier: bool = False


class Blocked(NamedTuple):
    """A draft that gets no ID, with the findings and the other reasons."""

    draft: str
    findings: Sequence[Diagnostic]
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class AssignOutcome:
    """The outcome of a run.

    Attributes:
        root: the registry's folder.
        day: the day the records were published.
        assigned: the drafts that have an ID now, or would have, in the order of their IDs.
        blocked: the drafts that get none.
        warnings: the findings in the drafts that are not errors.
        notes: other information for the user.
        drafts: how many drafts were asked for.
        failure: what stopped the run half-way; everything in `assigned` is done.

    """

    root: Path
    day: date
    assigned: Sequence[Assigned] = ()
    blocked: Sequence[Blocked] = ()
    warnings: Sequence[Diagnostic] = ()
    notes: Sequence[str] = ()
    drafts: int = 0
    failure: FicliError | None = None

    def exit_code(self) -> ExitCode:
        """The exit code."""
        if self.failure is not None:
            return ExitCode.FAILED
        return ExitCode.PROBLEMS if self.blocked else ExitCode.CLEAN


def assign(
    environment: Environment,
    request: AssignRequest,
    advance: Callable[[int, int], None] | None = None,
    known: RegistryFindings | None = None,
) -> AssignOutcome:
    """Assign IDs to drafts; one process at a time holds the lock.

    A run that was killed left every draft or its record whole; the next run finishes it with the same ID.

    Args:
        environment: the environment to work in.
        request: what to publish.
        advance: called, as the registry is checked, with how many of how many records are done.
        known: as for `check_drafts`.

    Raises:
        UsageError: no registry, no such draft, an ID that is not reserved, or a clock that is clearly wrong.
        ConfigurationError: `ficli.toml`, `taxonomy.yaml` or `reservations.yaml` is wrong.
        FicliError: the registry cannot be read or written, or git cannot read its history.

    """
    if not request.every and not request.drafts:
        raise UsageError("no draft is named", hint="name drafts by slug or path, or take them all with `--all`")
    opened = open_registry(environment, request.registry)
    with only_one(opened.root) if request.write else nullcontext():
        return assign_alone(environment, opened, request, advance, known)


def assign_alone(
    environment: Environment,
    opened: OpenRegistry,
    request: AssignRequest,
    advance: Callable[[int, int], None] | None = None,
    known: RegistryFindings | None = None,
) -> AssignOutcome:
    """Do the work of `assign`, for a caller that already holds the lock."""
    history = whole_history(environment, opened.root) if request.history else None
    asked = asked_day(request.day)
    today = max(asked or environment.today(), environment.today())
    checked = check_drafts(environment, opened, today=today, jobs=request.jobs, advance=advance, known=known)
    numbers = known_numbers(opened, checked, history)
    day = publishing_day(environment, asked, _signs_of_life(opened, checked, numbers, history))
    chosen = select_drafts(environment, opened, checked, request.drafts, every=request.every)
    run = _Run(opened, checked, _free(opened, numbers, request, chosen), day, write=request.write)
    run.publish(publishing_order(chosen.candidates, history))
    notes = [note for note in (explain_leaps(numbers, opened.config), *run.notes) if note]
    if history is None and request.history and request.write:
        notes.append("this registry is in no git clone, so an ID whose file was deleted could be given again")
    done = [*(Assigned(*item, earlier=True) for item in chosen.done), *run.assigned]
    return AssignOutcome(
        root=opened.root,
        day=day,
        assigned=done,
        blocked=run.blocked,
        warnings=run.warnings,
        notes=notes,
        drafts=len(chosen.candidates) + len(chosen.done),
        failure=run.failure,
    )


def known_numbers(opened: OpenRegistry, checked: CheckedRegistry, history: History | None) -> Numbers:
    """Collect every number that must not be given: of files, of records in them, of reservations, of git history.

    Raises:
        ConfigurationError: `reservations.yaml` is wrong.
        FicliError: it cannot be read, or git failed.

    """
    config, blocks = opened.config, opened.reservations()
    used = set(numbers_in(checked.paths, config))
    used.update(number for entry in checked.entries if (number := id_number(entry.id, config)) is not None)
    if history is not None:
        used |= past_numbers(history, config)
        blocks = [*blocks, *past_blocks(history, config)]
    return last_number(used, blocks)


def _free(opened: OpenRegistry, numbers: Numbers, request: AssignRequest, chosen: DraftSelection) -> Iterator[int]:
    """Yield the numbers to use: the next ones, or the reserved number that was asked for."""
    if not request.id:
        return numbers.free()
    number = id_number(request.id, opened.config)
    if number is None:
        form = format_id(700, opened.config)
        raise UsageError(f"`--id`: {quoted(request.id)} is no ID of this registry", hint=f"write it as `{form}`")
    if len(chosen.candidates) + len(chosen.done) != 1:
        raise UsageError("`--id` gives one ID to one draft", hint="name the draft that is to get it")
    shown = format_id(number, opened.config)
    if [item.id for item in chosen.done] == [shown]:
        return iter(())
    if number in numbers.used:
        raise UsageError(f"{quoted(shown)} has been given already", hint="an ID is given once")
    if block_for(number, opened.reservations()) is None:
        hint = "leave `--id` out to take the next one; `--reserve` puts numbers aside"
        raise UsageError(f"{quoted(shown)} is not reserved", hint=hint)
    return iter((number,))


def _signs_of_life(
    opened: OpenRegistry, checked: CheckedRegistry, numbers: Numbers, history: History | None
) -> list[date]:
    """Return the days of the newest commit and of the record with the highest number, if they are known."""
    days = []
    if history is not None and history.head:
        days.append(day_of_commit(history.time_of(history.head)))
    newest = max((number for number in numbers.used if number <= numbers.highest), default=0)
    path = f"{INCIDENTS}/{format_id(newest, opened.config)}{SUFFIX}"
    if (opened.root / path).is_file():
        indexed = checked.records.look(path).record.dates.get(("indexed_date",))
        if indexed is not None and indexed.has_day:
            days.append(date(*indexed.parts))
    return [day for day in days if day > date.min]


@dataclass(slots=True)
class _Run:
    """Publishes drafts one after the other: first all records are on disk, then the drafts are deleted."""

    opened: OpenRegistry
    checked: CheckedRegistry
    numbers: Iterator[int]
    day: date
    write: bool
    assigned: list[Assigned] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failure: FicliError | None = None

    def publish(self, candidates: Sequence[DraftToPublish]) -> None:
        done: list[DraftToPublish] = []
        number = next(self.numbers, 0)
        try:
            for candidate in candidates:
                if candidate.finished:
                    self._note_done(candidate, candidate.finished, earlier=True)
                    done.append(candidate)
                    continue
                text = self._text(candidate, number)
                if text is None:
                    continue
                number = self._put(candidate, text, number) if self.write else self._plan(candidate, number)
                done.append(candidate)
        except FicliError as error:
            self.failure = error
        finally:
            if self.write:
                self._clear(done)

    def _text(self, candidate: DraftToPublish, number: int) -> bytes | None:
        """Return the text of the record, or None with the reason why the draft cannot become one."""
        findings, reasons = self.checked.findings(candidate.path), list(candidate.reasons)
        self.warnings += findings.warnings
        text = None
        if not (findings.errors or reasons):
            try:
                text = self._published(candidate, number)
            except EditError as error:
                reasons.append(error.message)
            else:
                reasons += self.checked.once_published(self._path(number), text)
        if findings.errors or reasons:
            self.blocked.append(Blocked(candidate.path, findings.errors, reasons))
            return None
        return text

    def _published(self, candidate: DraftToPublish, number: int) -> bytes:
        record_id, version = format_id(number, self.opened.config), self.opened.taxonomy.version
        return published(candidate.file, record_id, day=self.day.isoformat(), taxonomy_version=version)

    def _path(self, number: int) -> str:
        return f"{INCIDENTS}/{format_id(number, self.opened.config)}{SUFFIX}"

    def _put(self, candidate: DraftToPublish, text: bytes, number: int) -> int:
        """Create the record under the first number whose file does not exist, and return the number after it."""
        while True:
            try:
                write_file(self.opened.root / self._path(number), text, overwrite=False, sync=False)
            except FileTakenError:
                number = next(self.numbers, 0)
                if not number:
                    raise
                text = self._published(candidate, number)
            else:
                return self._plan(candidate, number)

    def _plan(self, candidate: DraftToPublish, number: int) -> int:
        self._note_done(candidate, format_id(number, self.opened.config))
        return next(self.numbers, 0)

    def _note_done(self, candidate: DraftToPublish, record_id: str, *, earlier: bool = False) -> None:
        path = candidate.record or f"{INCIDENTS}/{record_id}{SUFFIX}"
        self.assigned.append(Assigned(record_id, path, candidate.path, candidate.slug, earlier))

    def _clear(self, done: Sequence[DraftToPublish]) -> None:
        """Delete the drafts whose records are on disk."""
        root = self.opened.root
        if done:
            sync_folder(root / INCIDENTS)
        try:
            for candidate in done:
                if read_record(root, candidate.path) == candidate.file.raw:
                    remove_file(root / candidate.path)
                else:
                    self.notes.append(f"`{harmless(candidate.path)}` was changed meanwhile, so it was left where it is")
        except FicliError as error:
            self.failure = self.failure or error
        for folder in {(root / candidate.path).parent for candidate in done}:
            sync_folder(folder)
