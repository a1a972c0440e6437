"""Remove a record from the index and reopen it: the file and its ID stay, as a tombstone with the reason."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from ficli.commands.retire.tombstones import FileWrites, extended, held_record, repoint, require_committed, tombstone
from ficli.errors import FicliError, UsageError
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.git_history import open_history
from ficli.registry.private_folder import only_one
from ficli.registry.records import SourceFile
from ficli.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment


def remove(
    environment: Environment, name: str, *, reason: str, registry: Path | None = None, history: bool, write: bool
) -> FileWrites:
    """Turn a record into a tombstone. Running it again finishes what was interrupted.

    Args:
        environment: the environment to work in.
        name: the record, as `find_record` accepts it.
        reason: why, for the public.
        registry: a folder in the registry; by default the working folder.
        history: whether git must have the text of the record.
        write: whether to write, or only to report what would be written.

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
        changes = FileWrites(opened.root)
        if held.record.status == "merged":
            message = f"{held.record.id} is merged into {quoted(held.record.text('merged_into'))} already"
            raise UsageError(message, hint="remove that one, or leave the redirect")
        if held.record.status == "removed":
            changes.done.append(f"{held.record.id} was removed before")
        elif history:
            require_committed(environment, opened, held)
        repoint(changes, held.record.id, "", but=(held.path,))
        if held.record.status != "removed":
            day = environment.today().isoformat()
            changes.put(held, tombstone(held.document, reason=reason.strip(), day=day))
            changes.done.append(f"{held.record.id} is a tombstone that says why it was removed")
        if write:
            changes.write()
        return changes


def reopen(
    environment: Environment, name: str, *, reason: str, registry: Path | None = None, write: bool
) -> FileWrites:
    """Restore the text of a record in place of its tombstone, with a line in its public history.

    Args:
        environment: the environment to work in.
        name: the record, as `find_record` accepts it.
        reason: why, for the public.
        registry: a folder in the registry; by default the working folder.
        write: whether to write, or only to report what would be written.

    Raises:
        UsageError: no registry, no such record, a record that is published, no reason.
        EditError: the old text is written in a way in which it cannot be edited.
        FicliError: no commit has the old text, a file cannot be read or written, or git failed.

    """
    if not reason.strip():
        raise UsageError("a record is reopened for a reason that readers are told", hint="`--reason TEXT`")
    opened = open_registry(environment, registry)
    with only_one(opened.root) if write else nullcontext():
        held = held_record(environment, opened, name)
        if not held.record.is_tombstone:
            raise UsageError(f"{held.record.id} is published, and need not be reopened")
        day, was = environment.today().isoformat(), held.record.status
        note = f"Reopened after it was {was} on {held.record.text('retired_date')}: {reason.strip()}"
        text = extended(
            _last_text(environment, opened, held).document, [("corrections", [{"date": day, "note": note}])]
        )
        changes = FileWrites(opened.root)
        changes.put(held, text)
        changes.done.append(f"{held.record.id} is published again, with the text of the last commit that had it")
        if was == "merged":
            into = held.record.text("merged_into")
            changes.done.append(f"what {into} took over from it stays there, and what named it names {into} still")
        if write:
            changes.write()
        return changes


def _last_text(environment: Environment, opened: OpenRegistry, held: SourceFile) -> SourceFile:
    """Find the newest published version of a record in git."""
    history = open_history(environment, opened.root)
    if history is None:
        raise FicliError("this registry is in no git clone, so the text of the record is not known")
    versions = [change.blob for change in history.changes(held.path, kinds="AM")]
    contents = dict(history.contents(versions))
    for blob in versions:
        file = SourceFile(opened.root, held.path, contents.get(blob, b""))
        record = file.record
        if record.status == "published" and record.id == held.record.id and record.slug == held.record.slug:
            return file
    hint = "`git fetch --unshallow` may bring it" if history.shallow else ""
    raise FicliError(f"no commit has the text of {held.record.id}", hint=hint)
