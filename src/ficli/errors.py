"""The few exceptions of ficli; each has its exit code and its hint.

A finding about a record is a value (`ficli.diagnostics.Diagnostic`) and is never raised. An exception
means that the work could not be done as asked.
"""

from __future__ import annotations

import copyreg
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """The exit codes.

    A crash is `FAILED`, never `PROBLEMS`: a build must not mistake a broken tool for a broken record.
    """

    CLEAN = 0
    PROBLEMS = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130


class FicliError(Exception):
    """The work could not be done: a file that cannot be read or written, git, the network.

    Args:
        message: what is wrong, lower case, without a final period.
        hint: what the user can do about it, or empty.

    """

    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Return what pickle needs to rebuild an error on its way from another process, whatever its keywords are."""
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]


class UsageError(FicliError):
    """The command was called wrongly, or on something that is not a registry."""

    exit_code = ExitCode.USAGE


class ConfigurationError(FicliError):
    """`ficli.toml` or `taxonomy.yaml` is wrong.

    Args:
        message: what is wrong, lower case, without a final period.
        path: the file, by the user's name for it.
        line: 1-based line, or 0 for the whole file.
        column: 1-based column, or 0.
        hint: what the user can do about it, or empty.

    """

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, *, path: str, line: int = 0, column: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])
        return f"{place}: {self.message}"


def why_failed(error: Exception) -> str:
    """Return in lower case what the system says about an error; other errors say it themselves."""
    return (getattr(error, "strerror", None) or str(error)).lower()


@contextmanager
def system_errors() -> Iterator[None]:
    """Raise what the system refuses, such as a path too long or a working folder that is gone, as a `FicliError`."""
    try:
        yield
    except OSError as error:
        name = f"`{ascii(error.filename)[1:-1]}`: " if error.filename else ""
        raise FicliError(f"{name}{why_failed(error)}") from error
    except ValueError as error:
        if "null" not in str(error):  # which is how Python refuses a path with a zero byte
            raise
        raise UsageError("a path cannot hold a zero byte") from error
