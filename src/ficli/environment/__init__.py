"""The only gate to the outside: clock, environment variables, streams, processes and the writing of files.

All other modules take an `Environment`; tests pass one with a fixed clock, scrubbed variables and
string streams.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO, TypeVar

from ficli.environment.files import (
    FileTakenError,
    PendingFile,
    append_file,
    remove_file,
    sync_folder,
    temporary_folder,
    write_file,
    write_together,
)
from ficli.errors import FicliError, UsageError, why_failed
from ficli.wording import harmless, quoted

__all__ = [
    "Environment",
    "FileTakenError",
    "PendingFile",
    "append_file",
    "feed_program",
    "find_program",
    "in_parallel",
    "is_terminal",
    "remove_file",
    "sync_folder",
    "temporary_folder",
    "usable_cores",
    "write_file",
    "write_together",
]

_PATIENCE = 5.0
"""Seconds that a program with input may run."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def _system_today() -> date:
    return datetime.now(UTC).astimezone().date()


@dataclass(frozen=True)
class Environment:
    """A command's access to the outside.

    Attributes:
        variables: the environment variables.
        cwd: the working folder, absolute.
        stdin: standard input, or its replacement.
        stdout: the product: diagnostics, a path, a citation, a dataset.
        stderr: progress, notes, prompts, errors.
        clock: returns today's date in the user's time zone.
        workers: how many processes may work at the same time.

    """

    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    cwd: Path = field(default_factory=Path.cwd)
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], date] = _system_today
    workers: int = field(default_factory=lambda: usable_cores())  # noqa: PLW0108 - defined below

    def today(self) -> date:
        """Today, or the day of `SOURCE_DATE_EPOCH` (seconds, UTC) if that is set.

        See https://reproducible-builds.org/specs/source-date-epoch/.

        Raises:
            UsageError: `SOURCE_DATE_EPOCH` is set and is not a number of seconds.

        """
        epoch = self.variables.get("SOURCE_DATE_EPOCH", "")
        if not epoch:
            return self.clock()
        try:
            return datetime.fromtimestamp(_whole_number(epoch), UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            message = f"`SOURCE_DATE_EPOCH` must be a number of seconds since 1970, not {quoted(epoch)}"
            raise UsageError(message, hint="unset it, or set it to what `date +%s` prints") from error

    def colour(self, choice: str, stream: TextIO) -> bool:
        """Return whether to use colour: by the flag first, then NO_COLOR, FORCE_COLOR, and the stream's terminal.

        Args:
            choice: `always`, `never` or `auto`.
            stream: the stream that will be written to.

        """
        if choice != "auto":
            return choice == "always"
        if self.variables.get("NO_COLOR"):
            return False
        if self.variables.get("FORCE_COLOR"):
            return True
        return is_terminal(stream) and self.variables.get("TERM") != "dumb"


def _whole_number(text: str) -> int:
    """Parse decimal digits and nothing else; `int` would accept `1_000` and the digits of other scripts."""
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def is_terminal(stream: TextIO) -> bool:
    """Return whether a stream is a terminal; a closed stream is not."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def usable_cores() -> int:
    """Count the cores this process may use, which a container or `taskset` can make fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def in_parallel(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int,
    prepare: Callable[..., object],
    arguments: tuple[object, ...],
) -> Iterator[Result]:
    """Apply a function to each item in worker processes, and yield the results in the order of the items.

    Args:
        function: a module-level function, so that it can be sent to a worker.
        items: the arguments; each should be worth some ten milliseconds of work.
        workers: how many processes, at least one.
        prepare: called once in each worker with `arguments`.
        arguments: the arguments of `prepare`.

    Raises:
        FicliError: a worker died (killed, out of memory, a crash in a compiled library).

    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(prepare, arguments)) as pool:
        try:
            with _interrupts_held():
                # `map` submits all items at once, which starts the processes; they inherit the blocked signal.
                results = pool.map(function, items)
            yield from results
        except BrokenProcessPool as error:
            message = "a worker process died, so not every record was read"
            raise FicliError(message, hint="run again with `--jobs 1` to find the record that does it") from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: this process gets it, once all of them have been started."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):  # Windows, where the workers turn it off themselves
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(prepare: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """Prepare a worker: it leaves Ctrl-C and all output to its parent."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare(*arguments)


def find_program(name: str, variables: Mapping[str, str]) -> str:
    """Return the path of a program; empty if the user's `PATH` has none of this name."""
    import shutil

    return shutil.which(name, path=variables.get("PATH", "")) or ""


def feed_program(command: Sequence[str], text: str) -> bool:
    """Run a program with a text as its standard input, and return whether it succeeded; it may stay in the background.

    Args:
        command: the program's path and its words.
        text: what it reads, as UTF-8.

    """
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - a program found by its name, without a shell
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,  # a program that stays would keep a pipe open
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


_PLUS_LINE = frozenset("vi vim nvim gvim view nano pico emacs emacsclient micro kak joe jed mg ne".split())
"""Editors that accept `+12` before a file as the line to go to."""

_COLON_LINE = frozenset("hx helix subl zed".split())
"""Editors that accept `file:12`."""


def open_editor(environment: Environment, path: Path, line: int = 0) -> None:
    """Open a file in the user's editor, and wait.

    The editor is `VISUAL`, else `EDITOR`, else `vi`. It draws where prompts do, so that stdout has only the product.

    Args:
        environment: the environment to work in.
        path: the file.
        line: where to go first, from 1; 0 for anywhere.

    Raises:
        FicliError: the editor cannot be started, or reports that it failed.

    """
    import shlex

    command = environment.variables.get("VISUAL") or environment.variables.get("EDITOR") or "vi"
    try:
        words = shlex.split(command)
    except ValueError as error:
        message = f"the editor {quoted(command)} cannot be started: {str(error).lower()}"
        raise FicliError(message, hint=_KEPT) from error
    if not words:
        message = f"the editor {quoted(command)} cannot be started: it names no program"
        raise FicliError(message, hint=_KEPT)
    name = os.path.basename(words[0]).removesuffix(".exe")
    try:
        screen = environment.stderr.fileno()
        done = subprocess.run(  # noqa: S603 - the command is the user's own setting
            [*words, *_place(name, str(path), line)],
            check=False,
            stdout=screen,
            cwd=environment.cwd,
            env=dict(environment.variables),
        )
    except OSError as error:
        message = f"the editor {quoted(command)} cannot be started: {why_failed(error)}"
        raise FicliError(message, hint=_KEPT) from error
    if done.returncode:
        message = f"the editor {quoted(command)} ended with exit code {done.returncode}"
        raise FicliError(message, hint=f"`{harmless(path.name)}` is as the editor left it")


_KEPT = "the file is written; set `EDITOR` to open it"


def _place(name: str, path: str, line: int) -> list[str]:
    if line and name in _PLUS_LINE:
        return [f"+{line}", path]
    return [f"{path}:{line}" if line and name in _COLON_LINE else path]
