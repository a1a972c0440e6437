"""The index as an SQLite database: normalised tables, a full-text index and views; the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ficli.errors import FicliError
from ficli.export.dataset import FORMAT
from ficli.export.json_ import dumps, head
from ficli.export.sqlite_tables import VIEWS, create, record_table, rows
from ficli.incident.taxonomy import FIELDS as TERM_FIELDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from ficli.export.dataset import Dataset, Entry

_APPLICATION_ID = 0x66696369  # "fici", which `file` shows
_FILL_TEXT_INDEX = "INSERT INTO records_text (records_text) VALUES ('rebuild');"
_BATCH = 500
"""Records whose rows are collected before they are written."""


def write(dataset: Dataset, path: str) -> None:
    """Write the database into an empty file.

    Raises:
        FicliError: the disk is full, or this Python's SQLite has no full-text index.

    """
    import sqlite3

    try:
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            _fill(connection, dataset)
        finally:
            connection.close()
    except sqlite3.Error as error:
        message = f"the database could not be written: {str(error).lower()}"
        raise FicliError(message, hint="nothing was changed in the old file") from error


def _fill(connection: sqlite3.Connection, dataset: Dataset) -> None:
    # Whoever reads the file sees it only when it is whole, so no journal is needed while it is made.
    connection.executescript(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA cache_size = -32000;  -- KiB, however many records there are\n"
        f"PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {FORMAT};"
    )
    records = record_table()
    connection.executescript(create(records))
    connection.execute("BEGIN")
    _insert(connection, "meta", _meta(dataset))
    _insert(connection, "terms", _terms(dataset))
    for batch in _batches(dataset.records):
        found: dict[str, list[Sequence[Any]]] = {}
        for position, entry in batch:
            for table, row in rows(records, position, entry):
                found.setdefault(table, []).append(row)
        for table, made in found.items():
            _insert(connection, table, made)
    _insert(connection, "tombstones", ([value or None for value in tombstone] for tombstone in dataset.tombstones))
    connection.execute("COMMIT")
    connection.executescript(f"BEGIN; {VIEWS} {_FILL_TEXT_INDEX} COMMIT; ANALYZE;")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return
    statement = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"  # noqa: S608 - a table of ours
    connection.execute(statement, first)
    connection.executemany(statement, iterator)


def _batches(entries: Iterable[Entry]) -> Iterator[list[tuple[int, Entry]]]:
    batch: list[tuple[int, Entry]] = []
    for numbered in enumerate(entries, start=1):
        batch.append(numbered)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _meta(dataset: Dataset) -> Iterator[tuple[str, Any]]:
    known = head(dataset)
    yield "format", known["format"]
    yield from known["index"].items()
    yield "version", known["version"]
    yield "selection", dumps(known["selection"])
    yield "counts", dumps(known["counts"])
    yield "taxonomy_version", known["taxonomy"]["version"]


def _terms(dataset: Dataset) -> Iterator[Sequence[Any]]:
    for field in TERM_FIELDS:
        for position, term in enumerate(dataset.taxonomy.terms(field).values(), start=1):
            yield (
                field, position, term.slug, term.name, term.definition, getattr(term, "wing", None),
                getattr(term, "primary", None), term.deprecated, term.replaced_by or None,
            )  # fmt: skip
