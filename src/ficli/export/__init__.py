"""The formats in which the whole index leaves the registry, one module a format."""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """A format of the dataset.

    Attributes:
        file: what its file is called where only a folder is named; nothing for a format of several files.
        about: what it is, for a person who chooses.
        binary: whether it is no text.
        fields: whether fields can be chosen.
        parts: whether it can be written in parts.
        statuses: of which statuses it holds something; nothing where records of other statuses change nothing.

    """

    file: str
    about: str
    binary: bool = False
    fields: bool = False
    parts: bool = False
    statuses: tuple[str, ...] = ("published", "draft", "merged", "removed")


FORMATS = {
    "json": Format("index.json", "one file with everything", fields=True),
    "jsonl": Format("records.jsonl", "a record a line", fields=True, parts=True),
    "csv": Format("", "tables for spreadsheets", fields=True),
    "sqlite": Format("index.sqlite", "a database with a full-text index", binary=True),
    "parquet": Format("records.parquet", "columns for analysis", binary=True, fields=True, parts=True),
    "atom": Format("feed.atom", "a feed of new and corrected records", statuses=("published",)),
    "redirects": Format("redirects", "what a web server does with retired pages", statuses=("merged", "removed")),
    "cff": Format("CITATION.cff", "how to cite the index", statuses=()),
}
"""The formats, in the order in which they are listed."""
