"""The folder `.ficli/` of a registry: what ficli keeps for itself there, and git never sees.

Somebody may have committed it all the same. So nothing in it is believed that a commit could hold, and no link in it
leads what is written somewhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.environment import remove_file, write_file
from ficli.environment.locks import PATIENCE, locked
from ficli.errors import FicliError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

FOLDER = ".ficli"
_LOCK = "lock"
IGNORED = ".gitignore"
_IGNORE = b"# ficli can make all of this again.\n*\n"


def private_file(root: Path, name: str) -> Path:
    """Give a file of the folder, to be written to; the folder is made where it is missing, and git kept out of it.

    Raises:
        FicliError: the folder cannot be written to, or is a link.

    """
    folder = root / FOLDER
    if folder.is_symlink():
        raise FicliError(f"`{FOLDER}` is a link, so nothing is kept there", hint="delete it: ficli makes its own")
    for path in (folder / name, folder / IGNORED):
        if path.is_symlink():
            remove_file(path)
    if not (folder / IGNORED).exists():
        write_file(folder / IGNORED, _IGNORE)
    return folder / name


def only_one(root: Path, *, patience: float = PATIENCE) -> AbstractContextManager[None]:
    """Keep every other ficli that would give, retire or move an ID out of a registry while the body runs.

    Raises:
        FicliError: the registry cannot be written to, or another process keeps it for too long.

    """
    return locked(private_file(root, _LOCK), patience=patience)
