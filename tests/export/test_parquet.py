"""The Parquet file has the records with their lists and mappings, and says what it is; without pyarrow that is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq
import pytest

from ficli.errors import FicliError, UsageError
from ficli.export import parquet

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome

Read = Callable[..., "DatasetOutcome"]


@pytest.mark.parametrize("notes", [False, True])
def test_records_are_read_back_as_they_are(index: Path, read: Read, tmp_path: Path, *, notes: bool) -> None:
    dataset = read(index, only=("published", "draft"), with_steward_notes=notes).dataset
    parquet.write(dataset, dataset.records, str(tmp_path / "records.parquet"))

    assert pq.read_table(tmp_path / "records.parquet").to_pylist() == list(dataset.records)


def test_the_file_says_what_it_is(index: Path, read: Read, tmp_path: Path) -> None:
    dataset = read(index).dataset
    parquet.write(dataset, dataset.records, str(tmp_path / "records.parquet"))
    metadata = pq.read_schema(tmp_path / "records.parquet").metadata

    assert metadata[b"licence"] == b"CC-BY-4.0"
    assert metadata[b"version"] == b"2026.05.06"


def test_rows_are_written_in_groups(index: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROW_GROUP", 2)
    dataset = read(index).dataset
    parquet.write(dataset, dataset.records, str(tmp_path / "records.parquet"))

    assert pq.ParquetFile(tmp_path / "records.parquet").num_row_groups == 2


def test_duckdb_asks_what_is_inside(index: Path, read: Read, tmp_path: Path) -> None:
    dataset = read(index).dataset
    parquet.write(dataset, dataset.records, str(tmp_path / "records.parquet"))
    parquet.write_tombstones(dataset, str(tmp_path / "tombstones.parquet"))
    found = duckdb.execute(
        f"SELECT id, unnest(sources).kind FROM '{tmp_path}/records.parquet' WHERE list_contains(tags, 'fees')"  # noqa: S608 - a path of ours
    ).fetchall()

    assert found == [("FI-0007", "regulator"), ("FI-0007", "press")]
    assert duckdb.execute(f"SELECT redirect_to FROM '{tmp_path}/tombstones.parquet'").fetchall() == [  # noqa: S608 - the same
        ("FI-0001",), ("FI-0001",), (None,)
    ]  # fmt: skip


def test_no_record_makes_a_file_too(index: Path, read: Read, tmp_path: Path) -> None:
    parquet.write(read(index).dataset, [], str(tmp_path / "records.parquet"))
    assert pq.read_table(tmp_path / "records.parquet").num_rows == 0


def test_a_file_that_cannot_be_written_is_said(index: Path, read: Read, tmp_path: Path) -> None:
    with pytest.raises(FicliError, match="the Parquet file could not be written"):
        parquet.write(read(index).dataset, [], str(tmp_path / "nowhere" / "records.parquet"))


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    parquet.require()
    monkeypatch.setattr(parquet, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match="needs pyarrow, which is not installed") as caught:
        parquet.require()
    assert caught.value.hint == '`pip install "ficli[parquet]"` installs it'
