"""The state of a run and its streams: product on stdout, notes on stderr, files that the user names, fetch policy."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from ficli.environment import Environment, is_terminal
from ficli.errors import ExitCode, FicliError, UsageError, why_failed
from ficli.wording import harmless, quoted, safe_json

if TYPE_CHECKING:
    from ficli.config import Config
    from ficli.web.fetch.policy import FetchPolicy

_environment: ContextVar[Environment] = ContextVar("environment")

_MOST: Final = 5 * 1024 * 1024 + 1
"""Bytes: one more than a page may have, so that a longer one is noticed."""

_policy: ContextVar[FetchPolicy | None] = ContextVar("policy", default=None)


def set_environment(environment: Environment) -> None:
    """Set the environment that commands of this run work in."""
    _environment.set(environment)


def environment() -> Environment:
    """Return the environment of this run."""
    return _environment.get()


def set_fetch_policy(fetch_policy: FetchPolicy | None) -> None:
    """Set the policy of this run; None for that of the registry."""
    _policy.set(fetch_policy)


def fetch_policy(config: Config | None = None, *, any_port: bool = False) -> FetchPolicy:
    """Return the policy of this run; without settings, the default one."""
    handed_in = _policy.get()
    if handed_in is not None:
        return handed_in
    from ficli.web.fetch.policy import FetchPolicy, policy_for

    return FetchPolicy() if config is None else policy_for(config, any_port=any_port)


class ReaderGoneError(Exception):
    """The program that reads stdout has stopped reading, as `head` does."""


class OutputError(FicliError):
    """Stdout cannot be written to: the disk is full."""


def write(pieces: Iterable[str]) -> None:
    """Write the product to stdout.

    Raises:
        ReaderGoneError: the reader has stopped reading.
        OutputError: the system refuses to write.

    """
    stream = environment().stdout
    for piece in pieces:
        _checked(stream.write, piece)
    _checked(stream.flush)


def write_json(value: object) -> None:
    """Write plain data to stdout as JSON."""
    write([safe_json(value), "\n"])


def write_diff(before: Mapping[str, bytes], after: Mapping[str, bytes], prefix: str = "") -> None:
    """Write a unified diff of changed files; characters that could act on a terminal are written as escapes.

    Args:
        before: the old bytes, by path.
        after: the new bytes, by path.
        prefix: the path from the working folder to the files.

    """
    write(_diff(before, after, "" if Path(prefix).is_absolute() else prefix))


def _diff(before: Mapping[str, bytes], after: Mapping[str, bytes], prefix: str) -> Iterator[str]:
    from difflib import unified_diff

    for path, new in after.items():
        old_lines, new_lines = (_lines(content) for content in (before[path], new))
        for line in unified_diff(old_lines, new_lines, f"a/{prefix}{path}", f"b/{prefix}{path}"):
            yield harmless(line.removesuffix("\n")) + "\n"
            if not line.endswith("\n"):
                yield "\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    """Split at line feeds only, as git does, so that a stray carriage return is shown as one."""
    lines = content.decode(errors="replace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + lines[-1:] * bool(lines[-1])


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
        raise OutputError(f"the output could not be written: {why_failed(error)}") from error


def note(text: str) -> None:
    """Write a line to stderr, made harmless; if it cannot be written, the command goes on."""
    stream = environment().stderr
    with contextlib.suppress(OSError, ValueError):
        stream.write(harmless(text) + "\n")
        stream.flush()


def note_lines(text: str) -> None:
    """Write text of several lines to stderr."""
    for line in text.splitlines():
        note(line)


def can_ask() -> bool:
    """Return whether somebody can answer a prompt, on a terminal that can draw one."""
    here = environment()
    return is_terminal(here.stdin) and is_terminal(here.stderr) and here.variables.get("TERM") != "dumb"


def finish(code: ExitCode) -> None:
    """End the command with an exit code; nothing happens if it is OK."""
    if code is not ExitCode.CLEAN:
        raise typer.Exit(int(code))


def colours(choice: str) -> bool:
    """Return whether stdout is to be coloured."""
    here = environment()
    return here.colour(choice, here.stdout)


def stdout_width() -> int:
    """Measure a line of stdout in cells; 0 for a pipe or a file, which are not wrapped."""
    return screen_width() if is_terminal(environment().stdout) else 0


def screen_width() -> int:
    """Measure a line of the user's terminal in cells."""
    columns = environment().variables.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) else shutil.get_terminal_size((80, 24)).columns


def read_given(environment: Environment, name: str) -> bytes:
    """Read a file.

    Raises:
        UsageError: the file cannot be read.

    """
    try:
        if name == "-":
            stream = environment.stdin
            raw = getattr(stream, "buffer", None)
            return bytes(raw.read(_MOST)) if raw is not None else stream.read(_MOST).encode()
        with open(environment.cwd / name, "rb") as file:
            return file.read(_MOST)
    except (OSError, ValueError) as error:
        raise UsageError(f"{quoted(name)} could not be read: {why_failed(error)}") from error
