"""Records that two branches put at one path: what git found in a merge or rebase, and which of the two was first."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from ficli.environment.git import GitError
from ficli.incident.record import Record
from ficli.registry.layout import INCIDENTS
from ficli.registry.records import record_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ficli.registry.history import History

_OURS, _THEIRS = "2", "3"
_OTHER_SIDES = ("MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD")


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
    """Two records at one path: that of the branch that is checked out, and that of the one that is merged in."""

    path: str
    ours: Side
    theirs: Side


class Age(NamedTuple):
    """How long a record has been known; what compares as less was first.

    Attributes:
        private: whether no remote branch has it, so that nobody can have cited it.
        time: when it was committed first, in seconds since 1970.
        slug: its slug, which settles the rest.

    """

    private: bool
    time: int
    slug: str


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
    """Find out how long the record of a slug has been at a path, in any commit on any ref.

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
    """Find the files of a commit that name an ID in `related`, each with the 0-based positions of it there.

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
    """Give the 0-based positions of an ID in a record's `related`."""
    return [number for number, text in record.texts("related") if text == record_id]
