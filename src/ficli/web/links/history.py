"""The earlier answers of each address, in `.ficli/links.sqlite`: a page is dead if it was gone twice, days apart."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ficli.errors import FicliError
from ficli.registry.layout import PRIVATE_FOLDER
from ficli.registry.private_folder import private_file
from ficli.web.links.verdicts import THERE, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.web.links.verdicts import AnswerResult

PROOF: Final = timedelta(days=3)
"""Time between the first day on which a page seems to be gone and the day on which it counts as dead."""

_AGAIN: Final = {
    Verdict.SUSPECT: timedelta(days=3),
    Verdict.SERVER_ERROR: timedelta(days=1),
    Verdict.TIMEOUT: timedelta(days=1),
    Verdict.TLS_ERROR: timedelta(days=1),
}
_MONTHLY: Final = timedelta(days=30)
_DAY: Final = 24 * 60 * 60

FILE: Final = "links.sqlite"
PLACE: Final = f"{PRIVATE_FOLDER}/{FILE}"
"""The path of the file in a registry."""

_PATIENCE: Final = 10.0
_DATES: Final = ("checked", "next_check", "failing_since", "gone_since", "last_there")
_SEEN: Final = (
    "CREATE TABLE seen (url TEXT PRIMARY KEY, verdict TEXT NOT NULL, detail TEXT NOT NULL, final_url TEXT NOT NULL, "
    "is_recognized INTEGER NOT NULL, checked TEXT NOT NULL, next_check TEXT NOT NULL, failing_since TEXT, "
    "gone_since TEXT, last_there TEXT) WITHOUT ROWID"
)
_HANDED: Final = "CREATE TABLE handed (url TEXT PRIMARY KEY, job TEXT NOT NULL, day TEXT NOT NULL) WITHOUT ROWID"
_SCHEMA: Final = (_HANDED, _SEEN)
_LONGEST_AHEAD: Final = timedelta(days=31)
"""No check is delayed for longer."""


@dataclass(frozen=True, slots=True)
class LinkHistory:
    """The history of an address.

    Attributes:
        url: the address.
        verdict: of the day of the last check.
        detail: what was seen on that day, in words.
        final_url: the address that answered, if that is another page; else empty.
        is_recognized: whether the page had the title that a record gives it.
        checked: the day of the last check.
        next_check: the day of the next check.
        failing_since: the first day since which it was never there; None if it was there on the last day.
        gone_since: the first day since then on which it seemed to be gone; None if there was none.
        last_there: the last day on which it was there; None if there was none.

    """

    url: str
    verdict: Verdict
    detail: str
    final_url: str
    is_recognized: bool
    checked: date
    next_check: date
    failing_since: date | None = None
    gone_since: date | None = None
    last_there: date | None = None


def settled(url: str, result: AnswerResult, before: LinkHistory | None, today: date) -> LinkHistory:
    """Return the updated history of an address.

    Args:
        url: the address.
        result: of today's answer.
        before: its history; None if there is none.
        today: the day.

    """
    is_there = result.verdict in THERE
    failing_since = gone_since = None
    if not is_there:
        failing_since = (before.failing_since if before else None) or today
        gone_since = before.gone_since if before else None
    verdict = result.verdict
    if result.seems_gone:
        gone_since = gone_since or today
        if today - gone_since >= PROOF:
            verdict = Verdict.DEAD
    return LinkHistory(
        url=url,
        verdict=verdict,
        detail=result.detail,
        final_url=result.final_url,
        is_recognized=result.is_recognized,
        checked=today,
        next_check=_next_check(result, verdict, gone_since, today),
        failing_since=failing_since,
        gone_since=gone_since,
        last_there=today if is_there else before.last_there if before else None,
    )


def _next_check(result: AnswerResult, verdict: Verdict, gone_since: date | None, today: date) -> date:
    if verdict is Verdict.SUSPECT and result.seems_gone and gone_since is not None:
        return gone_since + PROOF
    wait = timedelta(days=min(_MONTHLY.days, -(-result.retry_after // _DAY)))
    return today + max(wait, timedelta() if wait else _AGAIN.get(verdict, _MONTHLY))


def crowded(seen: Iterable[LinkHistory]) -> frozenset[str]:
    """Return the addresses that redirect to a shared page, unless the page is recognized.

    Two articles are not one page, so a page to which several addresses redirect is a replacement for dead pages.
    """
    by_target: dict[str, list[LinkHistory]] = {}
    for one in seen:
        if one.verdict is Verdict.REDIRECTED:
            by_target.setdefault(one.final_url, []).append(one)
    return frozenset(
        one.url for group in by_target.values() if len(group) > 1 for one in group if not one.is_recognized
    )


_COLUMNS: Final = tuple(field.name for field in fields(LinkHistory))
_READ: Final = f"SELECT {', '.join(_COLUMNS)} FROM seen"  # noqa: S608 - our columns
_PUT: Final = f"INSERT OR REPLACE INTO seen VALUES (?{', ?' * (len(_COLUMNS) - 1)})"  # noqa: S608 - their number


class ArchiveJob(NamedTuple):
    """When an archive was last asked for a copy of a page, and the job that makes it; empty if there is none."""

    job: str
    day: date


class LinkMemory:
    """The histories of addresses.

    Attributes:
        note: a note for the user about the file; empty if all is well.

    """

    def __init__(self, connection: sqlite3.Connection, today: date, note: str) -> None:
        self._connection = connection
        self._today = today
        self.note = note

    def seen(self, urls: Iterable[str]) -> dict[str, LinkHistory]:
        """Return the histories of some addresses."""
        wanted = frozenset(urls)
        rows = (dict(zip(_COLUMNS, row, strict=True)) for row in self._connection.execute(_READ) if row[0] in wanted)
        return {one.url: one for row in rows if (one := _believed(row, self._today)) is not None}

    def archive_jobs(self) -> dict[str, ArchiveJob]:
        """Return the pages that an archive was asked for."""
        found = {}
        for url, job, day in self._connection.execute("SELECT url, job, day FROM handed"):
            with contextlib.suppress(TypeError, ValueError):
                asked = date.fromisoformat(day)
                if asked <= self._today and isinstance(job, str):
                    found[url] = ArchiveJob(job, asked)
        return found

    def put_archive_job(self, url: str, archive_jobs: ArchiveJob) -> None:
        """Store what an archive was asked for."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO handed VALUES (?, ?, ?)", (url, archive_jobs.job, str(archive_jobs.day))
            )

    def put(self, seen: LinkHistory) -> None:
        """Store the history of an address."""
        values = (getattr(seen, column) for column in _COLUMNS)
        with self._connection:
            self._connection.execute(_PUT, [str(value) if isinstance(value, date) else value for value in values])


@contextmanager
def open_memory(root: Path, today: date, *, is_committed: bool = False) -> Iterator[LinkMemory]:
    """Open the memory of a registry; if the file cannot be used, return one for this run only, with a note.

    Args:
        root: the registry's folder.
        today: the day; later entries are ignored.
        is_committed: whether somebody has committed the file, see `ficli.registry.work_tree.is_committed`; it is left
            alone then.

    Raises:
        FicliError: it cannot be read or written any more.

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
    """Check that a file has the tables of ficli and nothing else, such as a trigger."""
    # The exact SQL is compared: a planted trigger or view could otherwise change what is read.
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


def _believed(row: Mapping[str, Any], today: date) -> LinkHistory | None:
    """Parse a row; None if ficli would not have written it until today."""
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
    return LinkHistory(verdict=verdict, is_recognized=row["is_recognized"] == 1, **texts, **dates)  # type: ignore[arg-type]
