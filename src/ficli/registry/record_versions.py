"""Match records of the base to those of now: by ID, by file, or by slug."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.registry.layout import INCIDENTS, SUFFIX

if TYPE_CHECKING:
    from ficli.incident.record import Record
    from ficli.registry.records import SourceFile


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it is or was.

    Attributes:
        path: its file, relative to the registry.
        record: the record; without fields if the file could not be read as one.
        readable: whether it could.

    """

    path: str
    record: Record
    readable: bool

    @property
    def in_incidents(self) -> bool:
        """Whether it is in the folder of records with an ID."""
        return self.path.startswith(f"{INCIDENTS}/")

    @property
    def id(self) -> str:
        """Its ID: the one in the file, or that of its file name; empty for a draft."""
        if not self.in_incidents:
            return ""
        return self.record.id or self.path.rpartition("/")[2].removesuffix(SUFFIX)

    @property
    def slug(self) -> str:
        """The slug, without regard to case."""
        return self.record.slug.casefold()

    @property
    def is_public(self) -> bool:
        """Whether readers know it: it is published, merged or removed, or is in the folder of such records."""
        return self.in_incidents and self.record.status != "draft"


@dataclass(frozen=True, slots=True)
class Step:
    """What a record was and what it is; None before it existed, and if it is gone."""

    before: Version | None
    after: Version | None


def version(file: SourceFile) -> Version:
    """Read a version of a record."""
    return Version(file.path, file.record, file.data is not None)


def pair_versions(before: Iterable[SourceFile], after: Iterable[SourceFile]) -> list[Step]:
    """Pair the versions of records that were changed, added or removed.

    Records are paired by ID first, since people cite that; then by file, then by slug.

    Args:
        before: the files as they were.
        after: the files as they are.

    Returns:
        A step for each record, in the order of their paths; deleted ones at the place of their old path.

    """
    old = {file.path: version(file) for file in before}
    new = {file.path: version(file) for file in after}
    steps: list[Step] = []
    for same in (_id_and_path, _id, _path, _slug):
        waiting = _by(old.values(), same)
        for item in list(new.values()):
            mates = waiting.get(same(item))
            if same(item) and mates:
                earlier = mates.pop(0)
                steps.append(Step(earlier, item))
                del old[earlier.path], new[item.path]
    steps += [Step(item, None) for item in old.values()]
    steps += [Step(None, item) for item in new.values()]
    return sorted(steps, key=_place)


def _id_and_path(item: Version) -> str:
    return f"{item.id} {item.path}" if item.id else ""


def _id(item: Version) -> str:
    return item.id


def _path(item: Version) -> str:
    return item.path


def _slug(item: Version) -> str:
    return item.slug


def _by(items: Iterable[Version], fact: Callable[[Version], str]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = defaultdict(list)
    for item in items:
        found[fact(item)].append(item)
    return found


def _place(step: Step) -> str:
    shown = step.after or step.before
    return shown.path if shown else ""
