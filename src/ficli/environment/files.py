"""Write files: each whole or not at all, several together, or a new one only if it does not exist yet; locks."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ficli.errors import FicliError, why_failed
from ficli.wording import harmless


class FileTakenError(FicliError):
    """A file of that name exists already, and may not be replaced."""


class PendingFile:
    """A file that is written under another name in its folder, and is renamed when it is complete.

    The old file's permissions are kept, and a symbolic link is followed, so that the link stays one. Every method
    raises `FicliError` if the folder cannot be written or the disk is full.

    Attributes:
        path: the final path.
        temporary: the path until then.

    """

    def __init__(self, path: Path) -> None:
        import tempfile  # which a command that only reads does without

        self.path = path
        with self._telling():
            self._target = _resolved(path)
            _make_folder(self._target.parent)
            handle, self.temporary = tempfile.mkstemp(prefix=".ficli-", suffix=".tmp", dir=self._target.parent)
            os.close(handle)

    @contextlib.contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for writing."""
        with self._telling(), open(self.temporary, "wb") as stream:
            yield stream

    def write_text(self, pieces: Iterable[str]) -> None:
        """Write text, in UTF-8 and with the line ends it has."""
        with self.open() as stream:
            stream.writelines(piece.encode() for piece in pieces)

    def seal(self) -> None:
        """Flush it to disk; nothing more is written to it."""
        with self._telling():
            handle = os.open(self.temporary, os.O_RDWR)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            os.chmod(self.temporary, _mode_for(self._target))

    def put(self, *, overwrite: bool = True, sync: bool = True) -> None:
        """Rename it to its final name, in place of the old file if that is allowed; `sync` as for `write_file`."""
        with self._telling():
            if overwrite:
                os.replace(self.temporary, self._target)
            else:
                _put_new(self.temporary, self._target)
        if sync:
            sync_folder(self._target.parent)

    def discard(self) -> None:
        """Delete the temporary file; one that was renamed stays."""
        with contextlib.suppress(OSError):
            os.unlink(self.temporary)

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _cannot_write(self.path, error) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from error


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:  # a circle of links, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def write_file(path: Path, content: bytes, *, overwrite: bool = True, sync: bool = True) -> None:
    """Write a whole file or nothing: a temporary file in the same folder, flushed to disk, then renamed.

    The old file's permissions are kept, and a symbolic link is followed, so that the link stays one.

    Args:
        path: where to.
        content: every byte of the new file.
        overwrite: whether an existing file may be replaced.
        sync: whether the new name is on disk too on return; to write many files, call `sync_folder` once instead.

    Raises:
        FileTakenError: the file exists and may not be replaced.
        FicliError: the folder cannot be written, or the disk is full.

    """
    pending = PendingFile(path)
    try:
        with pending.open() as stream:
            stream.write(content)
        pending.seal()
        pending.put(overwrite=overwrite, sync=sync)
    except BaseException:
        pending.discard()
        raise


@contextlib.contextmanager
def write_together() -> Iterator[Callable[[Path], PendingFile]]:
    """Write several files; none is renamed to its final name before all are complete.

    Yields a function that begins a file. When the block ends they are renamed in the order they were begun, so
    that a list of the others comes last; if it fails, every old file stays as it was.

    Raises:
        FicliError: a folder cannot be written, or the disk is full.

    """
    begun: list[PendingFile] = []

    def begin(path: Path) -> PendingFile:
        if path.is_dir():
            raise _cannot_write(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
        begun.append(PendingFile(path))
        return begun[-1]

    try:
        yield begin
        for pending in begun:
            pending.seal()
        for pending in begun:
            pending.put()
    except BaseException:
        for pending in begun:
            pending.discard()
        raise


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield an empty folder that is deleted afterwards with its content.

    Raises:
        FicliError: the system has no room for one.

    """
    import tempfile

    try:
        folder = tempfile.TemporaryDirectory(prefix="ficli-")
    except OSError as error:
        raise FicliError(f"no temporary folder could be made: {why_failed(error)}") from error
    with folder as name:
        yield Path(name).resolve()


def append_file(path: Path, content: Callable[[int], bytes]) -> None:
    """Append to a file, which is created if it does not exist; its present content is not touched.

    Args:
        path: the file.
        content: returns the bytes to add, given the size of the file in bytes.

    Raises:
        FicliError: it cannot be written, or is not an ordinary file.

    """
    try:
        if path.exists() and not path.is_file():
            raise FicliError(f"`{harmless(str(path))}` could not be written: it is no ordinary file")
        with open(path, "ab") as stream:
            stream.write(content(stream.tell()))
    except OSError as error:
        raise _cannot_write(path, error) from error


def remove_file(path: Path) -> None:
    """Delete a file; it is not an error if it does not exist.

    Raises:
        FicliError: the system refuses.

    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FicliError(f"`{harmless(str(path))}` could not be removed: {why_failed(error)}") from error


def _put_new(temporary: str, target: Path) -> None:
    """Rename the temporary file unless the final name is taken, atomically."""
    try:
        # A hard link is created atomically and fails if the name exists; a rename would replace the file.
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
        # The mask can only be read by setting it.
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; a system that cannot open folders does not need it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot_write(path: Path, error: OSError) -> FicliError:
    message = f"`{harmless(str(path))}` could not be written: {why_failed(error)}"
    kind = FileTakenError if isinstance(error, FileExistsError) else FicliError
    return kind(message, hint="nothing was changed in that file")


PATIENCE = 600.0
"""Seconds to wait for another process."""

_PAUSE = 0.02


@contextlib.contextmanager
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
        message = f"`{harmless(str(path))}` could not be opened to keep others out: {why_failed(error)}"
        raise FicliError(message) from error
    # Without the soft lock: a file that is there or not would outlive a holder that is killed.
    lock = FileLock(path, timeout=patience, poll_interval=_PAUSE, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"another ficli has been at work here for more than {patience:g} seconds"
        raise FicliError(message, hint="wait for it, or end it, and run the command again") from error
    except (OSError, NotImplementedError) as error:  # also a file system of the network that has no locks
        raise FicliError(f"`{harmless(str(path))}` could not be locked: {why_failed(error)}") from error
    try:
        yield
    finally:
        lock.release()
