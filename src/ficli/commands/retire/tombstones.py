"""Tombstones: what the file of a merged or removed record becomes, and the files that name it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ficli.diagnostics import AppendItem, Edit, InsertKey, Remove, SetValue
from ficli.environment.git import GitError
from ficli.errors import UsageError
from ficli.incident.fields import LAYOUT, RECORD
from ficli.incident.record import Record
from ficli.registry.git_history import open_history
from ficli.registry.layout import INCIDENTS
from ficli.registry.lookup import find_record, require_record
from ficli.registry.records import SourceFile
from ficli.registry.scan import scan
from ficli.registry.writing import write_changes
from ficli.wording import harmless, quoted
from ficli.yaml.edit import apply, edited

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.open_registry import OpenRegistry
    from ficli.yaml.document import YamlDocument


_KEPT = frozenset(field.name for field in RECORD if field.kept)
"""The fields that a tombstone keeps of its record."""


def tombstone(document: YamlDocument, *, reason: str, day: str, into: str = "") -> bytes:
    """Write the tombstone of a record.

    Args:
        document: the record's file.
        reason: why, for the public.
        day: the day it is retired, as `YYYY-MM-DD`.
        into: the ID of the record that describes the incident now; empty for a record that is removed.

    Raises:
        EditError: the file is written in a way in which it cannot be edited.

    """
    data = Record(document.data).data
    edits: list[Edit] = [Remove((key,)) for key in data if key not in _KEPT]
    edits.append(SetValue(("status",), "merged" if into else "removed"))
    if into:
        edits.append(InsertKey((), "merged_into", into))
    edits += [InsertKey((), "reason", reason), InsertKey((), "retired_date", day)]
    return apply(document, edits, LAYOUT).encode()


def pointed_elsewhere(document: YamlDocument, old: str, new: str) -> YamlDocument:
    """Change the references of a file from one record to another, in `related` or `merged_into`.

    Args:
        document: the file.
        old: the ID that it names.
        new: the ID that it is to name; empty to remove the old one from `related`.

    Raises:
        EditError: the file is written in a way in which it cannot be edited.

    """
    record = Record(document.data)
    edits: list[Edit] = []
    if new and record.text("merged_into") == old:
        edits.append(SetValue(("merged_into",), new))
    edits += _related(record, old, new)
    return edited(document, edits, LAYOUT)


def mentions_record(file: SourceFile, record_id: str) -> bool:
    """Return whether a file names a record in `related` or `merged_into`; most files are not parsed for this."""
    if record_id.encode() not in file.raw:
        return False
    record = file.record
    return record.text("merged_into") == record_id or any(text == record_id for _, text in record.texts("related"))


def _related(record: Record, old: str, new: str) -> list[Edit]:
    listed = record.texts("related")
    places = [number for number, text in listed if text == old]
    if not places:
        return []
    is_named = any(text == new for _, text in listed) or record.id == new
    if new and not is_named:
        first, *others = places
        return [SetValue(("related", first), new), *(Remove(("related", number)) for number in others)]
    if len(places) == len(record.data["related"]):
        return [Remove(("related",))]
    return [Remove(("related", number)) for number in places]


def extended(document: YamlDocument, additions: Iterable[tuple[str, list[object]]]) -> bytes:
    """Add items at the end of lists of a record; missing lists are created.

    Args:
        document: the record's file.
        additions: the names of top-level lists, each with its new items as plain data.

    Raises:
        EditError: the file is written in a way in which it cannot be edited.

    """
    edits = [edit for name, items in additions if items for edit in _added(document, name, items)]
    return edited(document, edits, LAYOUT).raw


def _added(document: YamlDocument, name: str, items: list[object]) -> list[Edit]:
    if document.node((name,)) is None:
        return [InsertKey((), name, items)]
    return [AppendItem((name,), item) for item in items]


@dataclass(slots=True)
class FileWrites:
    """The files that a command changes, in the order in which they are written.

    Attributes:
        root: the registry's folder.
        before: the old bytes of each file, by path.
        after: the new ones.
        done: what was done, in sentences for the user.
        next: the command to run next.

    """

    root: Path
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    next: str = "ficli validate"

    def put(self, held: SourceFile, content: bytes) -> bool:
        """Plan to write a file, and return whether that changes it."""
        if content == held.raw:
            return False
        self.before[held.path], self.after[held.path] = held.raw, content
        return True

    def write(self) -> None:
        """Write the files, each whole or not at all.

        Raises:
            FicliError: one was changed meanwhile, or cannot be written.

        """
        write_changes(self.root, self.before, self.after)


def held_record(environment: Environment, opened: OpenRegistry, name: str) -> SourceFile:
    """Find the record with an ID that a user means.

    Raises:
        UsageError: there is none, or it is a draft.
        FicliError: the file cannot be read.

    """
    file = find_record(opened.config, name, cwd=environment.cwd)
    require_record(file)
    if file.folder != INCIDENTS or not file.record.id:
        message = f"{quoted(name)} is a draft, and nobody can have cited it"
        raise UsageError(message, hint="edit it, or delete its file")
    return file


def require_committed(environment: Environment, opened: OpenRegistry, held: SourceFile) -> None:
    """Check that a commit has the text of a record before a tombstone replaces it.

    Raises:
        UsageError: no commit has it.
        GitError: git failed.

    """
    hint = "commit it first, or `--no-history` to go on without"
    history = open_history(environment, opened.root)
    if history is None:
        raise UsageError("this registry is in no git clone, so the text of the record would be lost", hint=hint)
    try:
        committed = history.git(["rev-parse", "--verify", "--quiet", "--end-of-options", f"HEAD:./{held.path}"])
        blob = history.git(["hash-object", "--stdin", f"--path={held.path}"], stdin=held.raw)
    except GitError as error:
        if error.stderr.strip():
            raise
        committed, blob = b"", b"nothing"
    if committed != blob:
        raise UsageError(f"no commit has `{harmless(held.path)}` as it is, so its text would be lost", hint=hint)


def repoint(changes: FileWrites, old: str, new: str, *, but: Sequence[str]) -> None:
    """Change every reference to a record, in all other files, to another one, or remove it.

    Args:
        changes: what is written.
        old: the ID that is referred to.
        new: the ID to refer to; empty to remove the old one.
        but: paths of files that are handled elsewhere.

    Raises:
        EditError: a file is written in a way in which it cannot be edited.
        FicliError: a file cannot be read.

    """
    for file in (SourceFile(changes.root, found.path) for found in scan(changes.root).files):
        if file.path in but or not mentions_record(file, old):
            continue
        if changes.put(file, pointed_elsewhere(file.document, old, new).raw):
            what = f"names {new} instead of {old}" if new else f"names {old} no more"
            changes.done.append(f"`{harmless(file.path)}` {what}")
