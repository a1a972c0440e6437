"""A file lies where no record can be read from it.

What: something under `incidents/` or `drafts/` is no record (another extension, a link, a folder with a record's
name), or a record has a name that another system cannot keep: two names that differ only in case, or one that
Windows reserves.
Why: what is not read is not checked, and its author thinks it is. Names that differ only in case are one file on
macOS and Windows, so that a checkout there loses a record.

Bad:

    # file: incidents/FI-0001.yml
    schema_version: 1

Good:

    # file: incidents/FI-0001.yaml
    schema_version: 1
    id: FI-0001
    slug: example-bank-chatbot-refunds
    status: removed
    title: Chatbot of Example Bank promises refunds that do not exist
    reason: The organization showed that the answers were written by a person.
    retired_date: 2026-10-01

Fix: rename the file, or move what is no record out of the two folders.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.registry.layout import SUFFIX
from ficli.registry.scan import Stray, StrayKind
from ficli.rules.contract import FILE, IndexContext, IndexProblem, Label, Problem
from ficli.wording import harmless, quoted

RULE = Rule("misplaced-file", Severity.ERROR, Scope.INDEX, since="0.1.0")

_STRAYS = {
    StrayKind.FOLDER_AS_FILE: (
        "{name} is a folder with the name of a record",
        "take `.yaml` off the folder's name",
    ),
    StrayKind.LINK_OUTSIDE: (
        "{name} is a symbolic link that leads out of the registry",
        "put the file itself here",
    ),
    StrayKind.LINK_BROKEN: ("{name} is a symbolic link that leads to nothing", "delete the link"),
    StrayKind.LINK_FOLDER: (
        "{name} is a symbolic link to a folder, which is not followed",
        "put the folder itself here",
    ),
    StrayKind.NOT_A_FILE: ("{name} is neither a file nor a folder", "delete it"),
    StrayKind.TOO_DEEP: (
        "{name} is more than {detail} folders deep, and is not read",
        "move the folder further up",
    ),
    StrayKind.BAD_NAME: (
        "{name} has characters in its name that cannot be shown",
        "rename it with plain letters",
    ),
}
_YAML_BY_ANOTHER_NAME = frozenset({"yml", "yaml"})
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_FORBIDDEN = frozenset('<>:"\\|?*')


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield files among the records that are not records, and file names that are not portable."""
    for stray in index.strays:
        yield IndexProblem(stray.path, _stray(stray))
    first_seen: dict[str, str] = {}
    for entry in index.entries:
        path = entry.path
        first = first_seen.setdefault(_folded(path), path)
        if first != path:
            yield IndexProblem(path, _same_name(path, first))
        for name in path.split("/"):
            if _is_refused_by_windows(name):
                yield IndexProblem(path, _unportable(name))


def _stray(stray: Stray) -> Problem:
    folder, _, name = stray.path.rpartition("/")
    if stray.kind is StrayKind.SUFFIX:
        return Problem(
            FILE,
            f"{quoted(name)} is not read: a record's file ends in `{SUFFIX}`",
            help=_rename(folder, name),
        )
    message, help_ = _STRAYS[stray.kind]
    return Problem(FILE, message.format(name=quoted(name), detail=stray.detail), help=help_)


def _rename(folder: str, name: str) -> str:
    stem, _, suffix = name.rpartition(".")
    if suffix.lower() in _YAML_BY_ANOTHER_NAME:
        return f"rename it to {quoted(stem + SUFFIX)}"
    if suffix.lower() == "json":
        return f"write it as YAML, in {quoted(stem + SUFFIX)}"
    return f"move it out of `{harmless(folder.partition('/')[0])}/`"


def _folded(path: str) -> str:
    """Normalize a name as a file system may: its case, and how an accent is encoded."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())


def _same_name(path: str, first: str) -> Problem:
    return Problem(
        at=FILE,
        message=f"{quoted(path)} and {quoted(first)} are one file on macOS and Windows",
        help="rename one of them",
        related=(Label(FILE, "the other file", path=first),),
    )


def _is_refused_by_windows(name: str) -> bool:
    stem = name.partition(".")[0].rstrip(" ").lower()
    return stem in _RESERVED or name[-1] in ". " or not _FORBIDDEN.isdisjoint(name)


def _unportable(name: str) -> Problem:
    return Problem(FILE, f"Windows can hold no file or folder named {quoted(name)}", help="give it another name")
