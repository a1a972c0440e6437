"""The store of what ficli remembers of a registry: one SQLite file in `.ficli/`, which git ignores.

It holds plain columns and JSON, so nothing in it can be run. Facts of a file are valid while the file has the stamp
(times, size, inode) that it had before it was read. A commit cannot plant a store: its name is a digest of the stamp of
`.ficli/.gitignore`, and a checkout sets inode and change time anew. No planted journal of SQLite fits either.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final
from zlib import crc32

from ficli.errors import FicliError
from ficli.registry.layout import IGNORE_FILE, PRIVATE_FOLDER
from ficli.registry.private_folder import private_file

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.registry.scan import RecordFile

VERDICTS: Final = "verdicts"
ROWS: Final = "rows"
SEARCHED: Final = "searched"
NUMBERS: Final = "numbers"

_FORMAT: Final = "2"
_TABLES: Final = (VERDICTS, ROWS, SEARCHED)
_PATIENCE: Final = 10.0
"""Seconds to wait while another process writes."""

COARSEST_CLOCK: Final = 2_000_000_000
"""Nanoseconds. A younger file may change again and keep its time (FAT counts in 2 s), so it is not cached."""

_NOTES: Final = (
    "CREATE TABLE IF NOT EXISTS notes "
    "(kind TEXT PRIMARY KEY, key TEXT NOT NULL, note TEXT NOT NULL, turn TEXT NOT NULL)"
)
_FACTS: Final = (
    "CREATE TABLE IF NOT EXISTS {} "
    "(number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, facts TEXT)"
)


def cache_key(*parts: str) -> str:
    """Return a key of everything that facts depend on beside the record itself."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()


def code_stamp() -> str:
    """Return a hash of the times of ficli's own files, so that a changed rule runs again while ficli is developed."""
    package = os.path.dirname(os.path.dirname(__file__))
    times: list[int] = []
    for folder, _, names in os.walk(package):
        times.extend(os.stat(f"{folder}/{name}").st_mtime_ns for name in names if name.endswith((".py", ".json")))
    # Times are enough, without reading any file: an edit changes the sum, an added or removed file the count.
    return f"{len(times)}:{sum(times)}"


class Stamps:
    """The stamps of files, each taken before the file is read, so that a change during the reading shows."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._started = time.time_ns()

    def of(self, path: str) -> tuple[str, bool]:
        """Return the stamp of a file, empty if it is gone, and whether the file is too young to be remembered."""
        try:
            found = os.stat(f"{self._root}/{path}")
        except OSError:
            return "", True
        return _written(found), max(found.st_mtime_ns, found.st_ctime_ns) >= self._started - COARSEST_CLOCK


def _written(found: os.stat_result) -> str:
    return f"{found.st_mtime_ns}:{found.st_ctime_ns}:{found.st_size}:{found.st_ino}"


def store_path(root: Path) -> Path | None:
    """Return where the store of a registry is; None if `.ficli/` is missing or a link."""
    folder = root / PRIVATE_FOLDER
    try:
        witness = os.lstat(folder / IGNORE_FILE)
    except OSError:
        return None
    return None if folder.is_symlink() else folder / f"cache-{cache_key(_FORMAT, _written(witness))[:16]}.sqlite"


def connected(root: Path) -> sqlite3.Connection:
    """Open the store of a registry to read it.

    Raises:
        sqlite3.Error: there is none, or it cannot be read.

    """
    path = store_path(root)
    if path is None or path.is_symlink():
        raise sqlite3.OperationalError("no store")
    return _connected(path, "rw")


def made(root: Path) -> sqlite3.Connection:
    """Open the store of a registry to write to it, and make it if it is missing.

    Raises:
        sqlite3.Error: it cannot be made or written to.

    """
    try:
        private_file(root, IGNORE_FILE)
        path = store_path(root)
        if path is None:
            raise sqlite3.OperationalError("no folder")
        private_file(root, path.name)
        if not path.exists():
            _remove_stores(root)
    except FicliError as error:
        raise sqlite3.OperationalError(error.message) from error
    connection = _connected(path, "rwc")
    try:
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables that are missing."""
    connection.execute(_NOTES)
    for table in _TABLES:
        connection.execute(_FACTS.format(table))


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.as_uri()}?mode={mode}", timeout=_PATIENCE, uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def discard(root: Path) -> None:
    """Delete a damaged store; the next one has another name, so no journal of this one is taken for its own."""
    with contextlib.suppress(OSError):
        os.unlink(root / PRIVATE_FOLDER / IGNORE_FILE)
    _remove_stores(root)
    with contextlib.suppress(FicliError):
        private_file(root, IGNORE_FILE)


@contextmanager
def tolerate_failure(root: Path) -> Iterator[None]:
    """Suppress errors of the store in the body, since the run is only slower then. A damaged store is deleted."""
    try:
        yield
    except sqlite3.OperationalError:  # it is missing, locked or read-only, which does not mean that it is damaged
        pass
    except (sqlite3.DatabaseError, UnicodeError):
        discard(root)


def _remove_stores(root: Path) -> None:
    for path in (root / PRIVATE_FOLDER).glob("cache-*.sqlite*"):
        with contextlib.suppress(OSError):
            os.unlink(path)


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Write what the body does as a whole or not at all, while no other process writes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def seal(text: str) -> str:
    """Return a text behind its checksum (CRC-32), so that a damaged one is noticed even if it still parses."""
    return f"{crc32(text.encode(errors='surrogatepass')):08x}{text}"


def unsealed(text: object) -> str | None:
    """Return the text that `seal` was given; None if it is not that text any more."""
    plain = text[8:] if isinstance(text, str) else ""
    return plain if text == seal(plain) else None


def note_of(connection: sqlite3.Connection, kind: str) -> tuple[str, str, str]:
    """Return the key of all facts of a kind, a note, and the turn in which they were written."""
    row = connection.execute("SELECT key, note, turn FROM notes WHERE kind = ?", (kind,)).fetchone()
    if row is None:
        return "", "", ""
    key, sealed, turn = row
    note = unsealed(sealed)
    return ("", "", turn) if note is None else (key, note, turn)


def put_note(connection: sqlite3.Connection, kind: str, key: str, note: str = "") -> None:
    """Keep the key and the note of a kind, in a turn of their own."""
    row = (kind, key, seal(note), os.urandom(8).hex())
    connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)", row)


class FileFacts:
    """What is remembered of each file of one registry, as text, for one purpose.

    Args:
        root: the registry's folder.
        kind: the purpose: `VERDICTS` or `ROWS`.
        key: from `cache_key`; facts with another key are forgotten.

    Attributes:
        note: a text that was stored beside the facts, or empty.

    """

    def __init__(self, root: Path, kind: str, key: str) -> None:
        self._root = root
        self._kind = kind
        self._key = key
        self._clock = Stamps(root)
        self._stamps: dict[str, tuple[str, bool]] = {}
        self._turn = ""
        self._stored: Mapping[str, tuple[str, str]] = {}
        self.note = ""
        with tolerate_failure(root), closing(connected(root)) as connection:
            self._load(connection)

    def _load(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN")  # the note and the facts are of one turn
        found, note, self._turn = note_of(connection, self._kind)
        if found == self._key:
            rows = connection.execute(f"SELECT path, stamp, facts FROM {self._kind}")  # noqa: S608 - a kind of ours
            self._stored = {path: (stamp, facts) for path, stamp, text in rows if (facts := unsealed(text)) is not None}
            self.note = note

    def known(self, files: Iterable[RecordFile]) -> dict[str, str]:
        """Return, by path, the facts of each file that is as it was."""
        found = {}
        for path, _ in files:
            self._stamps[path] = stamp, _ = self._clock.of(path)
            kept = self._stored.get(path)
            if kept is not None and kept[0] == stamp:
                found[path] = kept[1]
        return found

    def forget(self) -> None:
        """Forget what was loaded, because it cannot be used."""
        self._stored, self.note = {}, ""

    def remember(self, found: Mapping[str, str], *, still: Iterable[str] = (), note: str = "") -> None:
        """Keep the facts of these files, and of no others. If nothing is new, nothing is written.

        Args:
            found: new facts, by path.
            still: the files whose facts are known already and are kept.
            note: the note to keep beside the facts.

        """
        fresh = {}
        for path, facts in found.items():
            stamp, is_young = self._stamps.get(path, ("", True))
            if not is_young:
                fresh[path] = (stamp, facts)
        gone = self._stored.keys() - fresh.keys() - set(still)
        new = {path: kept for path, kept in fresh.items() if self._stored.get(path) != kept}
        if new or gone or note != self.note:
            with tolerate_failure(self._root):
                self._write(new, gone, note)

    def _write(self, fresh: Mapping[str, tuple[str, str]], gone: Iterable[str], note: str) -> None:
        with closing(made(self._root)) as connection, writing(connection):
            key, _, turn = note_of(connection, self._kind)
            if turn != self._turn:  # another process has written meanwhile: what it knows of other files may differ
                return
            table = self._kind
            if key != self._key or not self._stored:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a kind of ours
            connection.executemany(f"DELETE FROM {table} WHERE path = ?", [(path,) for path in gone])  # noqa: S608 - ours
            connection.executemany(
                f"INSERT OR REPLACE INTO {table} (path, stamp, facts) VALUES (?, ?, ?)",  # noqa: S608 - a kind of ours
                [(path, stamp, seal(facts)) for path, (stamp, facts) in fresh.items()],
            )
            put_note(connection, table, self._key, note)
