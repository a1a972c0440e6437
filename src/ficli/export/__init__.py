"""The formats in which the whole index leaves the registry, one module a format."""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """A format of the dataset.

    Attributes:
        file: what its file is called where only a folder is named; nothing for a format of several files.
        binary: whether it is no text.
        fields: whether fields can be chosen.
        parts: whether it can be written in parts, with the tombstones in a file of their own.
        statuses: the statuses of which it holds something in one file.
        needs: the fields of a record that it is made of; nothing for all.

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
    "json": Format("index.json", fields=True),
    "jsonl": Format("records.jsonl", fields=True, parts=True, statuses=("published", "draft")),
    "csv": Format("", fields=True),
    "sqlite": Format("index.sqlite", binary=True),
    "parquet": Format("records.parquet", binary=True, fields=True, parts=True, statuses=("published", "draft")),
    "atom": Format("feed.atom", statuses=("published",), needs=_FEED),
    "redirects": Format("redirects", statuses=("merged", "removed")),
    "cff": Format("CITATION.cff", statuses=()),
}
"""The formats, in the order in which they are listed."""
