"""Merge one record into another about the same incident: the first becomes a tombstone that leads there."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.commands.retire.tombstones import (
    FileWrites,
    extended,
    held_record,
    pointed_elsewhere,
    repoint,
    require_committed,
    tombstone,
)
from ficli.errors import UsageError
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.lookup import find_record, require_record
from ficli.registry.private_folder import only_one
from ficli.urls.identity import match_key
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.incident.record import Record
    from ficli.registry.records import SourceFile

KINDS = ("sources", "aliases", "related")
"""The parts of the merged record that the other one may take over."""


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What to merge.

    Attributes:
        record: the record that becomes a tombstone, as `find_record` accepts it.
        into: the record that describes the incident from then on.
        take: which of `KINDS` the latter takes over; None to get the offer.
        reason: why, for the public; empty for the default that both describe the same incident.
        registry: a folder in the registry; by default the working folder.
        history: whether git must have the text of the merged record.
        write: whether to write, or only to report what would be written.

    """

    record: str
    into: str
    take: Collection[str] | None = None
    reason: str = ""
    registry: Path | None = None
    history: bool = True
    write: bool = True


class MergeDifference(NamedTuple):
    """The items that one record has and the other does not; each is plain data."""

    sources: list[Any]
    aliases: list[Any]
    related: list[Any]

    def __str__(self) -> str:
        nouns = (("source", ""), ("alias", "aliases"), ("related record", ""))
        return ", ".join(counted(len(items), *noun) for items, noun in zip(self, nouns, strict=True) if items)


class Undecided(NamedTuple):
    """A merge for which the user has to choose what is taken over: the two IDs, and what is offered."""

    old: str
    new: str
    offer: MergeDifference


def merge(environment: Environment, request: MergeRequest) -> FileWrites | Undecided:
    """Merge a record into another. Running it again finishes what was interrupted.

    Raises:
        UsageError: no registry, no such record, a circle, a record that is a draft or was removed.
        EditError: a file is written in a way in which it cannot be edited.
        FicliError: a file cannot be read or written, or git failed.

    """
    opened = open_registry(environment, request.registry)
    with only_one(opened.root) if request.write else nullcontext():
        old = held_record(environment, opened, request.record)
        new = _target(environment, opened, request.into, old)
        changes = FileWrites(opened.root)
        if old.record.status == "merged":
            _require_same_target(environment, opened, old, new)
            changes.done.append(f"{old.record.id} was merged into {new.record.id} before")
        else:
            offer = offered(old.record, new.record)
            if request.take is None and any(offer):
                return Undecided(old.record.id, new.record.id, offer)
            if request.history:
                require_committed(environment, opened, old)
            _extend(changes, old.record.id, new, offer, request.take or (), environment.today().isoformat())
        repoint(changes, old.record.id, new.record.id, but=(old.path, new.path))
        if old.record.status != "merged":
            reason = request.reason or f"It tells the same incident as {new.record.id}."
            day = environment.today().isoformat()
            changes.put(old, tombstone(old.document, reason=reason, day=day, into=new.record.id))
            changes.done.append(f"{old.record.id} is a tombstone that leads to {new.record.id}")
        if request.write:
            changes.write()
        return changes


def offered(old: Record, new: Record) -> MergeDifference:
    """Find what one record has that another lacks: sources by page, aliases and related records by name."""
    pages = {match_key(url) for _, source in new.sources if isinstance(url := source.get("url"), str)}
    sources = [
        dict(source)
        for _, source in old.sources
        if isinstance(url := source.get("url"), str) and match_key(url) not in pages
    ]
    aliases = {text for _, text in new.texts("aliases")}
    related = {text for _, text in new.texts("related")} | {old.id, new.id}
    return MergeDifference(
        sources,
        [text for _, text in old.texts("aliases") if text not in aliases],
        [text for _, text in old.texts("related") if text not in related],
    )


def _target(environment: Environment, opened: OpenRegistry, name: str, old: SourceFile) -> SourceFile:
    """Follow redirects to the record that describes the incident now; a repeated ID is a circle."""
    held = first = held_record(environment, opened, name)
    seen = {old.record.id}
    while True:
        if held.record.id in seen:
            what = "itself" if first.record.id == held.record.id else f"{first.record.id}, which leads back"
            raise UsageError(f"{old.record.id} cannot be merged into {what}", hint="a redirect must end at a record")
        seen.add(held.record.id)
        if held.record.status != "merged":
            break
        held = find_record(opened.config, held.record.text("merged_into"), cwd=environment.cwd)
        require_record(held)
    if old.record.status == "removed" or held.record.status != "published":
        gone = old if old.record.status == "removed" else held
        message = f"{gone.record.id} has {quoted(f'status: {gone.record.status}')}, and tells no incident"
        raise UsageError(message, hint=f"`ficli reopen {gone.record.id}` publishes it again")
    return held


def _require_same_target(environment: Environment, opened: OpenRegistry, old: SourceFile, new: SourceFile) -> None:
    file = find_record(opened.config, old.record.text("merged_into"), cwd=environment.cwd)
    if file.path != new.path:
        message = f"{old.record.id} was merged into {old.record.text('merged_into')} before"
        raise UsageError(message, hint=f"`ficli reopen {old.record.id}` first, or merge that one")


def _extend(
    changes: FileWrites, old: str, new: SourceFile, offer: MergeDifference, take: Collection[str], day: str
) -> None:
    """Add what was chosen to the record that stays, with a line in its public history."""
    taken = MergeDifference(*(items if kind in take else [] for kind, items in zip(KINDS, offer, strict=True)))
    document = pointed_elsewhere(new.document, old, new.record.id)
    additions = list(zip(KINDS, taken, strict=True))
    if any(taken):
        note = f"{old}, which told the same incident, was merged into this record: {taken} taken over."
        additions.append(("corrections", [{"date": day, "note": note}]))
        changes.done.append(f"{new.record.id} takes over {taken}")
    changes.put(new, extended(document, additions))
