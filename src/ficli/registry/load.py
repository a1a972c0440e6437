"""Reading records from disk, bounded: a file is read once, and never more of it than a record may be long."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ficli.errors import FicliError
from ficli.wording import harmless

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_RECORD = 1024 * 1024
"""Bytes that a record may be long; one byte more is read, so that a longer file shows as one."""


def read_record(root: Path | str, path: str) -> bytes:
    """Read a record's file.

    Args:
        root: the registry's folder.
        path: the file, relative to it.

    Raises:
        FicliError: it cannot be read.

    """
    try:
        handle = os.open(f"{root}/{path}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            size = min(os.fstat(handle).st_size, LARGEST_RECORD) + 1
            content = os.read(handle, size)
            while len(content) < size and (more := os.read(handle, size - len(content))):
                content += more
        finally:
            os.close(handle)
    except OSError as error:
        message = f"`{harmless(path)}` could not be read: {(error.strerror or str(error)).lower()}"
        raise FicliError(message) from error
    return content
