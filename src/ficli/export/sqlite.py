"""The index as an SQLite database: normalised tables, a full-text index and views; the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ficli.errors import FicliError
from ficli.export.dataset import FORMAT, key_of
from ficli.export.json_ import dumps, head
from ficli.export.sqlite_tables import TABLES, VIEWS

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
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    _insert(connection, "meta", _meta(dataset))
    _insert(connection, "terms", _terms(dataset))
    for batch in _batches(dataset.records):
        rows: dict[str, list[Sequence[Any]]] = {}
        for position, entry in batch:
            for table, row in _rows(position, entry):
                rows.setdefault(table, []).append(row)
        for table, found in rows.items():
            _insert(connection, table, found)
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
    for field in ("failure_mode", "ai_surface", "severity", "kind", "industry"):
        for position, term in enumerate(dataset.taxonomy.terms(field).values(), start=1):
            yield (
                field, position, term.slug, term.name, term.definition, getattr(term, "wing", None),
                getattr(term, "primary", None), term.deprecated, term.replaced_by or None,
            )  # fmt: skip


def _rows(position: int, entry: Entry) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield the rows that a record makes, each with its table, values in the order of the columns."""
    key = key_of(entry)
    yield "records", _record(position, key, entry)
    for number, item in enumerate(entry["organizations"], start=1):
        yield "organizations", (key, number, item["name"], item["role"], item["anonymized"])
    for number, item in enumerate(entry["systems"], start=1):
        yield "systems", (key, number, item["name"], item["vendor"], item["version"])
    for item in entry["sources"]:
        yield "sources", _source(key, item)
        for place, author in enumerate(item["authors"], start=1):
            yield "authors", (key, item["number"], place, author)
        for place, passage in enumerate(item["passages"], start=1):
            yield "passages", (key, item["number"], place, passage)
    for number, item in enumerate((entry["impact"] or {}).get("amounts", ()), start=1):
        yield "amounts", (key, number, item["value"], item["currency"], item["label"])
    for number, item in enumerate(entry["corrections"], start=1):
        yield "corrections", (key, number, item["date"], item["note"])
    for table in ("countries", "tags", "aliases", "related"):
        for number, item in enumerate(entry[table], start=1):
            yield table, (key, number, item)
    for name, text in (entry["citations"] or {}).items():
        yield "citations", (key, name, text)


def _record(position: int, key: str, entry: Entry) -> Sequence[Any]:
    quote, path, impact = (entry[name] or {} for name in ("quote", "failure_path", "impact"))
    return (
        position, key, entry["id"], entry["slug"], entry["status"], entry["url"], entry["title"], entry["summary"],
        entry["what"], quote.get("text"), quote.get("speaker"), quote.get("source"), entry["anonymized"],
        entry["incident_date"], entry["date_basis"], entry["indexed_date"], entry["updated_date"],
        entry["taxonomy_version"], entry["failure_mode"], entry["ai_surface"], entry["wing"], entry["severity"],
        entry["confidence"], entry["confidence_reason"], entry["industry"], entry["claim_status"],
        entry["what_happened"], entry["mechanism"], path.get("trigger"), path.get("model_step"),
        path.get("control_gap"), path.get("failure"), path.get("consequence"), impact.get("public_visibility"),
        impact.get("regulatory_exposure"), impact.get("customer_impact"), impact.get("financial_impact"),
        impact.get("time_to_disclosure"), impact.get("note"), entry["source_count"], entry.get("steward_note"),
    )  # fmt: skip


def _source(key: str, item: Entry) -> Sequence[Any]:
    archive = item["archive"] or {}
    return (
        key, item["number"], item["kind"], item["title"], item["url"], item["publisher"], item["published"],
        item["language"], item["accessed"], item["docket"], archive.get("url"), archive.get("captured"),
        archive.get("sha256"), item["status"],
    )  # fmt: skip
