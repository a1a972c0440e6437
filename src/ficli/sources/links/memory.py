"""What addresses answered on earlier days, in `.ficli/links.sqlite`: a run can be stopped, and the next one goes on.

Each answer is kept as it comes. Where the file is damaged it begins anew; that costs the days on which pages were seen
to fail, so it is said. A pull request can plant the file, though git ignores the folder: one that is committed is not
believed, and of any other nothing that ficli would not have written.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ficli.errors import FicliError
from ficli.registry.layout import PRIVATE_FOLDER
from ficli.registry.private import private_file
from ficli.sources.links.course import Seen
from ficli.sources.links.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

FILE: Final = "links.sqlite"
PLACE: Final = f"{PRIVATE_FOLDER}/{FILE}"
"""Where the file is in a registry."""

_PATIENCE: Final = 10.0
_COLUMNS: Final = tuple(field.name for field in fields(Seen))
_DATES: Final = ("checked", "next_check", "failing_since", "gone_since", "last_there")
_SEEN: Final = (
    "CREATE TABLE seen (url TEXT PRIMARY KEY, verdict TEXT NOT NULL, detail TEXT NOT NULL, final_url TEXT NOT NULL, "
    "is_recognized INTEGER NOT NULL, checked TEXT NOT NULL, next_check TEXT NOT NULL, failing_since TEXT, "
    "gone_since TEXT, last_there TEXT) WITHOUT ROWID"
)
_HANDED: Final = "CREATE TABLE handed (url TEXT PRIMARY KEY, job TEXT NOT NULL, day TEXT NOT NULL) WITHOUT ROWID"
_SCHEMA: Final = (_HANDED, _SEEN)
_READ: Final = f"SELECT {', '.join(_COLUMNS)} FROM seen"  # noqa: S608 - our columns
_PUT: Final = f"INSERT OR REPLACE INTO seen VALUES (?{', ?' * (len(_COLUMNS) - 1)})"  # noqa: S608 - their number
_LONGEST_AHEAD: Final = timedelta(days=31)
"""No check is put off for longer."""


class Handed(NamedTuple):
    """When an archive was last asked for a copy of a page, and by which job it makes one; empty where it makes none."""

    job: str
    day: date


class LinkMemory:
    """What is known of addresses.

    Attributes:
        note: what the user should know of the file; empty where all is well.

    """

    def __init__(self, connection: sqlite3.Connection, today: date, note: str) -> None:
        self._connection = connection
        self._today = today
        self.note = note

    def seen(self, urls: Iterable[str]) -> dict[str, Seen]:
        """Give what is known of some addresses."""
        wanted = frozenset(urls)
        rows = (dict(zip(_COLUMNS, row, strict=True)) for row in self._connection.execute(_READ) if row[0] in wanted)
        return {one.url: one for row in rows if (one := _believed(row, self._today)) is not None}

    def handed(self) -> dict[str, Handed]:
        """Give the pages that an archive was asked for."""
        found = {}
        for url, job, day in self._connection.execute("SELECT url, job, day FROM handed"):
            with contextlib.suppress(TypeError, ValueError):
                asked = date.fromisoformat(day)
                if asked <= self._today and isinstance(job, str):
                    found[url] = Handed(job, asked)
        return found

    def put_handed(self, url: str, handed: Handed) -> None:
        """Keep what an archive was asked."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO handed VALUES (?, ?, ?)", (url, handed.job, str(handed.day))
            )

    def put(self, seen: Seen) -> None:
        """Keep what is known of an address now."""
        values = (getattr(seen, column) for column in _COLUMNS)
        with self._connection:
            self._connection.execute(_PUT, [str(value) if isinstance(value, date) else value for value in values])


@contextmanager
def open_memory(root: Path, today: date, *, is_committed: bool = False) -> Iterator[LinkMemory]:
    """Open the memory of a registry; where it cannot be kept, there is one for this run only, with a note.

    Args:
        root: the registry's folder.
        today: the day; nothing is believed that was seen later.
        is_committed: whether somebody has committed the file, see `ficli.registry.worktree.is_committed`; it is left
            alone then.

    Raises:
        FicliError: it can no longer be read or written.

    """
    committed = f"`{PLACE}` is in git, where anybody can put it, so it is not believed: `git rm --cached` it"
    connection, note = (_in_memory(), committed) if is_committed else _opened(root)
    with closing(connection):
        try:
            yield LinkMemory(connection, today, note)
        except sqlite3.Error as error:
            raise FicliError(f"`{PLACE}`: {error}", hint="delete it and run the command again") from error


def _opened(root: Path) -> tuple[sqlite3.Connection, str]:
    try:
        path = private_file(root, FILE)
        try:
            return _connected(path), ""
        except sqlite3.OperationalError:  # it is locked or may not be opened, which says nothing of what it holds
            raise
        except sqlite3.DatabaseError:
            os.unlink(path)
            return _connected(path), f"`{PLACE}` was damaged or of another ficli: what was seen on earlier days is lost"
    except (FicliError, OSError, sqlite3.Error) as error:
        return _in_memory(), f"what is found cannot be kept: {error}"


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        _require_shape(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _require_shape(connection: sqlite3.Connection) -> None:
    """See that a file holds what ficli puts into it and nothing else, such as a trigger."""
    shape = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema ORDER BY name")]
    if not shape:
        _make_tables(connection)
    elif tuple(shape) != _SCHEMA:
        raise sqlite3.DatabaseError("another shape")


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    _make_tables(connection)
    return connection


def _make_tables(connection: sqlite3.Connection) -> None:
    for table in _SCHEMA:
        connection.execute(table)


def _believed(row: Mapping[str, Any], today: date) -> Seen | None:
    """Read a row; None where it is none that ficli would have written until today."""
    try:
        dates = {name: date.fromisoformat(row[name]) if row[name] is not None else None for name in _DATES}
        checked, following = date.fromisoformat(row["checked"]), date.fromisoformat(row["next_check"])
        texts = {name: row[name] for name in ("url", "detail", "final_url")}
        verdict = Verdict(row["verdict"])
    except (TypeError, ValueError):
        return None
    past = [day for name, day in dates.items() if name != "next_check" and day is not None]
    if any(not isinstance(text, str) for text in texts.values()) or max(past) > today:
        return None
    if following > checked + _LONGEST_AHEAD:
        return None
    return Seen(verdict=verdict, is_recognized=row["is_recognized"] == 1, **texts, **dates)  # type: ignore[arg-type]
