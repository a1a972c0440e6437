"""The index as tables for spreadsheets: one of records, one of their sources, one of tombstones.

A cell that a spreadsheet would read as a formula gets an apostrophe in front, so that it stays text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from ficli.export.dataset import Dataset, Tombstone, export_key
from ficli.export.fields import field_type
from ficli.wording import HIDDEN

if TYPE_CHECKING:
    from ficli.incident.schema import Schema

_BETWEEN = "; "
# Spreadsheets look for a formula behind space, quotes and what cannot be seen, and read full-width signs too.
_BEFORE = rf"[\s\"'`‘’“”{HIDDEN.pattern[1:-1]}]"  # one class, so that a long run of them is walked once
_FORMULA = re.compile(rf"{_BEFORE}*[=+\-@＝＋－＠]|[\t\r\n]")
_ITEMS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "organizations": lambda item: item["name"],
    "systems": lambda item: item["name"],
    "sources": lambda item: item["url"],
    "corrections": lambda item: f"{item['date']}: {item['note']}",
    "amounts": lambda item: f"{item['value']} {item['currency']}",
}
"""The fields that are written of each item of a list of mappings; the other formats have all of them."""


def files(dataset: Dataset) -> dict[str, Iterator[str]]:
    """Return the text of each file by its name; if fields were chosen there are no sources."""
    found = {"records.csv": render(dataset)}
    if not dataset.selection.fields:
        found["sources.csv"] = render_sources(dataset)
    if dataset.selection.has_tombstones:
        found["tombstones.csv"] = render_tombstones(dataset)
    return found


def render(dataset: Dataset) -> Iterator[str]:
    """Write the table of records."""
    fields = dict(dataset.fields)
    if not dataset.selection.fields:
        del fields["sources"]  # they have a table of their own
    return _table(columns(fields), (list(flat(entry, fields)) for entry in dataset.records))


def render_sources(dataset: Dataset) -> Iterator[str]:
    """Write the table of sources, each with the ID of its record, or the slug of a draft."""
    fields = dataset.fields["sources"]["items"]["properties"]
    rows = ([export_key(entry), *flat(item, fields)] for entry in dataset.records for item in entry["sources"])
    return _table(["record", *columns(fields)], rows)


def render_tombstones(dataset: Dataset) -> Iterator[str]:
    """Write the table of tombstones."""
    return _table(Tombstone._fields, ([neutral(value) for value in tombstone] for tombstone in dataset.tombstones))


def columns(fields: Mapping[str, Schema]) -> list[str]:
    """Return the columns of some fields; a mapping has a column for each of its fields, such as `quote_text`."""
    names: list[str] = []
    for name, field in fields.items():
        inner = columns(field["properties"]) if field_type(field) == "object" else [""]
        names.extend(f"{name}_{part}" if part else name for part in inner)
    return names


def flat(entry: Mapping[str, Any], fields: Mapping[str, Schema]) -> Iterator[str]:
    """Yield the cells of some fields, in the order of `columns`."""
    for name, field in fields.items():
        value = entry.get(name)
        match field_type(field):
            case "object":
                yield from flat(value or {}, field["properties"])
            case "array":
                write = _ITEMS.get(name, str)
                yield _BETWEEN.join(neutral(write(item)) for item in value or ())
            case _:
                yield _cell(value)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return neutral(value) if isinstance(value, str) else str(value)


def neutral(text: str) -> str:
    """Write an apostrophe in front of a text that a spreadsheet would read as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)  # RFC 4180: CRLF, and quotes where they are needed
    for row in chain([heads], rows):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
