"""Split a record that describes several incidents: it keeps its ID, and a draft for each other one refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from ficli.commands.retire.tombstones import FileWrites, held_record
from ficli.diagnostics import Edit, InsertKey, Remove, SetValue
from ficli.environment import Environment, write_file
from ficli.errors import UsageError
from ficli.incident.fields import LAYOUT, RECORD
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.layout import DRAFTS, SUFFIX
from ficli.registry.private_folder import only_one
from ficli.registry.records import SourceFile
from ficli.registry.scan import scan
from ficli.wording import quoted
from ficli.yaml.edit import edited

if TYPE_CHECKING:
    from pathlib import Path

_TO_WRITE = {"title": "the title", "summary": "the summary", "what_happened": "the account"}
_ITS_OWN = tuple(field.name for field in RECORD if field.whole)
"""Fields about the whole incident or the record, which are not copied to its parts."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_SLUG = 60


def split(
    environment: Environment, name: str, slugs: Sequence[str], *, registry: Path | None = None, write: bool
) -> FileWrites:
    """Create a draft for each incident that gets its own record. A second run adds what is missing.

    Args:
        environment: the environment to work in.
        name: the record, as `find_record` accepts it.
        slugs: the slugs of the drafts.
        registry: a folder in the registry; by default the working folder.
        write: whether to write, or only to report what would be written.

    Raises:
        UsageError: no registry, no such record, a record that is not published, a slug that is invalid or taken.
        EditError: the record is written in a way in which it cannot be edited.
        FicliError: a file cannot be read or written.

    """
    if not slugs:
        raise UsageError("the drafts have no slugs", hint="`--into SLUG`, once for each")
    for slug in slugs:
        if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
            hint = f"lower-case words and numbers with hyphens between them, at most {_LONGEST_SLUG} characters"
            raise UsageError(f"`--into`: {quoted(slug)} is no slug", hint=hint)
    opened = open_registry(environment, registry)
    with only_one(opened.root) if write else nullcontext():
        held = held_record(environment, opened, name)
        if held.record.is_tombstone:
            raise UsageError(f"{held.record.id} has {quoted(f'status: {held.record.status}')}, and tells no incident")
        changes = FileWrites(opened.root)
        for slug in dict.fromkeys(slugs):
            _scaffold(changes, opened, held, slug)
        if write:
            for path, content in changes.after.items():
                write_file(opened.root / path, content, overwrite=False)
        changes.done.append(f"{held.record.id} keeps its ID and its text; take out of it what the drafts tell")
        changes.next = f"write what is still TODO, then `ficli assign {' '.join(dict.fromkeys(slugs))}`"
        return changes


def _scaffold(changes: FileWrites, opened: OpenRegistry, held: SourceFile, slug: str) -> None:
    path = f"{DRAFTS}/{slug}{SUFFIX}"
    text = _draft(held, slug)
    for taken in _holders(opened, slug):
        if taken.path == path and held.record.id in {text for _, text in taken.record.texts("related")}:
            changes.done.append(f"`{path}` is there already")
            return
        raise UsageError(f"{quoted(slug)} is the slug of `{taken.path}`", hint="a slug is never used twice")
    changes.before[path], changes.after[path] = b"", text
    changes.done.append(f"`{path}` is a draft with the sources of {held.record.id}, and names it in `related`")


def _holders(opened: OpenRegistry, slug: str) -> Iterator[SourceFile]:
    """Yield the files that have a slug."""
    for file in scan(opened.root).files:
        source = SourceFile(opened.root, file.path)
        if slug.encode() in source.raw.lower() and source.record.slug.casefold() == slug:
            yield source


def _draft(held: SourceFile, slug: str) -> bytes:
    data = held.record.data
    edits: list[Edit] = [SetValue(("slug",), slug), SetValue(("status",), "draft")]
    edits += [
        SetValue((key,), f"TODO: {what} of this incident alone") for key, what in _TO_WRITE.items() if key in data
    ]
    edits += [Remove((key,)) for key in _ITS_OWN if key in data]
    return edited(edited(held.document, edits, LAYOUT), [InsertKey((), "related", [held.record.id])], LAYOUT).raw
