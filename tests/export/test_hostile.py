"""Any text that a record may hold survives every format, and what no format can hold is replaced, never dropped."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import duckdb
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ficli.commands.export.dataset import Spool
from ficli.config import Config
from ficli.export import FORMATS, atom, csv_, json_, jsonl, parquet, sqlite
from ficli.export.dataset import Dataset, ExportSelection, exported_record
from ficli.export.fields import fit, record_fields
from ficli.incident.counts import count_facts
from ficli.incident.derived import Confidence
from ficli.incident.record import Record
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.open_registry import OpenRegistry

from .conftest import record

if TYPE_CHECKING:
    from collections.abc import Iterator

NASTY = (
    "=1+1", "\u202egnp.exe", "\x00", "\x1b[31m", "\ud800", "\udfff\ud800", "a\r\nb\rc", "\ufffe", "\ufeff", "\u2028",
    "<b>&amp;]]>", "'; DROP TABLE records; --", "\x85\x9b", "\u200d\u0301", "\U000e0041", "😀", "مرحبا", "{{7*7}}", "\\N", "NULL",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=())), st.lists(st.sampled_from(NASTY)).map("".join)
)
OPENED = OpenRegistry(Config(root=Path()), shipped_taxonomy())


def dataset_of(text: str, spool: Spool) -> Dataset:
    """Make an index of one record in which a text stands wherever a text may stand."""
    fields = record_fields()
    data = record(
        1, title=text, summary=text, what_happened=text, tags=[text], quote={"text": text},
        organizations=[{"name": text, "role": "deployer"}],
        sources=[{"kind": "press", "title": text, "url": f"https://example.org/{text}", "authors": [text], "passages": [text]}],
        corrections=[{"date": "2026-02-02", "note": text}],
    )  # fmt: skip
    entry = exported_record(
        Record(data), Confidence("low", text), fields, config=OPENED.config, taxonomy=OPENED.taxonomy
    )
    spool.add(json_.dumps(entry).encode(), 1)
    return Dataset(
        config=OPENED.config, taxonomy=OPENED.taxonomy, selection=ExportSelection(), fields=fields, version="2026.02.02",
        counts=count_facts({}), records=spool, tombstones=[],
    )  # fmt: skip


def read_back(dataset: Dataset, folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield the title as each format gives it back to somebody else's reader."""
    yield "json", json.loads("".join(json_.render(dataset)))["records"][0]["title"]
    lines = "".join(jsonl.render(dataset))
    yield "jsonl", json.loads(lines)["title"]
    assert lines.count("\n") == 1
    (folder / "records.jsonl").write_bytes(lines.encode())
    yield "jsonl by duckdb", duckdb.execute(f"SELECT title FROM read_json('{folder}/records.jsonl')").fetchall()[0][0]  # noqa: S608 - a path of ours
    (row,) = csv.DictReader(io.StringIO("".join(csv_.render(dataset)), newline=""))
    title = row["title"]
    yield "csv", title[1:] if title[:1] == "'" and csv_.neutral(title[1:]) == title else title
    sqlite.write(dataset, str(folder / "index.sqlite"))
    with closing(sqlite3.connect(folder / "index.sqlite")) as connection:
        yield "sqlite", connection.execute("SELECT title FROM records").fetchall()[0][0]
        yield "its author", connection.execute("SELECT name FROM authors").fetchall()[0][0]
    parquet.write(dataset, dataset.records, str(folder / "records.parquet"))
    yield "parquet", pq.read_table(folder / "records.parquet").to_pylist()[0]["title"]
    found = ET.fromstring("".join(atom.render(dataset)))  # noqa: S314 - our own
    yield "atom", found.findtext("{*}entry/{*}title") or ""


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_survives_every_format(text: str) -> None:
    with TemporaryDirectory() as folder, Spool() as spool:
        for name, title in read_back(dataset_of(text, spool), Path(folder)):
            assert title == fit(text), name


WITHOUT_RECORDS = {"redirects", "cff"}
"""Formats in which no record stands."""


def test_every_format_is_read_back(tmp_path: Path) -> None:
    with Spool() as spool:
        titles = dict(read_back(dataset_of("x", spool), tmp_path))

    assert titles.keys() >= FORMATS.keys() - WITHOUT_RECORDS
    assert set(titles.values()) == {"x"}


@given(TEXTS)
def test_what_cannot_be_held_is_replaced_and_nothing_else(text: str) -> None:
    expected = "".join(
        "\ufffd" if character in "\ufffe\uffff" or "\ud800" <= character <= "\udfff" or (
            character not in "\t\n" and (character < " " or "\x7f" <= character <= "\x9f")
        ) else character
        for character in text.replace("\r\n", "\n").replace("\r", "\n")
    )  # fmt: skip
    assert fit(text) == expected
    fit(text).encode()


@given(TEXTS)
def test_nothing_that_acts_on_a_terminal_is_in_the_text_of_json_and_atom(text: str) -> None:
    with Spool() as spool:
        dataset = dataset_of(text, spool)
        written = "".join(json_.render(dataset)) + "".join(atom.render(dataset))
    assert not {"\x1b", "\x00", "\x9b", "\u202e", "\u2028", "\ufeff"} & set(written)


def test_numbers_too_large_for_a_reader_are_given_as_it_can_read_them() -> None:
    from ficli.export.fields import shaped

    number, integer = {"type": "number"}, {"type": ["integer", "null"]}
    assert shaped(10**20, number) == 1e20
    assert isinstance(shaped(10**20, number), float)
    assert shaped(2**53, number) == 2**53
    assert shaped(10**20, integer) is None
    assert shaped(3, integer) == 3
