"""Prove the ledger of IDs: the state of every number, and which of them ever stood for two records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.assign.publish import day_of_commit
from ficli.commands.assign.renumber import slugs_of
from ficli.errors import ExitCode, UsageError
from ficli.incident.ids import format_id
from ficli.open_registry import open_registry
from ficli.registry.given_numbers import explain_leaps, last_number, past_blocks, whole_history
from ficli.registry.ledger import (
    FormerName,
    Present,
    by_number,
    changes_by_number,
    different_records,
    merge_neighbours,
    names_by_number,
    present_records,
)
from ficli.registry.reservations import Reservation, block_for
from ficli.wording import listed, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.config import Config
    from ficli.environment import Environment
    from ficli.registry.git_history import FileChange, History

STATES = ("live", "merged", "removed", "reserved", "gap")
_STATE_OF = {"published": "live", "merged": "merged", "removed": "removed"}
_DELETED = "deleted"
_NEVER = "no commit has a file of that number"
_UNKNOWN = "no file has that number, and git was not asked"


class LedgerLine(NamedTuple):
    """A remark about a number, or about several in a row.

    Attributes:
        kind: `gap`, `vanished`, `two-records`, `renumbered` or `two-files`.
        first: the first ID.
        last: the last ID, or the same.
        text: the remark.
        problem: whether it is a problem: an ID that is gone, or that stands for two records.

    """

    kind: str
    first: str
    last: str
    text: str
    problem: bool


@dataclass(frozen=True, slots=True)
class Audit:
    """The ledger.

    Attributes:
        highest: the highest number.
        counts: how many numbers are in each of `STATES`.
        lines: remarks about single numbers, in their order.
        notes: other information for the user.

    """

    highest: str
    counts: Mapping[str, int]
    lines: Sequence[LedgerLine]
    notes: Sequence[str]

    def exit_code(self) -> ExitCode:
        """The exit code."""
        return ExitCode.PROBLEMS if any(line.problem for line in self.lines) else ExitCode.CLEAN


def audit_ids(
    environment: Environment,
    registry: Path | None,
    *,
    history: bool = True,
    advance: Callable[[int, int], None] | None = None,
) -> Audit:
    """Return the state of every number from 1 to the highest.

    Args:
        environment: the environment to work in.
        registry: a folder in the registry; by default the working folder.
        history: whether git is asked.
        advance: called, as records are read, with how many of how many are done.

    Raises:
        UsageError: no registry, or no record in it.
        ConfigurationError: `ficli.toml` or `reservations.yaml` is wrong.
        FicliError: a record cannot be read, or git cannot read the history.

    """
    opened = open_registry(environment, registry)
    past = whole_history(environment, opened.root) if history else None
    blocks = opened.reservations()
    present = by_number(present_records(opened.config, advance), opened.config)
    run = _Run(
        opened.config,
        present,
        blocks,
        past,
        changes_by_number(past, opened.config) if past is not None else {},
        past_blocks(past, opened.config) if past is not None else [],
    )
    return run.audit()


@dataclass(frozen=True)
class _Run:
    """The known facts of the numbers of a registry, and their findings."""

    config: Config
    present: Mapping[int, list[Present]]
    blocks: Sequence[Reservation]
    history: History | None
    changes: Mapping[int, Sequence[FileChange]]
    past: Sequence[Reservation]

    def audit(self) -> Audit:
        numbers = last_number({*self.present, *self.changes}, [*self.blocks, *self.past])
        if not numbers.highest:
            raise UsageError("no number has been given yet", hint="`ficli assign` gives the first")
        states: Counter[str] = Counter()
        gaps: list[tuple[int, str]] = []
        for number in range(1, numbers.highest + 1):
            state = self._state(number)
            states[state] += 1
            if state == "gap":
                gaps.append((number, self._why(number)))
        lines = [*self._gap_lines(gaps), *self._two_files(), *self._two_records()]
        lines.sort(key=lambda line: (len(line.first), line.first, line.kind))
        counts = {state: states[state] for state in STATES}
        notes = [note for note in (explain_leaps(numbers, self.config),) if note]
        if self.history is None:
            notes.append("git was not asked, so it is not known which IDs a file had that is gone")
        return Audit(format_id(numbers.highest, self.config), counts, lines, notes)

    def _state(self, number: int) -> str:
        if number in self.present:
            return _STATE_OF.get(self.present[number][0].status, "live")
        return "reserved" if block_for(number, self.blocks) else "gap"

    def _why(self, number: int) -> str:
        newest = next(iter(self._here(number)), None)
        if newest is not None and newest.kind == "D":
            deletion = f"commit {newest.commit[:12]} on {day_of_commit(newest.time)}"
            return self._renumbered(number, newest, deletion) or f"{_DELETED} by {deletion}"
        if newest is not None:
            return f"{_DELETED} here, and not committed"
        elsewhere = next(iter(self.changes.get(number, ())), None)
        if elsewhere is not None:
            commit, day = elsewhere.commit[:12], day_of_commit(elsewhere.time)
            return f"not in the files here; commit {commit} of {day} has it, on another branch or tag"
        block = block_for(number, self.past)
        if block:
            return f"it was reserved for {quoted(block.who)}, in a line of an earlier commit"
        return _NEVER if self.history is not None else _UNKNOWN

    def _here(self, number: int) -> list[FileChange]:
        """Return what the checked-out commit and those before it did to the files of a number, newest first."""
        return [change for change in self.changes.get(number, ()) if change.commit in self._commits_here]

    @cached_property
    def _commits_here(self) -> set[str]:
        return set() if self.history is None else self.history.commits()

    def _renumbered(self, number: int, deleted: FileChange, deletion: str) -> str:
        """Return a sentence with the number under which the record of a deleted file is now; empty if it is gone."""
        if self.history is None:
            return ""
        older = [item.blob for item in self._here(number) if item.path == deleted.path and item.kind != "D"]
        slug = next(iter(slugs_of(self.history, set(older[:1])).values()), "")
        item = next((item for item in self._all_present() if slug and item.slug == slug), None)
        return f"`{slug}` is {item.id} since {deletion}" if item else ""

    def _all_present(self) -> Iterator[Present]:
        return (item for items in self.present.values() for item in items)

    def _gap_lines(self, gaps: Sequence[tuple[int, str]]) -> Iterator[LedgerLine]:
        for first, last, text in merge_neighbours(gaps):
            vanished = text.startswith(_DELETED)
            yield self._line("vanished" if vanished else "gap", first, last, text, problem=vanished)

    def _two_files(self) -> Iterator[LedgerLine]:
        for number, items in self.present.items():
            if len(items) > 1:
                files = listed(item.path for item in items)
                yield self._line("two-files", number, number, f"{files} have it now", problem=True)

    def _two_records(self) -> Iterator[LedgerLine]:
        if self.history is None:
            return
        now = {item.slug.casefold(): item for item in self._all_present() if item.slug}
        for number, names in names_by_number(self.history, self.changes).items():
            records = different_records(names)
            if len(records) > 1:
                own = {item.slug.casefold() for item in self.present.get(number, ())}
                slugs = [{name.slug.casefold() for name in record} for record in records]
                settled = all(found & own or found & now.keys() for found in slugs) and any(
                    found & own for found in slugs
                )
                text = "; ".join(self._record_text(record, now, number) for record in records)
                yield self._line("renumbered" if settled else "two-records", number, number, text, problem=not settled)

    def _record_text(self, record: Sequence[FormerName], now: Mapping[str, Present], number: int) -> str:
        first = record[0]
        item = next((now[name.slug.casefold()] for name in record if name.slug.casefold() in now), None)
        rest = f", now {item.id}" if item is not None and item.id != format_id(number, self.config) else ""
        day, commit = day_of_commit(first.time), first.commit[:12]
        return f"{quoted(first.slug or first.title)} from commit {commit} on {day}{rest}"

    def _line(self, kind: str, first: int, last: int, text: str, *, problem: bool) -> LedgerLine:
        return LedgerLine(kind, format_id(first, self.config), format_id(last, self.config), text, problem)
