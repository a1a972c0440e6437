"""Find the files that are records: one walk over `incidents/` and `drafts/` that opens no file.

A symbolic link is followed only if it ends at a file inside the registry and is not a circle; everything
else that is not a record is reported as a stray, so that nothing is skipped silently.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import FicliError, why_failed
from ficli.registry.layout import FOLDERS, SUFFIX
from ficli.wording import HIDDEN, harmless

if TYPE_CHECKING:
    from pathlib import Path

_DEEPEST = 16


class RecordFile(NamedTuple):
    """A record's place: `path` relative to the registry with `/`, and its top folder."""

    path: str
    folder: str

    @property
    def stem(self) -> str:
        """The file name without `.yaml`."""
        return self.path.rpartition("/")[2].removesuffix(SUFFIX)


class StrayKind(StrEnum):
    """Why something in the folders is not a record."""

    SUFFIX = "suffix"
    FOLDER_AS_FILE = "folder-as-file"
    LINK_OUTSIDE = "link-outside"
    LINK_BROKEN = "link-broken"
    LINK_FOLDER = "link-folder"
    NOT_A_FILE = "not-a-file"
    TOO_DEEP = "too-deep"
    BAD_NAME = "bad-name"


class Stray(NamedTuple):
    """Something in the folders that is not a record; `path` as in `RecordFile`."""

    path: str
    kind: StrayKind
    detail: str = ""


class Scan(NamedTuple):
    """The content of the folders, both lists sorted by path."""

    files: list[RecordFile]
    strays: list[Stray]


def scan(root: Path) -> Scan:
    """Walk the record folders of a registry.

    Raises:
        FicliError: a folder cannot be listed.

    """
    found = Scan([], [])
    for folder in FOLDERS:
        if (root / folder).is_symlink():
            _follow(root, folder, folder, found)
        elif (root / folder).is_dir():
            _walk(root, folder, folder, found, depth=0)
    found.files.sort()
    found.strays.sort()
    return found


def _walk(root: Path, folder: str, relative: str, found: Scan, *, depth: int) -> None:
    for entry in _listed(root, relative):
        name = entry.name
        if name.startswith("."):
            continue
        path = f"{relative}/{name}"
        if not _speakable(name):
            found.strays.append(Stray(path, StrayKind.BAD_NAME))
        elif entry.is_symlink():
            _follow(root, folder, path, found)
        elif entry.is_dir():
            if name.endswith(SUFFIX):
                found.strays.append(Stray(path, StrayKind.FOLDER_AS_FILE))
            elif depth >= _DEEPEST:
                found.strays.append(Stray(path, StrayKind.TOO_DEEP, str(_DEEPEST)))
            else:
                _walk(root, folder, path, found, depth=depth + 1)
        elif not entry.is_file():
            found.strays.append(Stray(path, StrayKind.NOT_A_FILE))
        elif name.endswith(SUFFIX):
            found.files.append(RecordFile(path, folder))
        else:
            found.strays.append(Stray(path, StrayKind.SUFFIX, name.rpartition(".")[2] if "." in name else ""))


def _listed(root: Path, relative: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(root / relative) as entries:
            yield from entries
    except OSError as error:
        message = f"`{harmless(relative)}` could not be listed: {why_failed(error)}"
        raise FicliError(message) from error


def _speakable(name: str) -> bool:
    """Return whether a file name can be shown as it is: no bytes outside UTF-8, no control characters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return HIDDEN.search(name) is None


def _follow(root: Path, folder: str, path: str, found: Scan) -> None:
    try:
        target = (root / path).resolve(strict=True)
    except (OSError, RuntimeError):
        found.strays.append(Stray(path, StrayKind.LINK_BROKEN))
        return
    if not target.is_relative_to(root):
        found.strays.append(Stray(path, StrayKind.LINK_OUTSIDE))
    elif target.is_dir():
        found.strays.append(Stray(path, StrayKind.LINK_FOLDER))
    elif not target.is_file():
        found.strays.append(Stray(path, StrayKind.NOT_A_FILE))
    elif path.endswith(SUFFIX):
        found.files.append(RecordFile(path, folder))
    else:
        found.strays.append(Stray(path, StrayKind.SUFFIX))
