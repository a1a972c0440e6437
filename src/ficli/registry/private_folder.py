"""The folder `.ficli/` of a registry: private files of ficli, which git never sees.

Somebody may have committed it all the same. So ficli does not trust anything in it that a commit could contain, and
does not follow links in it when writing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.environment import remove_file, write_file
from ficli.environment.files import PATIENCE, locked
from ficli.errors import FicliError
from ficli.registry.layout import IGNORE_FILE, PRIVATE_FOLDER

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

_LOCK = "lock"
_IGNORE = b"# ficli can make all of this again.\n*\n"


def private_file(root: Path, name: str) -> Path:
    """Return the path of a file in the folder, for writing; creates the folder and keeps git out of it.

    Raises:
        FicliError: the folder cannot be written to, or is a link.

    """
    folder = root / PRIVATE_FOLDER
    if folder.is_symlink():
        raise FicliError(
            f"`{PRIVATE_FOLDER}` is a link, so nothing is kept there", hint="delete it: ficli makes its own"
        )
    for path in (folder / name, folder / IGNORE_FILE):
        if path.is_symlink():
            remove_file(path)
    if not (folder / IGNORE_FILE).exists():
        write_file(folder / IGNORE_FILE, _IGNORE)
    return folder / name


def only_one(root: Path, *, patience: float = PATIENCE) -> AbstractContextManager[None]:
    """Lock a registry against every other ficli that would give, retire or move an ID while the body runs.

    Raises:
        FicliError: the registry cannot be written to, or another process holds the lock for too long.

    """
    return locked(private_file(root, _LOCK), patience=patience)
