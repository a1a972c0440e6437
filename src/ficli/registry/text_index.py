"""A full-text index of the records in the store, kept up to date by the stamps of the files.

It is SQLite with FTS5. If the store is damaged, it is made anew. If it cannot be written to, as in a registry that may
only be read, the index is built in memory.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from ficli.errors import FicliError
from ficli.registry.store import SEARCHED, Stamps, discard, made, note_of, prepare, put_note, writing

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.registry.scan import RecordFile

FIELDS: Final = ("title", "organizations", "summary", "account", "quote", "sources", "other")
"""The searched fields; the texts of an `Indexed` are in this order."""

_WEIGHTS: Final = (10.0, 8.0, 5.0, 2.0, 2.0, 1.0, 1.0)
START, END = "\x02", "\x03"
"""The marks around each match of a passage; texts are indexed without them."""

_MARKS: Final = {ord(START): None, ord(END): None}
_WORDS_OF_A_PASSAGE: Final = 32
_FEW: Final = 500
_TEXTS: Final = (
    f"CREATE VIRTUAL TABLE texts USING fts5({', '.join(FIELDS)}, tokenize = 'porter unicode61 remove_diacritics 2')"
)

# bm25() of FTS5 is smaller for better matches; negated, a greater score is better.
_FIND: Final = (
    f"SELECT number, facts, -bm25(texts, {', '.join(map(str, _WEIGHTS))}) AS score"  # noqa: S608 - our weights
    " FROM texts JOIN searched ON number = texts.rowid WHERE texts MATCH ? ORDER BY score DESC, path"
)
_ADD: Final = "INSERT INTO searched (path, stamp, facts) VALUES (?, ?, ?)"
_DROP_TEXTS: Final = "DELETE FROM texts WHERE rowid = (SELECT number FROM searched WHERE path = ?)"
_ADD_TEXTS: Final = f"INSERT INTO texts (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"  # noqa: S608 - ours


class Indexed(NamedTuple):
    """What is stored of one record: facts that are plain data, and its texts in the order of `FIELDS`."""

    path: str
    facts: Sequence[object]
    texts: tuple[str, ...]


class Read(NamedTuple):
    """The result of reading files: the records, the paths of files that are not, and why files were not read."""

    records: Iterable[Indexed]
    broken: Sequence[str]
    unread: Sequence[str]


class Hit(NamedTuple):
    """A record that was found, by its number in the index; the greater the score, the better the match."""

    number: int
    facts: Sequence[object]
    score: float


class TextIndex:
    """An index that is up to date."""

    def __init__(self, connection: sqlite3.Connection, unread: Sequence[str]) -> None:
        self._connection = connection
        self.unread = unread

    def facts(self) -> list[Sequence[object]]:
        """Return the facts of every record."""
        rows = self._connection.execute("SELECT facts FROM searched WHERE facts IS NOT NULL")
        # One JSON array of all rows is parsed much faster than each row alone.
        return json.loads(f"[{','.join(facts for (facts,) in rows)}]")  # type: ignore[no-any-return]

    def broken(self) -> list[str]:
        """Return the paths of the files that are not records."""
        rows = self._connection.execute("SELECT path FROM searched WHERE facts IS NULL ORDER BY path")
        return [path for (path,) in rows]

    def find(self, query: str) -> list[Hit]:
        """Find the records that match a query of FTS5, the best first."""
        rows = self._connection.execute(_FIND, (query,))
        return [Hit(number, json.loads(facts), score) for number, facts, score in rows]

    def passages(self, query: str, numbers: Sequence[int]) -> Mapping[int, str]:
        """Return for each of these records the best passage for a query, its matches between `START` and `END`."""
        places = ", ".join("?" * len(numbers))
        sql = (
            f"SELECT rowid, snippet(texts, -1, ?, ?, '…', {_WORDS_OF_A_PASSAGE})"  # noqa: S608 - numbers of our own
            f" FROM texts WHERE texts MATCH ? AND rowid IN ({places})"
        )
        return dict(self._connection.execute(sql, (START, END, query, *numbers)))


@contextmanager
def open_index(
    root: Path, key: str, files: Sequence[RecordFile], read: Callable[[Sequence[RecordFile]], Read]
) -> Iterator[TextIndex]:
    """Open the index of a registry, updated.

    Args:
        root: the registry's folder.
        key: a hash of all that the facts depend on besides the records; an index with another key is rebuilt.
        files: all records.
        read: reads those that are new or have changed.

    Raises:
        FicliError: this Python has no FTS5.

    """
    with contextlib.ExitStack() as stack:
        for opened in (_on_disk, _in_memory):
            try:
                connection = stack.enter_context(closing(opened(root, len(files))))
                unread = _refresh(connection, root, key, files, read)
            except sqlite3.OperationalError:
                continue
            except sqlite3.DatabaseError:  # the file is damaged, or is not a database; the next run makes it anew
                discard(root)
                continue
            try:
                yield TextIndex(connection, unread)
            except sqlite3.DatabaseError as error:
                discard(root)
                message = f"the search index is damaged: {error}"
                raise FicliError(message, hint="it has been deleted; run the command again") from error
            return
    raise FicliError("the search index could not be made: the SQLite of this Python has no FTS5")


def _on_disk(root: Path, number: int) -> sqlite3.Connection:
    """Open the store; an index of a registry so small that reading it takes no time is not kept."""
    if number < _FEW:
        raise sqlite3.OperationalError
    return made(root)


def _in_memory(root: Path, number: int) -> sqlite3.Connection:
    del root, number
    connection = sqlite3.connect(":memory:", isolation_level=None)
    prepare(connection)
    return connection


def _refresh(
    connection: sqlite3.Connection,
    root: Path,
    key: str,
    files: Sequence[RecordFile],
    read: Callable[[Sequence[RecordFile]], Read],
) -> Sequence[str]:
    """Read what is new or has changed, forget what is gone, and return what could not be read."""
    clock = Stamps(root)
    if note_of(connection, SEARCHED)[0] != key:
        with writing(connection):
            if note_of(connection, SEARCHED)[0] != key:  # no other process has made it meanwhile
                _make(connection, key)
    known = dict(connection.execute("SELECT path, stamp FROM searched"))
    stamps = {file.path: "" if young else stamp for file in files for stamp, young in (clock.of(file.path),)}
    changed = [file for file in files if known.get(file.path) != stamps[file.path] or not stamps[file.path]]
    gone = known.keys() - stamps.keys()
    if not changed and not gone:
        return ()
    found = read(changed)
    with writing(connection):
        for path in (*gone, *(file.path for file in changed)):
            connection.execute(_DROP_TEXTS, (path,))
            connection.execute("DELETE FROM searched WHERE path = ?", (path,))
        for record in found.records:
            facts = json.dumps(record.facts, separators=(",", ":"))
            number = connection.execute(_ADD, (record.path, stamps[record.path], facts)).lastrowid
            texts = [_storable(text) for text in record.texts]
            connection.execute(_ADD_TEXTS, (number, *texts))
        for path in found.broken:
            connection.execute(_ADD, (path, stamps[path], None))
    return found.unread


def _make(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("DROP TABLE IF EXISTS texts")
    connection.execute(_TEXTS)
    connection.execute("DELETE FROM searched")
    put_note(connection, SEARCHED, key)


def _storable(text: str) -> str:
    """Convert a text to one that SQLite accepts, without the marks around matches."""
    return text.translate(_MARKS).encode(errors="replace").decode()
