"""The formats for exporting the whole index, one module a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from ficli.environment import PendingFile
    from ficli.export.dataset import Dataset
    from ficli.export.parts import Fill


class ExportFormat(NamedTuple):
    """A format of the dataset.

    Attributes:
        file: the name of its file if only a folder is given; empty for a format of several files.
        binary: whether it is not text.
        fields: whether fields can be chosen.
        parts: whether it can be written in parts, with the tombstones in a file of their own.
        statuses: the statuses that it contains, as one file.
        needs: the fields of a record that it needs; empty for all.

    """

    file: str
    binary: bool = False
    fields: bool = False
    parts: bool = False
    statuses: tuple[str, ...] = ("published", "draft", "merged", "removed")
    needs: tuple[str, ...] = ()


_FEED = (
    "id", "url", "title", "summary", "indexed_date", "updated_date", "failure_mode", "ai_surface", "severity",
    "industry", "tags", "corrections",
)  # fmt: skip
FORMATS = {
    "json": ExportFormat("index.json", fields=True),
    "jsonl": ExportFormat("records.jsonl", fields=True, parts=True, statuses=("published", "draft")),
    "csv": ExportFormat("", fields=True),
    "sqlite": ExportFormat("index.sqlite", binary=True),
    "parquet": ExportFormat("records.parquet", binary=True, fields=True, parts=True, statuses=("published", "draft")),
    "atom": ExportFormat("feed.atom", statuses=("published",), needs=_FEED),
    "redirects": ExportFormat("redirects", statuses=("merged", "removed")),
    "cff": ExportFormat("CITATION.cff", statuses=()),
}
"""The formats, in the order in which they are listed."""


def text(dataset: Dataset, name: str, server: str = "") -> Iterator[str]:
    """Write an index in a text format; of several tables the first, which is that of the records.

    Args:
        dataset: the index.
        name: one of `FORMATS`, not a binary one.
        server: for `redirects`, the server they are for.

    """
    module = import_module(f"ficli.export.{f'{name}_' if name in {'json', 'csv'} else name}")
    render = cast("Callable[..., Iterator[str]]", module.render)
    return render(dataset, server) if server else render(dataset)


def files(dataset: Dataset, name: str, *, server: str = "", rows_per_part: int = 0) -> Iterator[tuple[str, Fill]]:
    """Yield the files of an export in the order in which they are put in place, each with its writer.

    Args:
        dataset: the index.
        name: one of `FORMATS`.
        server: for `redirects`, the server they are for.
        rows_per_part: the most records in one file; 0 for a single file.

    """
    if rows_per_part:
        from ficli.export import parts

        yield from parts.files(dataset, name, rows_per_part)
    elif name == "csv":
        from ficli.export import csv_

        for file, pieces in csv_.files(dataset).items():
            yield file, partial(_write_text, pieces)
    elif name == "sqlite":
        from ficli.export import sqlite

        yield FORMATS[name].file, lambda pending: sqlite.write(dataset, pending.temporary)
    elif name == "parquet":
        from ficli.export import parquet

        yield FORMATS[name].file, lambda pending: parquet.write(dataset, dataset.records, pending.temporary)
    else:
        yield file_name(name, server), partial(_write_text, text(dataset, name, server))


def file_name(name: str, server: str = "") -> str:
    """Return the name of a format's one file, for use in a folder."""
    if server:
        from ficli.export.redirects import SERVERS

        return SERVERS[server]
    return FORMATS[name].file


def _write_text(pieces: Iterable[str], pending: PendingFile) -> None:
    pending.write_text(pieces)
