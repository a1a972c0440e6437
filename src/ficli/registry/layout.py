"""The one list of a registry's own files and folders: where a registry is, and what no output may replace."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ficli.config import CONFIG_FILE, TAXONOMY_FILE
from ficli.errors import UsageError
from ficli.wording import harmless

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CONFIG_FILE", "TAXONOMY_FILE"]  # the layers below know these two, which they parse

INCIDENTS = "incidents"
DRAFTS = "drafts"
FOLDERS = (DRAFTS, INCIDENTS)
"""The folders of records."""
SUFFIX = ".yaml"
"""How the name of a record's file ends."""

REJECTED_FILE = "rejected.yaml"
RESERVATIONS_FILE = "reservations.yaml"
SETTINGS_FILES = (CONFIG_FILE, TAXONOMY_FILE, REJECTED_FILE)
"""The files by which every record is checked."""
WATCHED = (*FOLDERS, *SETTINGS_FILES, RESERVATIONS_FILE)
"""What a change to the registry is made of."""

SCHEMA_FILE = "schema/incident.schema.json"
PRIVATE_FOLDER = ".ficli"
GIT_FOLDER = ".git"
IGNORE_FILE = ".gitignore"
EDITOR_FOLDER = ".vscode"
GITHUB_FOLDER = ".github"
GITLAB_FILE = ".gitlab-ci.yml"
PRE_COMMIT_FILE = ".pre-commit-config.yaml"

OWNED = (
    *WATCHED,
    SCHEMA_FILE.partition("/")[0],
    PRIVATE_FOLDER,
    GIT_FOLDER,
    IGNORE_FILE,
    ".gitattributes",
    ".gitmodules",
    EDITOR_FOLDER,
    GITHUB_FOLDER,
    GITLAB_FILE,
    PRE_COMMIT_FILE,
)
"""Names in the registry's folder, in lower case, that no report and no export may replace or be written into."""


def find_root(start: Path, *, called: str = "") -> Path:
    """Find the registry that holds a file or folder: the nearest folder upwards with a `ficli.toml`.

    Args:
        start: the file or folder.
        called: the user's name for it, if that is shorter.

    Raises:
        UsageError: there is none, or `start` does not exist.

    """
    if not start.exists():
        message = f"`{harmless(called or str(start))}` does not exist"
        raise UsageError(message, hint="give a registry's folder, or a record in one")
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_FILE).is_file() and not _is_among_records(candidate):
            return candidate
    message = f"no registry here: neither `{harmless(str(folder))}` nor a folder above it has a `{CONFIG_FILE}`"
    if any((folder / name).is_dir() for name in FOLDERS):
        raise UsageError(message, hint="`ficli init` adds what is missing and overwrites nothing")
    raise UsageError(message, hint="`ficli init` makes one; `--registry DIR` names one elsewhere")


def _is_among_records(folder: Path) -> bool:
    """Return whether a folder is among the records of a registry, whose settings hold there and no others."""
    return any(
        (outer / CONFIG_FILE).is_file() and folder.relative_to(outer).parts[0] in FOLDERS for outer in folder.parents
    )


def owned_among(root: Path, paths: Iterable[Path]) -> Path | None:
    """Return the first of these files and folders that is a registry's own: every command asks before it writes one.

    Names are compared without regard to case, as some file systems do. A registry around the file counts like the
    given one. So does what a link in the registry leads to, and a second name of the same file.

    Args:
        root: the registry's folder.
        paths: the files and folders, absolute; they need not exist.

    Raises:
        FicliError: a folder of records cannot be listed.

    """
    places = {path: resolved(path) for path in paths}
    own = {_identity(root / name) for name in OWNED}
    # Only a file that exists can be lost, so most runs need not look at the records.
    if any(os.path.isfile(place) and place.is_relative_to(root) for place in places.values()):
        own |= _linked_records(root)
    own.discard(None)
    for path, place in places.items():
        if _has_own_name(root, place) or any(_identity(part) in own for part in (place, *place.parents)):
            return path
    return None


def _has_own_name(root: Path, place: Path) -> bool:
    below = (
        place.relative_to(root) if place.is_relative_to(root) else place
    )  # a clone may be somewhere in `.git` itself
    return GIT_FOLDER in map(str.casefold, below.parts) or any(
        place.relative_to(folder).parts[0].casefold() in OWNED
        for folder in place.parents
        if folder == root or os.path.isfile(folder / CONFIG_FILE)
    )


def _linked_records(root: Path) -> set[tuple[int, int] | None]:
    from ficli.registry.scan import scan

    files = (root / file.path for file in scan(root).files)
    return {_identity(file) for file in files if os.path.islink(file)}


def _identity(path: Path) -> tuple[int, int] | None:
    """Return the device and the inode of a file, the same for all its names; None if it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def resolved(path: Path) -> Path:
    """Return a path without links and `..`; one that is a circle of links is returned as it is."""
    try:
        return path.resolve()
    except RuntimeError:  # before Python 3.13; writing to it will say so
        return path
