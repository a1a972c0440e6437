"""Write the registry's files: each whole or not at all, and none that somebody else has changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ficli.environment import write_file
from ficli.errors import FicliError
from ficli.registry.records import read_record
from ficli.wording import harmless

if TYPE_CHECKING:
    from pathlib import Path


def write_changes(root: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes]) -> None:
    """Write changed files, each whole or not at all, unless someone else changed one meanwhile.

    Args:
        root: the registry's folder.
        before: the bytes that were read, by path; None for a file that was not there.
        after: the bytes to write, by path.

    Raises:
        FicliError: a file is no longer the one that was read, or cannot be written.

    """
    for path in after:
        if before[path] is not None and read_record(root, path) != before[path]:
            message = f"`{harmless(path)}` was changed by someone else meanwhile, so nothing was written"
            raise FicliError(message, hint="run the command again")
    for path, content in after.items():
        write_file(root / path, content, overwrite=before[path] is not None)
