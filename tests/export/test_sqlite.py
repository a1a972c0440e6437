"""The database is whole, normalised, searchable and the same each time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from ficli.errors import FicliError
from ficli.export import sqlite
from ficli.export.sqlite import create, record_table

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome

Read = Callable[..., "DatasetOutcome"]
Ask = Callable[[str], list[Any]]


@pytest.fixture
def ask(index: Path, read: Read, tmp_path: Path) -> Ask:
    """Return a function that asks the exported database."""
    path = str(tmp_path / "index.sqlite")
    sqlite.write(read(index, only=("published", "draft", "merged", "removed"), with_steward_notes=True).dataset, path)

    def asked(question: str) -> list[Any]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(question).fetchall()

    return asked


def test_the_database_is_sound(ask: Ask) -> None:
    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    assert ask("INSERT INTO records_text (records_text, rank) VALUES ('integrity-check', 1)") == []
    assert ask("PRAGMA user_version") == [(1,)]


def test_every_table_has_rows(ask: Ask) -> None:
    tables = [line.split()[2] for line in create(record_table()).splitlines() if line.startswith("CREATE TABLE")]
    tables = [table for table in tables if table not in {"meta", "terms"}]
    assert {table: ask(f"SELECT count(*) FROM {table}")[0][0] for table in tables} == {  # noqa: S608 - tables of ours
        "records": 4, "organizations": 4, "systems": 2,
        "sources": 5, "authors": 2, "passages": 2, "amounts": 1, "corrections": 2, "countries": 2, "tags": 2,
        "aliases": 1, "related": 1, "citations": 15, "tombstones": 3,
    }  # fmt: skip
    assert ask("SELECT count(*) FROM terms WHERE field = 'severity'") == [(4,)]


def test_a_record_is_found_by_its_parts(ask: Ask) -> None:
    assert ask("SELECT key, quote_text, steward_note, anonymized FROM records WHERE position = 2") == [
        ("FI-0007", "We are sorry.", "A note of the steward's own.", 1)
    ]
    assert ask("SELECT r.id FROM records r JOIN tags t ON t.record = r.key WHERE t.tag = 'fees'") == [("FI-0007",)]
    assert ask("SELECT key, id FROM records WHERE status = 'draft'") == [("a-draft", None)]
    assert ask("SELECT value, currency FROM amounts") == [(1200.5, "EUR")]
    assert ask("SELECT redirect_to FROM tombstones") == [("FI-0001",), ("FI-0001",), (None,)]
    assert json.loads(ask("SELECT value FROM meta WHERE name = 'counts'")[0][0])["published"] == 3
    assert ask("SELECT value FROM meta WHERE name = 'version'") == [("2026.05.06",)]


def test_views_count_as_the_index_does(ask: Ask) -> None:
    assert ask("SELECT id FROM headline") == [("FI-0007",)]
    assert ask("SELECT * FROM records_by_year") == [("2025", 3, 1)]
    assert ask("SELECT count(*) FROM record_sources") == [(5,)]


def test_text_is_found_by_its_words(ask: Ask) -> None:
    question = (
        "SELECT t.key FROM record_texts AS t JOIN records_text AS f ON f.rowid = t.position "
        "WHERE records_text MATCH '{}' ORDER BY rank, t.position"
    )
    assert ask(question.format("rule")) == [("FI-0007",)]
    assert ask(question.format("organizations: europe")) == [("FI-0007",)]
    assert len(ask(question.format("chatbot"))) == 4


def test_many_records_are_written_in_batches(
    index: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = read(index).dataset
    sqlite.write(dataset, str(tmp_path / "one"))
    monkeypatch.setattr(sqlite, "_BATCH", 1)
    sqlite.write(dataset, str(tmp_path / "two"))
    with closing(sqlite3.connect(tmp_path / "two")) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchall() == [(3,)]


def test_a_database_that_cannot_be_written_is_said(index: Path, read: Read, tmp_path: Path) -> None:
    (tmp_path / "no-database").write_bytes(b"something else" * 100)
    with pytest.raises(FicliError, match="the database could not be written: file is not a database"):
        sqlite.write(read(index).dataset, str(tmp_path / "no-database"))
