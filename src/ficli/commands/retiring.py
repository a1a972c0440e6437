"""What merging, removing, splitting and reopening have in common: the record, who names it, what is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ficli.environment.git import GitError
from ficli.errors import FicliError, UsageError
from ficli.registry.find import find_record
from ficli.registry.history import open_history
from ficli.registry.layout import INCIDENTS
from ficli.registry.records import SourceFile
from ficli.registry.retire import names, pointed_elsewhere
from ficli.registry.scan import scan
from ficli.registry.writing import write_changes
from ficli.wording import harmless, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ficli.commands.opening import OpenRegistry
    from ficli.environment import Environment


@dataclass(slots=True)
class Changes:
    """The files that a command changes, in the order in which they are written.

    Attributes:
        root: the registry's folder.
        before: the old bytes of each file, by path.
        after: the new ones.
        told: what was done, each in a sentence for the user.
        next: the command to run next.

    """

    root: Path
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    next: str = "ficli validate"

    def put(self, held: SourceFile, content: bytes) -> bool:
        """Plan to write a file, and tell whether that changes it."""
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
        FicliError: it cannot be read.

    """
    file = find_record(opened.config, name, cwd=environment.cwd)
    require_record(file)
    if file.folder != INCIDENTS or not file.record.id:
        message = f"{quoted(name)} is a draft, and nobody can have cited it"
        raise UsageError(message, hint="edit it, or delete its file")
    return file


def require_record(file: SourceFile) -> None:
    """See that a file holds a record.

    Raises:
        FicliError: it cannot be read, or holds no record.

    """
    if file.data is None:
        raise FicliError(f"`{harmless(file.path)}` cannot be read as a record", hint="`ficli validate` shows why")


def require_committed(environment: Environment, opened: OpenRegistry, held: SourceFile) -> None:
    """See that a commit has what a record says, before a tombstone takes its place.

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


def repoint(changes: Changes, old: str, new: str, *, but: Sequence[str]) -> None:
    """Let every other file that names a record name another one, or none.

    Args:
        changes: what is written.
        old: the ID that is named.
        new: the ID to name; nothing to take the old one out.
        but: paths of files that are seen to elsewhere.

    Raises:
        EditError: a file is written in a way in which it cannot be edited.
        FicliError: a file cannot be read.

    """
    for file in (SourceFile(changes.root, found.path) for found in scan(changes.root).files):
        if file.path in but or not names(file, old):
            continue
        if changes.put(file, pointed_elsewhere(file.document, old, new).raw):
            what = f"names {new} instead of {old}" if new else f"names {old} no more"
            changes.told.append(f"`{harmless(file.path)}` {what}")
