"""One process at a time: a lock on a file, which the system releases when its holder ends, however it ends."""

from __future__ import annotations

import os
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
        path: the file; its folder must exist.
        patience: seconds to wait while another process holds it.

    Raises:
        FicliError: the file cannot be made or locked, or another process holds it for too long.

    """
    from filelock import FileLock, Timeout

    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o666))  # the library would make a folder that is missing
    except OSError as error:
        message = f"`{harmless(str(path))}` could not be opened to keep others out: {_reason(error)}"
        raise FicliError(message) from error
    # Without the soft lock: a file that is there or not would outlive a holder that is killed.
    lock = FileLock(path, timeout=patience, poll_interval=_PAUSE, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"another ficli has been at work here for more than {patience:g} seconds"
        raise FicliError(message, hint="wait for it, or end it, and run the command again") from error
    except (OSError, NotImplementedError) as error:  # also a file system of the network that has no locks
        raise FicliError(f"`{harmless(str(path))}` could not be locked: {_reason(error)}") from error
    try:
        yield
    finally:
        lock.release()


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", "") or str(error)).lower()
