"""The folder `.ficli/` of a registry: what ficli keeps for itself there, and git never sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.environment import write_file
from ficli.environment.locks import PATIENCE, locked

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

FOLDER = ".ficli"
_LOCK = "lock"
_IGNORE = b"# ficli can make all of this again.\n*\n"


def private_folder(root: Path) -> Path:
    """Give the folder, made where it is missing, with the file that keeps it out of git.

    Raises:
        FicliError: it cannot be written to.

    """
    folder = root / FOLDER
    if not (folder / ".gitignore").exists():
        write_file(folder / ".gitignore", _IGNORE)
    return folder


def only_one(root: Path, *, patience: float = PATIENCE) -> AbstractContextManager[None]:
    """Keep every other ficli that would give, retire or move an ID out of a registry while the body runs.

    Raises:
        FicliError: the registry cannot be written to, or another process keeps it for too long.

    """
    return locked(private_folder(root) / _LOCK, patience=patience)
