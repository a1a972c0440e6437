"""Removes a record from the index: its file and its ID stay, as a tombstone that says why."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from ficli.commands.opening import open_registry
from ficli.commands.retiring import Changes, held_record, repoint, require_committed
from ficli.errors import UsageError
from ficli.registry.private import only_one
from ficli.registry.retire import tombstone
from ficli.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment


def remove(
    environment: Environment, name: str, *, reason: str, registry: Path | None = None, history: bool, write: bool
) -> Changes:
    """Make a record a tombstone. Running it again finishes what was interrupted.

    Args:
        environment: the world to work in.
        name: the record, as `find_record` takes it.
        reason: why, for the public.
        registry: a folder in the registry, where the working folder does not say.
        history: whether git must have the text of the record.
        write: whether to write, or only to say what would be.

    Raises:
        UsageError: no registry, no such record, a draft, a record that was merged, no reason.
        EditError: a file is written in a way in which it cannot be edited.
        FicliError: a file cannot be read or written, or git failed.

    """
    if not reason.strip():
        raise UsageError("a record is removed for a reason that readers are told", hint="`--reason TEXT`")
    opened = open_registry(environment, registry)
    with only_one(opened.root) if write else nullcontext():
        held = held_record(environment, opened, name)
        changes = Changes(opened.root)
        if held.record.status == "merged":
            message = f"{held.record.id} is merged into {quoted(held.record.text('merged_into'))} already"
            raise UsageError(message, hint="remove that one, or leave the redirect")
        if held.record.status == "removed":
            changes.told.append(f"{held.record.id} was removed before")
        elif history:
            require_committed(environment, opened, held)
        repoint(changes, held.record.id, "", but=(held.path,))
        if held.record.status != "removed":
            day = environment.today().isoformat()
            changes.put(held, tombstone(held.document, reason=reason.strip(), day=day))
            changes.told.append(f"{held.record.id} is a tombstone that says why it was removed")
        if write:
            changes.write()
        return changes
