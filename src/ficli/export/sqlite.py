"""The index as an SQLite database: normalised tables, a full-text index and views; the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.errors import FicliError
from ficli.export.dataset import FORMAT, Dataset, ExportedRecord, export_key
from ficli.export.fields import field_type, record_fields
from ficli.export.json_ import dumps, head
from ficli.incident.fields import BY_PLACE
from ficli.incident.taxonomy import FIELDS as TERM_FIELDS

if TYPE_CHECKING:
    import sqlite3

    from ficli.incident.schema import Schema


_TYPES = {"string": "TEXT", "boolean": "INTEGER", "integer": "INTEGER", "number": "NUMERIC"}
_APART = ("citations",)
"""Mappings with a table of their own, whose rows are made in `sqlite`."""

_OTHERS = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE terms (
  field TEXT NOT NULL, position INTEGER NOT NULL, slug TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
  wing TEXT, is_primary INTEGER, deprecated INTEGER NOT NULL, replaced_by TEXT, PRIMARY KEY (field, slug)
) WITHOUT ROWID;
CREATE TABLE citations (
  record TEXT NOT NULL REFERENCES records (key), style TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (record, style)
) WITHOUT ROWID;
CREATE TABLE tombstones (
  id TEXT PRIMARY KEY, slug TEXT NOT NULL, status TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL,
  reason TEXT NOT NULL, retired_date TEXT NOT NULL, merged_into TEXT, redirect_to TEXT, redirect_url TEXT
) WITHOUT ROWID;
"""


class Column(NamedTuple):
    """A column: its name, the steps to its value in what the row is made of, and its type in SQL."""

    name: str
    path: tuple[str, ...]
    kind: str


class Table(NamedTuple):
    """The table of records, or of what a record or a source has several of.

    Attributes:
        name: its name.
        path: the steps to the list in what holds it.
        columns: those beside the keys.
        below: the tables of the lists in its items.

    """

    name: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    below: tuple[Table, ...] = ()


def record_table() -> Table:
    """Return the table of records, with those of the lists in them, as the schema of the dataset has the fields."""
    known = record_fields(with_steward_notes=True)
    fields = {name: field for name, field in known.items() if name not in _APART}
    return Table("records", (), tuple(_columns(fields)), tuple(_lists(fields)))


def _columns(
    fields: Mapping[str, Schema],
    place: tuple[str, ...] = (),
    depth: int = 0,
    begin: str = "",
    needed: str = " NOT NULL",
) -> Iterator[Column]:
    """Yield a column for each single value; `place[depth:]` are the steps to it from what a row is made of."""
    for name, field in fields.items():
        kind, here = field_type(field), (*place, name)
        known = BY_PLACE.get(here)
        own = known.column if known is not None else None
        filled = "" if isinstance(field["type"], list) else needed
        if kind == "object":
            yield from _columns(field["properties"], here, depth, f"{name}_" if own is None else own, filled)
        elif kind != "array":
            yield Column(own or f"{begin}{name}", here[depth:], _TYPES[kind] + filled)


def _lists(fields: Mapping[str, Schema], place: tuple[str, ...] = (), depth: int = 0) -> Iterator[Table]:
    for name, field in fields.items():
        here = (*place, name)
        if field_type(field) == "object":
            yield from _lists(field["properties"], here, depth)
        elif field_type(field) == "array":
            items, known = field["items"], BY_PLACE.get(here)
            if field_type(items) == "object":
                inner = {key: value for key, value in items["properties"].items() if key != "number"}  # a key already
                columns = tuple(_columns(inner, here, len(here)))
                yield Table(name, here[depth:], columns, tuple(_lists(inner, here, len(here))))
            else:
                column = (known.column if known is not None else None) or name
                yield Table(name, here[depth:], (Column(column, (), f"{_TYPES[field_type(items)]} NOT NULL"),))


def create(records: Table) -> str:
    """Write the statements that create every table."""
    columns = "".join(f", {column.name} {column.kind}" for column in records.columns)
    return (
        "-- `key` is the ID, or the slug of a draft; `position` is the place in this file.\n"
        f"CREATE TABLE records (position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE{columns});\n"
        f"{''.join(_created(table) for table in records.below)}{_OTHERS.lstrip()}"
    )


def _created(table: Table, holder: str = "") -> str:
    columns = "".join(f"{column.name} {column.kind}, " for column in table.columns)
    one = holder.removesuffix("s")
    if holder:
        keys = f"record TEXT NOT NULL, {one} INTEGER NOT NULL, number INTEGER NOT NULL"
        end = f"PRIMARY KEY (record, {one}, number), FOREIGN KEY (record, {one}) REFERENCES {holder} (record, number)"
    else:
        keys = "record TEXT NOT NULL REFERENCES records (key), number INTEGER NOT NULL"
        end = "PRIMARY KEY (record, number)"
    below = "".join(_created(inner, table.name) for inner in table.below)
    return f"CREATE TABLE {table.name} ({keys}, {columns}{end}) WITHOUT ROWID;\n{below}"


def rows(records: Table, position: int, entry: ExportedRecord) -> Iterator[tuple[str, Sequence[Any]]]:
    """Yield the rows of a record, each with its table, values in the order of the columns."""
    key = export_key(entry)
    yield "records", (position, key, *(_at(entry, column.path) for column in records.columns))
    yield from _rows_below(records, (key,), entry)
    for name, text in (entry["citations"] or {}).items():
        yield "citations", (key, name, text)


def _rows_below(table: Table, keys: tuple[Any, ...], item: Any) -> Iterator[tuple[str, Sequence[Any]]]:  # noqa: ANN401 - a part of an entry
    for inner in table.below:
        for number, value in enumerate(_at(item, inner.path) or (), start=1):
            yield inner.name, (*keys, number, *(_at(value, column.path) for column in inner.columns))
            yield from _rows_below(inner, (*keys, number), value)


def _at(value: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - a part of an entry
    for step in path:
        value = value.get(step) if value is not None else None
    return value


VIEWS = """
CREATE INDEX records_by_id ON records (id);
CREATE INDEX records_by_date ON records (incident_date);
CREATE INDEX organizations_by_name ON organizations (name);
CREATE INDEX tags_by_tag ON tags (tag);

-- Published records of the two gravest severities, without those of low confidence.
CREATE VIEW headline AS
  SELECT * FROM records
  WHERE status = 'published' AND severity IN ('high', 'catastrophic') AND confidence <> 'low';

CREATE VIEW records_by_year AS
  SELECT substr(incident_date, 1, 4) AS year, count(*) AS records,
    count(*) FILTER (WHERE severity IN ('high', 'catastrophic') AND confidence <> 'low') AS headline_records
  FROM records WHERE status = 'published' GROUP BY year;

CREATE VIEW record_sources AS
  SELECT r.key, r.title AS record_title, r.incident_date, s.number, s.kind, s.title, s.url, s.publisher, s.published
  FROM records AS r JOIN sources AS s ON s.record = r.key;

CREATE VIEW record_texts AS
  SELECT r.position, r.key, r.title, r.summary, r.what_happened, r.mechanism,
    (SELECT group_concat(o.name, '; ') FROM organizations AS o WHERE o.record = r.key) AS organizations
  FROM records AS r;

-- SELECT t.key, t.title FROM record_texts AS t JOIN records_text AS f ON f.rowid = t.position
-- WHERE records_text MATCH 'refund' ORDER BY rank;
CREATE VIRTUAL TABLE records_text USING fts5 (
  title, summary, what_happened, mechanism, organizations,
  content = 'record_texts', content_rowid = 'position', tokenize = 'unicode61 remove_diacritics 2'
);
"""


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


def _batches(entries: Iterable[ExportedRecord]) -> Iterator[list[tuple[int, ExportedRecord]]]:
    batch: list[tuple[int, ExportedRecord]] = []
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
