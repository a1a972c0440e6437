"""After a merge or rebase: of two records with one ID, the later gets another, and those that meant it follow."""

from __future__ import annotations

from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.assign import known_numbers
from ficli.commands.judging import judge_drafts
from ficli.commands.opening import open_registry
from ficli.diagnostics import SetValue
from ficli.document.edit import EditError, apply
from ficli.document.parse import parse
from ficli.environment import remove_file, write_file
from ficli.errors import FicliError
from ficli.incident.fields import LAYOUT
from ficli.incident.ids import format_id, is_id
from ficli.incident.record import Record
from ficli.registry.conflicts import Age, Conflict, Side, age, find_conflicts, named_in, references
from ficli.registry.layout import FOLDERS, INCIDENTS, SUFFIX
from ficli.registry.numbers import whole_history
from ficli.registry.private import only_one
from ficli.registry.records import read_record, record_data
from ficli.registry.worktree import stage
from ficli.wording import harmless, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ficli.commands.assign import AssignRequest
    from ficli.commands.judging import Judged
    from ficli.commands.opening import OpenRegistry
    from ficli.environment import Environment
    from ficli.registry.history import History

_MARK = b"<<<<<<< "


class Moved(NamedTuple):
    """A record that has another ID now.

    Attributes:
        old: the ID that it shared.
        new: the ID that it has now.
        keeps: the slug of the record that keeps the old one.
        slug: its own slug.
        path: its file, relative to the registry.
        references: the files whose `related` meant it, and names the new ID now.

    """

    old: str
    new: str
    keeps: str
    slug: str
    path: str
    references: Sequence[str]


class ResolveOutcome(NamedTuple):
    """What was settled, and what a person has to settle.

    Attributes:
        root: the registry's folder.
        moved: the records that have another ID now.
        open: what could not be settled, each in a sentence.

    """

    root: Path
    moved: Sequence[Moved]
    open: Sequence[str]


def resolve(environment: Environment, request: AssignRequest) -> ResolveOutcome:
    """Give the later of two records with one ID another one.

    The one that a remote branch has stays; where both or none is there, the one that was committed first does.

    Args:
        environment: the world to work in.
        request: the registry, and whether to ask git and to write; nothing else of it is looked at.

    Raises:
        UsageError: no registry.
        ConfigurationError: `ficli.toml`, `taxonomy.yaml` or `reservations.yaml` is wrong.
        FicliError: the registry cannot be read or written, or git does not tell its history.

    """
    opened = open_registry(environment, request.registry)
    with only_one(opened.root) if request.write else nullcontext():
        history = whole_history(environment, opened.root) if request.history else None
        judged = judge_drafts(environment, opened, today=environment.today(), jobs=request.jobs)
        numbers = known_numbers(opened, judged, history)
        run = _Run(opened, history, judged, numbers.free(), write=request.write)
        if history is not None:
            for conflict in find_conflicts(history):
                run.settle(conflict, history)
        run.settle_doubles()
        return ResolveOutcome(opened.root, run.moved, run.open)


@dataclass(slots=True)
class _Run:
    """Settles one collision after the other."""

    opened: OpenRegistry
    history: History | None
    judged: Judged
    numbers: Iterator[int]
    write: bool
    moved: list[Moved] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def settle(self, conflict: Conflict, history: History) -> None:
        """Settle what git calls a conflict: two branches that added one path."""
        path = conflict.path
        sides = (conflict.ours, conflict.theirs)
        slugs = [side.record.slug for side in sides]
        if not all(slugs) or slugs[0] == slugs[1]:
            self.open.append(f"`{harmless(path)}` is one record that both sides changed: settle that by hand")
            return
        first, later = sorted(sides, key=lambda side: age(history, path, side.record.slug))
        there = read_record(self.opened.root, path)
        if _MARK not in there and there != first.raw:
            self.open.append(f"`{harmless(path)}` has been edited since git found the conflict: settle it by hand")
            return
        old, new = first.record.id, self._new_id(later.record.slug, path)
        if later.record.id != old or not is_id(old, self.opened.config):
            self.open.append(f"the records at `{harmless(path)}` do not have the same ID: settle that by hand")
            return
        try:
            text = _renumbered(later.raw, new)
        except EditError as error:
            self.open.append(f"the later record at `{harmless(path)}` cannot be edited: {error.message}")
            return
        target = f"{INCIDENTS}/{new}{SUFFIX}"
        self._put({target: text})
        changed = self._point(history, old, new, first, later)
        self._put({path: first.raw})
        if self.write:
            stage(history, [target, path, *changed])
        self.moved.append(Moved(old, new, first.record.slug, later.record.slug, target, changed))

    def settle_doubles(self) -> None:
        """Settle two files with one ID, which git takes for nothing unusual."""
        by_id: dict[str, list[str]] = defaultdict(list)
        for entry in self.judged.entries:
            if entry.path.startswith(f"{INCIDENTS}/") and is_id(entry.id, self.opened.config):
                by_id[entry.id].append(entry.path)
        for old, paths in by_id.items():
            if len(paths) > 1:
                self._settle_double(old, paths)

    def _settle_double(self, old: str, paths: Sequence[str]) -> None:
        raws = {path: read_record(self.opened.root, path) for path in paths}
        records = {path: Record(record_data(raw)) for path, raw in raws.items()}
        first, *others = sorted(paths, key=lambda path: self._age(path, records[path]))
        for path in others:
            new = self._new_id(records[path].slug, path)
            target = f"{INCIDENTS}/{new}{SUFFIX}"
            try:
                self._put({target: _renumbered(raws[path], new)})
            except EditError as error:
                self.open.append(f"`{harmless(path)}` cannot be edited: {error.message}")
                continue
            if self.write:
                remove_file(self.opened.root / path)
            self.moved.append(Moved(old, new, records[first].slug, records[path].slug, target, ()))
        for path in self.judged.paths:
            raw = read_record(self.opened.root, path) if path not in paths else b""
            if old.encode() in raw and named_in(Record(record_data(raw)), old):
                self.open.append(f"`{harmless(path)}` names {old} in `related`: see which record is meant")

    def _age(self, path: str, record: Record) -> Age:
        if self.history is None:
            indexed = record.text("indexed_date").replace("-", "")
            return Age(private=False, time=int(indexed) if indexed.isdecimal() else 0, slug=record.slug)
        return age(self.history, path, record.slug)

    def _new_id(self, slug: str, path: str) -> str:
        """Take the next ID, or the one that a run which was killed has given the record already."""
        for entry in self.judged.entries:
            is_copy = entry.slug == slug and entry.path == f"{INCIDENTS}/{entry.id}{SUFFIX}"
            if is_copy and entry.path != path:
                return entry.id
        return format_id(next(self.numbers), self.opened.config)

    def _point(self, history: History, old: str, new: str, first: Side, later: Side) -> list[str]:
        """Let the files that meant the later record name its new ID: those that only its own side has name it."""
        meant = references(history, later.commit, old, FOLDERS)
        other = references(history, first.commit, old, FOLDERS)
        changed = []
        for path in meant:
            if path in other:
                self.open.append(
                    f"`{harmless(path)}` names {old} in `related` on both sides: see which record is meant"
                )
                continue
            try:
                raw = read_record(self.opened.root, path)
                places = named_in(Record(record_data(raw)), old)
                text = apply(parse(raw), [SetValue(("related", place), new) for place in places], LAYOUT).encode()
            except FicliError as error:
                self.open.append(
                    f"`{harmless(path)}` names {quoted(old)} in `related` and means {new}: {error.message}"
                )
                continue
            if places:
                self._put({path: text})
            if places or new.encode() in raw:  # the latter where a run was killed
                changed.append(path)
        return changed

    def _put(self, files: dict[str, bytes]) -> None:
        if self.write:
            for path, content in files.items():
                write_file(self.opened.root / path, content)


def _renumbered(raw: bytes, new: str) -> bytes:
    return apply(parse(raw), [SetValue(("id",), new)], LAYOUT).encode()
