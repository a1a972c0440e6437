"""The memory of clean records: what it believes, what it forgets, and that losing it costs nothing."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from ficli.incident.record import Record
from ficli.registry.cache import cache_key, clean_records, code_stamp
from ficli.registry.entry import Entry, entry_of
from ficli.registry.layout import INCIDENTS, PRIVATE_FOLDER
from ficli.registry.scan import RecordFile

if TYPE_CHECKING:
    from pathlib import Path

FILE = RecordFile("incidents/FI-0001.yaml", INCIDENTS)
ENTRY = entry_of(FILE.path, Record({"id": "FI-0001", "slug": "a-b", "title": "T", "organizations": [{"name": "Bank"}]}))
LONG_AGO = time.time_ns() - 3_600_000_000_000


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a registry of one record; the clock of the memory runs an hour ahead, so that the file is no new one."""
    (tmp_path / INCIDENTS).mkdir()
    (tmp_path / FILE.path).write_text("id: FI-0001\n")
    later = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr("ficli.registry.cache.time.time_ns", lambda: later)
    return tmp_path


def known(root: Path, key: str = "k") -> dict[str, tuple[Entry, int]]:
    return clean_records(root, key).known([FILE])


def remember(root: Path, key: str = "k") -> None:
    memory = clean_records(root, key)
    memory.known([FILE])
    memory.remember([(FILE.path, (ENTRY, 2))])


def test_a_clean_record_is_known_again_with_all_its_facts(root: Path) -> None:
    assert known(root) == {}
    remember(root)
    assert known(root) == {FILE.path: (ENTRY, 2)}


def test_git_does_not_see_the_memory(root: Path) -> None:
    remember(root)
    assert (root / PRIVATE_FOLDER / ".gitignore").read_text().splitlines()[-1] == "*"


@pytest.mark.parametrize("change", ["content", "time", "other file"])
def test_a_changed_file_is_not_known(root: Path, change: str) -> None:
    remember(root)
    path = root / FILE.path
    match change:
        case "content":
            path.write_text("id: FI-0001\ntitle: x\n")
        case "time":
            os.utime(path, ns=(LONG_AGO, LONG_AGO))
        case "other file":
            (root / "new").write_bytes(path.read_bytes())
            os.replace(root / "new", path)
    assert known(root) == {}


def test_a_file_that_is_gone_is_not_known(root: Path) -> None:
    remember(root)
    (root / FILE.path).unlink()
    assert known(root) == {}


def test_another_key_forgets(root: Path) -> None:
    remember(root, cache_key("rules", "today"))
    assert known(root, cache_key("rules", "tomorrow")) == {}
    assert cache_key("ab", "c") != cache_key("a", "bc")


def test_a_file_as_new_as_the_run_is_not_remembered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = (root / FILE.path).stat().st_mtime_ns
    monkeypatch.setattr("ficli.registry.cache.time.time_ns", lambda: changed + 1_000_000_000)
    remember(root)
    assert known(root) == {}


def test_a_record_that_is_no_longer_clean_is_forgotten(root: Path) -> None:
    remember(root)
    memory = clean_records(root, "k")
    memory.known([FILE])
    memory.remember([])
    assert known(root) == {}


def test_nothing_new_is_nothing_written(root: Path) -> None:
    remember(root)
    stored = root / PRIVATE_FOLDER / "clean-records.json"
    before = stored.stat().st_ino
    remember(root)
    assert stored.stat().st_ino == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"format": 99}', b'{"format": 1, "key": "k", "records": 5}', b"[" * 100_000],
)
def test_a_broken_memory_is_no_memory(root: Path, content: bytes) -> None:
    (root / PRIVATE_FOLDER).mkdir()
    (root / PRIVATE_FOLDER / "clean-records.json").write_bytes(content)
    assert known(root) == {}
    remember(root)
    assert known(root) == {FILE.path: (ENTRY, 2)}


def test_a_wrong_entry_is_no_memory(root: Path) -> None:
    remember(root)
    stored = root / PRIVATE_FOLDER / "clean-records.json"
    content = json.loads(stored.read_bytes())
    content["records"][0] = content["records"][0][:3]
    stored.write_text(json.dumps(content))
    assert known(root) == {}


def test_a_registry_that_cannot_be_written_to_is_only_slower(root: Path) -> None:
    (root / PRIVATE_FOLDER).write_text("a file where the folder would be")
    remember(root)
    assert known(root) == {}


def test_the_code_has_a_stamp() -> None:
    assert code_stamp() == code_stamp()
    assert int(code_stamp().partition(":")[0]) > 50
