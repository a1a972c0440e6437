"""The only gate to the outside: clock, environment variables, streams, processes and the writing of files.

Everything above takes an `Environment`; tests hand in one with a fixed clock, scrubbed variables and
string streams.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from ficli.errors import FicliError, UsageError
from ficli.wording import harmless, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_PATIENCE = 5.0
"""Seconds in which a program that is fed has to be done."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def _system_today() -> date:
    return datetime.now(UTC).astimezone().date()


@dataclass(frozen=True)
class Environment:
    """What a command may know of the world it runs in.

    Attributes:
        variables: the environment variables.
        cwd: the working folder, absolute.
        stdin: standard input, or what stands for it.
        stdout: the product: diagnostics, a path, a citation, a dataset.
        stderr: progress, notes, prompts, errors.
        clock: today's date in the user's time zone.
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
        """Today, or the day of `SOURCE_DATE_EPOCH` (seconds, UTC) where that is set.

        See https://reproducible-builds.org/specs/source-date-epoch/.

        Raises:
            UsageError: `SOURCE_DATE_EPOCH` is set and is no number of seconds.

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
        """Tell whether to colour: the flag first, then NO_COLOR, FORCE_COLOR, and the stream's terminal.

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
    """Read decimal digits and nothing else; `int` would take `1_000` and the digits of other scripts."""
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def is_terminal(stream: TextIO) -> bool:
    """Tell whether a person is at the other end; a closed stream has nobody."""
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
        items: what to apply it to; each should be worth some ten milliseconds.
        workers: how many processes, at least one.
        prepare: called once in each worker with `arguments`.
        arguments: what `prepare` takes.

    Raises:
        FicliError: a worker died (killed, out of memory, a crash in a compiled library).

    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(prepare, arguments)) as pool:
        try:
            with _interrupts_held():
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
    """Start processes that Ctrl-C does not reach: it comes to this one, when all of them have been started."""
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
    """Prepare a worker, which leaves it to its parent to end the work on Ctrl-C and to speak to the user."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare(*arguments)


class FileTakenError(FicliError):
    """There is a file of that name already, and it may not be replaced."""


def write_file(path: Path, content: bytes, *, overwrite: bool = True, sync: bool = True) -> None:
    """Write a whole file or nothing: a temporary file in the same folder, flushed to disk, then renamed.

    The old file's permissions are kept, and a symbolic link is followed, so that the link stays one.

    Args:
        path: where to.
        content: every byte of the new file.
        overwrite: whether a file that is there already may be replaced.
        sync: whether the new name is on disk too when this returns; who writes many files calls `sync_folder` once.

    Raises:
        FileTakenError: the file exists and may not be replaced.
        FicliError: the folder cannot be written, or the disk is full.

    """
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".ficli-", suffix=".tmp", dir=target.parent)
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        raise _cannot_write(path, error) from error
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode_for(target))
        if overwrite:
            os.replace(temporary, target)
        else:
            _put_new(temporary, target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError):
            raise _cannot_write(path, error) from error
        raise
    if sync:
        sync_folder(target.parent)


def remove_file(path: Path) -> None:
    """Take a file away; one that is gone already is no error.

    Raises:
        FicliError: the system refuses.

    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FicliError(f"`{harmless(str(path))}` could not be removed: {reason}") from error


def _put_new(temporary: str, target: Path) -> None:
    """Give the temporary file its name unless something has that name already, in one step of the system."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name first, then put the file there
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            os.replace(temporary, target)
        except BaseException:
            os.unlink(target)
            raise
    else:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _mode_for(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Make durable which names a folder holds; some systems do not let it be opened, and lose nothing by that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot_write(path: Path, error: Exception) -> FicliError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    message = f"`{harmless(str(path))}` could not be written: {reason}"
    kind = FileTakenError if isinstance(error, FileExistsError) else FicliError
    return kind(message, hint="nothing was changed in that file")


def find_program(name: str, variables: Mapping[str, str]) -> str:
    """Give the path of a program; empty where the user's `PATH` has none of this name."""
    import shutil

    return shutil.which(name, path=variables.get("PATH", "")) or ""


def feed_program(command: Sequence[str], text: str) -> bool:
    """Run a program with a text as its standard input, and tell whether it took it; it may stay in the background.

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
