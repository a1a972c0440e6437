"""What every command does with its streams: print the product on stdout, note things on stderr."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable
from contextvars import ContextVar

import typer

from ficli.environment import Environment, is_terminal
from ficli.errors import ExitCode, FicliError
from ficli.wording import harmless

_environment: ContextVar[Environment] = ContextVar("environment")


def use(environment: Environment) -> None:
    """Set the environment that commands of this run work in."""
    _environment.set(environment)


def environment() -> Environment:
    """Give the environment of this run."""
    return _environment.get()


class ReaderGoneError(Exception):
    """Whoever read stdout has stopped reading, as `head` does."""


class OutputError(FicliError):
    """Stdout cannot be written to: the disk is full."""


def write(pieces: Iterable[str]) -> None:
    """Write the product to stdout.

    Raises:
        ReaderGoneError: nobody reads on.
        OutputError: the system refuses to write.

    """
    stream = environment().stdout
    for piece in pieces:
        _checked(stream.write, piece)
    _checked(stream.flush)


def write_json(value: object) -> None:
    """Write plain data to stdout as JSON."""
    from ficli.output.dumping import dumped

    write([dumped(value), "\n"])


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Write the product to stdout as bytes, whatever the locale; raises as `write` does."""
    stream = environment().stdout
    binary = getattr(stream, "buffer", None)
    for piece in pieces:
        if binary is None:  # a stream in memory
            stream.write(piece.decode())
        else:
            _checked(binary.write, piece)
    _checked((binary or stream).flush)


def _checked(action: Callable[..., object], *arguments: str | bytes) -> None:
    try:
        action(*arguments)
    except BrokenPipeError:
        raise ReaderGoneError from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"the output could not be written: {reason}") from error


def note(text: str) -> None:
    """Write a line to stderr, made harmless; a note that nobody can read is no reason to stop."""
    stream = environment().stderr
    with contextlib.suppress(OSError, ValueError):
        stream.write(harmless(text) + "\n")
        stream.flush()


def note_lines(text: str) -> None:
    """Write text of several lines to stderr."""
    for line in text.splitlines():
        note(line)


def can_ask() -> bool:
    """Tell whether somebody is there who can answer a prompt, on a terminal that can draw one."""
    here = environment()
    return is_terminal(here.stdin) and is_terminal(here.stderr) and here.variables.get("TERM") != "dumb"


def finish(code: ExitCode) -> None:
    """End the command with an exit code; nothing happens where all is well."""
    if code is not ExitCode.CLEAN:
        raise typer.Exit(int(code))


def colours(choice: str) -> bool:
    """Tell whether stdout is to be coloured."""
    here = environment()
    return here.colour(choice, here.stdout)


def stdout_width() -> int:
    """Measure a line of stdout in cells; 0 for a pipe or a file, where nothing is wrapped."""
    return screen_width() if is_terminal(environment().stdout) else 0


def screen_width() -> int:
    """Measure a line of the user's terminal in cells."""
    columns = environment().variables.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) else shutil.get_terminal_size((80, 24)).columns
