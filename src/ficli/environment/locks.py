"""One process at a time: a lock on a file, which the system lifts when its holder ends, however it ends."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ficli.errors import FicliError
from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 600.0
"""Seconds to wait for another process."""

_PAUSE = 0.02


@contextmanager
def locked(path: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a lock while the body runs; the file stays behind, empty.

    Args:
        path: the file; its folder must be there.
        patience: seconds to wait while another process holds it.

    Raises:
        FicliError: the file cannot be made or locked, or another process holds it for too long.

    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"`{harmless(str(path))}` could not be opened to keep others out: {reason}"
        raise FicliError(message) from error
    try:
        _wait(handle, path, patience)
        yield
    finally:
        os.close(handle)  # lifts the lock


def _wait(handle: int, path: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() >= deadline:
                message = f"another ficli has been at work here for more than {patience:g} seconds"
                raise FicliError(message, hint="wait for it, or end it, and run the command again") from error
            time.sleep(_PAUSE)
        except OSError as error:  # a file system of the network that has no locks
            reason = (error.strerror or str(error)).lower()
            raise FicliError(f"`{harmless(str(path))}` could not be locked: {reason}") from error
        else:
            return


def _lock(handle: int) -> None:
    """Take the lock or raise at once."""
    try:
        import fcntl
    except ImportError:  # Windows
        from importlib import import_module

        windows = import_module("msvcrt")  # which type checkers know on Windows only
        windows.locking(handle, windows.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
