"""Reads a file that the user names, or stdin for `-`; never more of it than is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ficli.errors import UsageError
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.environment import Environment

_MOST: Final = 5 * 1024 * 1024 + 1
"""Bytes: one more than a page may have, so that a longer one shows as one."""


def read_given(environment: Environment, name: str) -> bytes:
    """Read a file.

    Raises:
        UsageError: it cannot be read.

    """
    try:
        if name == "-":
            stream = environment.stdin
            raw = getattr(stream, "buffer", None)
            return bytes(raw.read(_MOST)) if raw is not None else stream.read(_MOST).encode()
        with open(environment.cwd / name, "rb") as file:
            return file.read(_MOST)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"{quoted(name)} could not be read: {reason}") from error
