"""What is stored of addresses, and what of a file is not trusted."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from ficli.errors import FicliError
from ficli.web.links.history import FILE, LinkHistory, open_memory
from ficli.web.links.verdicts import Verdict

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 23)
SEEN = LinkHistory(
    url="https://news.example.org/a",
    verdict=Verdict.DEAD,
    detail="HTTP 404",
    final_url="",
    is_recognized=False,
    checked=DAY,
    next_check=DAY + timedelta(days=30),
    failing_since=DAY - timedelta(days=4),
    gone_since=DAY - timedelta(days=4),
)


def remember(root: Path, seen: LinkHistory = SEEN) -> None:
    with open_memory(root, DAY) as memory:
        memory.put(seen)


def recalled(root: Path, today: date = DAY) -> tuple[dict[str, LinkHistory], str]:
    with open_memory(root, today) as memory:
        return memory.seen([SEEN.url]), memory.note


def spoil(root: Path, sql: str) -> None:
    with sqlite3.connect(root / ".ficli" / FILE) as connection:
        connection.executescript(sql)
    connection.close()


def test_what_was_seen_is_remembered_and_stays_out_of_git(tmp_path: Path) -> None:
    remember(tmp_path)

    assert recalled(tmp_path) == ({SEEN.url: SEEN}, "")
    assert "*" in (tmp_path / ".ficli" / ".gitignore").read_text(encoding="utf-8").split()


def test_only_what_is_asked_for_is_given(tmp_path: Path) -> None:
    remember(tmp_path)
    with open_memory(tmp_path, DAY) as memory:
        assert memory.seen(["https://news.example.org/b"]) == {}


def test_the_newest_answer_counts(tmp_path: Path) -> None:
    remember(tmp_path)
    with open_memory(tmp_path, DAY) as memory:
        memory.put(replace(SEEN, verdict=Verdict.OK, failing_since=None, gone_since=None, last_there=DAY))

    assert recalled(tmp_path)[0][SEEN.url].verdict is Verdict.OK


@pytest.mark.parametrize(
    "change",
    [
        "verdict = 'excellent'",
        "checked = '2999-01-01'",
        "checked = 'yesterday'",
        "next_check = '2999-01-01'",
        "last_there = '2999-01-01'",
        "last_there = 7",
        "detail = x'00'",
    ],
)
def test_what_ficli_would_not_have_written_is_not_believed(tmp_path: Path, change: str) -> None:
    remember(tmp_path)
    spoil(tmp_path, f"UPDATE seen SET {change}")  # noqa: S608 - the test's own

    assert recalled(tmp_path) == ({}, "")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER evil AFTER INSERT ON seen BEGIN DELETE FROM seen; END",
        "CREATE TABLE other (a)",
        "ALTER TABLE seen ADD COLUMN more TEXT",
    ],
)
def test_a_file_of_another_shape_begins_anew_and_says_so(tmp_path: Path, sql: str) -> None:
    remember(tmp_path)
    spoil(tmp_path, sql)
    seen, note = recalled(tmp_path)

    assert seen == {}
    assert "was damaged" in note
    remember(tmp_path)
    assert recalled(tmp_path) == ({SEEN.url: SEEN}, "")


def test_a_file_that_is_no_database_begins_anew_and_says_so(tmp_path: Path) -> None:
    remember(tmp_path)
    (tmp_path / ".ficli" / FILE).write_bytes(b"something else altogether" * 100)

    assert "was damaged" in recalled(tmp_path)[1]
    assert recalled(tmp_path) == ({}, "")


def test_where_nothing_can_be_kept_there_is_a_memory_for_the_run(tmp_path: Path) -> None:
    (tmp_path / ".ficli").write_text("a file in the place of the folder", encoding="utf-8")
    with open_memory(tmp_path, DAY) as memory:
        memory.put(SEEN)

        assert memory.seen([SEEN.url]) == {SEEN.url: SEEN}
        assert "cannot be kept" in memory.note


def test_a_locked_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.web.links.history._PATIENCE", 0.05)
    remember(tmp_path)
    other = sqlite3.connect(tmp_path / ".ficli" / FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert "locked" in recalled(tmp_path)[1]
    finally:
        other.close()

    assert recalled(tmp_path) == ({SEEN.url: SEEN}, "")


def test_a_memory_that_breaks_underway_is_an_error(tmp_path: Path) -> None:
    def break_underway() -> None:
        with open_memory(tmp_path, DAY) as memory:
            spoil(tmp_path, "DROP TABLE seen")
            memory.put(SEEN)

    with pytest.raises(FicliError, match=FILE):
        break_underway()
