"""Resolve an ID that two branches gave: the later record gets another number, and what names it follows."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.assign.assign import AssignRequest, known_numbers
from ficli.commands.assign.check_drafts import CheckedRegistry, check_drafts
from ficli.diagnostics import SetValue
from ficli.environment import Environment, remove_file, write_file
from ficli.environment.git import GitError
from ficli.errors import FicliError
from ficli.incident.fields import LAYOUT
from ficli.incident.ids import format_id, is_id
from ficli.incident.record import Record
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.given_numbers import whole_history
from ficli.registry.layout import FOLDERS, INCIDENTS, SUFFIX
from ficli.registry.private_folder import only_one
from ficli.registry.records import read_record, record_data
from ficli.registry.work_tree import stage
from ficli.wording import harmless, quoted
from ficli.yaml.edit import EditError, apply
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.registry.git_history import History

_OURS, _THEIRS = "2", "3"
_OTHER_SIDES = ("MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD")

_MARK = b"<<<<<<< "


class Side(NamedTuple):
    """One of the two records at a path.

    Attributes:
        raw: the bytes of its file.
        record: the record.
        commit: the commit on whose side it is.

    """

    raw: bytes
    record: Record
    commit: str


class Conflict(NamedTuple):
    """Two records at one path: that of the checked-out branch, and that of the branch that is merged in."""

    path: str
    ours: Side
    theirs: Side


class Age(NamedTuple):
    """How long a record has been known; the smaller value was first.

    Attributes:
        private: whether no remote branch has it, so that nobody can have cited it.
        time: when it was committed first, in seconds since 1970.
        slug: its slug, which decides if all else is equal.

    """

    private: bool
    time: int
    slug: str


class Renumbered(NamedTuple):
    """A record that has another ID now.

    Attributes:
        old: the ID that it shared.
        new: the ID that it has now.
        keeps: the slug of the record that keeps the old one.
        slug: its own slug.
        path: its file, relative to the registry.
        references: the files whose `related` meant it, and which name the new ID now.

    """

    old: str
    new: str
    keeps: str
    slug: str
    path: str
    references: Sequence[str]


class ResolveOutcome(NamedTuple):
    """The collisions that were resolved, and those that a person has to resolve.

    Attributes:
        root: the registry's folder.
        moved: the records that have another ID now.
        open: what could not be resolved, each in a sentence.

    """

    root: Path
    moved: Sequence[Renumbered]
    open: Sequence[str]


def resolve(environment: Environment, request: AssignRequest) -> ResolveOutcome:
    """Renumber the later of two records with one ID.

    A record on a remote branch keeps its ID; if both or none are, the one that was committed first does.

    Args:
        environment: the environment to work in.
        request: the registry, and whether to ask git and to write; its other fields are not used.

    Raises:
        UsageError: no registry.
        ConfigurationError: `ficli.toml`, `taxonomy.yaml` or `reservations.yaml` is wrong.
        FicliError: the registry cannot be read or written, or git cannot read its history.

    """
    opened = open_registry(environment, request.registry)
    with only_one(opened.root) if request.write else nullcontext():
        history = whole_history(environment, opened.root) if request.history else None
        checked = check_drafts(environment, opened, today=environment.today(), jobs=request.jobs)
        numbers = known_numbers(opened, checked, history)
        run = _Run(opened, history, checked, numbers.free(), write=request.write)
        if history is not None:
            for conflict in find_conflicts(history):
                run.settle(conflict, history)
        run.settle_doubles()
        return ResolveOutcome(opened.root, run.moved, run.open)


@dataclass(slots=True)
class _Run:
    """Resolves the collisions one after the other."""

    opened: OpenRegistry
    history: History | None
    checked: CheckedRegistry
    numbers: Iterator[int]
    write: bool
    moved: list[Renumbered] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def settle(self, conflict: Conflict, history: History) -> None:
        """Resolve a conflict of git: two branches that added one path."""
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
        self.moved.append(Renumbered(old, new, first.record.slug, later.record.slug, target, changed))

    def settle_doubles(self) -> None:
        """Resolve two files with one ID, which git does not report."""
        by_id: dict[str, list[str]] = defaultdict(list)
        for entry in self.checked.entries:
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
            self.moved.append(Renumbered(old, new, records[first].slug, records[path].slug, target, ()))
        for path in self.checked.paths:
            raw = read_record(self.opened.root, path) if path not in paths else b""
            if old.encode() in raw and named_in(Record(record_data(raw)), old):
                self.open.append(f"`{harmless(path)}` names {old} in `related`: see which record is meant")

    def _age(self, path: str, record: Record) -> Age:
        if self.history is None:
            indexed = record.text("indexed_date").replace("-", "")
            return Age(private=False, time=int(indexed) if indexed.isdecimal() else 0, slug=record.slug)
        return age(self.history, path, record.slug)

    def _new_id(self, slug: str, path: str) -> str:
        """Return the next ID, or the one that a killed run has already given the record."""
        for entry in self.checked.entries:
            is_copy = entry.slug == slug and entry.path == f"{INCIDENTS}/{entry.id}{SUFFIX}"
            if is_copy and entry.path != path:
                return entry.id
        return format_id(next(self.numbers), self.opened.config)

    def _point(self, history: History, old: str, new: str, first: Side, later: Side) -> list[str]:
        """Change the references to the later record to its new ID, in files that only its own side refers from."""
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


def find_conflicts(history: History) -> list[Conflict]:
    """Find the paths below `incidents/` at which git has found two records.

    Raises:
        GitError: git failed.

    """
    stages: dict[str, dict[str, str]] = {}
    for line in _unmerged(history):
        facts, tab, name = line.partition(b"\t")
        if tab:
            _, blob, stage = facts.decode("ascii").split(" ")
            stages.setdefault(os.fsdecode(name), {})[stage] = blob  # relative to the registry already
    if not stages:
        return []
    contents = dict(history.contents(blob for blobs in stages.values() for blob in blobs.values()))
    other = _other_side(history)
    found = []
    for path, blobs in stages.items():
        ours, theirs = contents.get(blobs.get(_OURS, "")), contents.get(blobs.get(_THEIRS, ""))
        if ours is not None and theirs is not None:
            found.append(Conflict(path, _side(ours, history.head), _side(theirs, other)))
    return found


def _unmerged(history: History) -> list[bytes]:
    return history.git(["ls-files", "--unmerged", "-z", "--", INCIDENTS]).split(b"\0")


def _side(raw: bytes, commit: str) -> Side:
    return Side(raw, Record(record_data(raw)), commit)


def _other_side(history: History) -> str:
    for name in _OTHER_SIDES:
        try:
            return history.resolve(name)
        except GitError:
            continue
    return history.head


def age(history: History, path: str, slug: str) -> Age:
    """Return how long the record of a slug has been at a path, in any commit on any ref.

    Raises:
        GitError: git failed.

    """
    changes = list(history.changes(path, kinds="AM"))
    slugs = slugs_of(history, {change.blob for change in changes})
    first = next((change for change in reversed(changes) if slugs.get(change.blob) == slug), None)
    if first is None:  # not committed yet
        return Age(private=True, time=2**63, slug=slug)
    public = history.git(["for-each-ref", "--count=1", f"--contains={first.commit}", "refs/remotes/"])
    return Age(private=not public.strip(), time=first.time, slug=slug)


def slugs_of(history: History, blobs: set[str]) -> Mapping[str, str]:
    """Read the slugs of records in git.

    Raises:
        GitError: git failed.

    """
    return {blob: Record(record_data(raw)).slug for blob, raw in history.contents(sorted(blobs))}


def references(history: History, commit: str, record_id: str, folders: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the files of a commit that name an ID in `related`, each with its 0-based positions there.

    Raises:
        GitError: git failed.

    """
    paths: dict[str, list[str]] = {}
    for folder in folders:
        for file in history.files_at(commit, folder):
            paths.setdefault(file.blob, []).append(file.path)
    needle, found = record_id.encode(), {}
    for blob, raw in history.contents(paths):
        if needle in raw:
            places = named_in(Record(record_data(raw)), record_id)
            found.update({path: places for path in paths[blob] if places})
    return found


def named_in(record: Record, record_id: str) -> list[int]:
    """Return the 0-based positions of an ID in a record's `related`."""
    return [number for number, text in record.texts("related") if text == record_id]
