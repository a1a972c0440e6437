"""Which files an export has, and what fills each of them."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from ficli.export import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ficli.environment import PendingFile
    from ficli.export.dataset import Dataset
    from ficli.export.parts import Fill


def text(dataset: Dataset, name: str, server: str = "") -> Iterator[str]:
    """Write an index in a text format; of several tables the first, which is that of the records.

    Args:
        dataset: the index.
        name: one of `FORMATS` that is no binary one.
        server: for `redirects`, the server they are for.

    """
    module = import_module(f"ficli.export.{f'{name}_' if name in {'json', 'csv'} else name}")
    render = cast("Callable[..., Iterator[str]]", module.render)
    return render(dataset, server) if server else render(dataset)


def files(dataset: Dataset, name: str, *, server: str = "", rows_per_part: int = 0) -> Iterator[tuple[str, Fill]]:
    """Name the files of an export in the order in which they take their places, each with what fills it.

    Args:
        dataset: the index.
        name: one of `FORMATS`.
        server: for `redirects`, the server they are for.
        rows_per_part: how many records a file has at most; 0 for one file.

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
    """Tell what the one file of a format is called where only a folder is named."""
    if server:
        from ficli.export.redirects import SERVERS

        return SERVERS[server]
    return FORMATS[name].file


def _write_text(pieces: Iterable[str], pending: PendingFile) -> None:
    pending.write_text(pieces)
