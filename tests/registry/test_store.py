"""The store: what it believes of files, what it forgets, and that losing it costs nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from ficli.registry import store
from ficli.registry.layout import INCIDENTS
from ficli.registry.layout import PRIVATE_FOLDER as FOLDER
from ficli.registry.scan import RecordFile
from ficli.registry.store import ROWS, VERDICTS, FileFacts, cache_key, code_stamp, made, store_path, writing

if TYPE_CHECKING:
    from pathlib import Path

FILE = RecordFile("incidents/FI-0001.yaml", INCIDENTS)
OTHER = RecordFile("incidents/FI-0002.yaml", INCIDENTS)
FACTS = '[2,"FI-0001"]'
LONG_AGO = time.time_ns() - 3_600_000_000_000

KILLED = """
import os, signal, sys
from pathlib import Path
from ficli.registry.store import made
connection = made(Path(sys.argv[1]))
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE verdicts SET facts = 'half'")
rows = ((f"incidents/{number}.yaml", "", "x" * 5000) for number in range(500))
connection.executemany("INSERT INTO verdicts (path, stamp, facts) VALUES (?, ?, ?)", rows)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a registry of one record; the clock of the store runs an hour ahead, so that the file is no new one."""
    (tmp_path / INCIDENTS).mkdir()
    (tmp_path / FILE.path).write_text("id: FI-0001\n")
    later = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr("ficli.registry.store.time.time_ns", lambda: later)
    return tmp_path


def facts(root: Path, key: str = "k", kind: str = VERDICTS) -> FileFacts:
    return FileFacts(root, kind, key)


def known(root: Path, key: str = "k", kind: str = VERDICTS) -> dict[str, str]:
    return facts(root, key, kind).known([FILE])


def remember(root: Path, key: str = "k", kind: str = VERDICTS, text: str = FACTS) -> None:
    memory = facts(root, key, kind)
    memory.known([FILE])
    memory.remember({FILE.path: text}, note="of all")


def stored(root: Path) -> Path:
    path = store_path(root)
    assert path is not None
    return path


def test_a_record_is_known_again_with_all_its_facts(root: Path) -> None:
    assert known(root) == {}
    remember(root)
    assert known(root) == {FILE.path: FACTS}
    assert facts(root).note == "of all"


def test_each_kind_has_its_own_facts_and_its_own_key(root: Path) -> None:
    remember(root)
    remember(root, "other", ROWS, "[]")
    assert known(root) == {FILE.path: FACTS}
    assert known(root, "other", ROWS) == {FILE.path: "[]"}
    assert known(root, "k", ROWS) == {}


def test_git_does_not_see_the_store(root: Path) -> None:
    remember(root)
    assert (root / FOLDER / ".gitignore").read_text().splitlines()[-1] == "*"


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
    assert facts(root, cache_key("rules", "tomorrow")).note == ""
    remember(root, cache_key("rules", "tomorrow"), text="[]")
    assert known(root, cache_key("rules", "tomorrow")) == {FILE.path: "[]"}
    assert known(root, cache_key("rules", "today")) == {}
    assert cache_key("ab", "c") != cache_key("a", "bc")


def test_a_file_as_new_as_the_run_is_not_remembered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = (root / FILE.path).stat().st_mtime_ns
    monkeypatch.setattr("ficli.registry.store.time.time_ns", lambda: changed + 1_000_000_000)
    remember(root)
    assert known(root) == {}


def test_a_record_that_is_no_longer_named_is_forgotten(root: Path) -> None:
    remember(root)
    memory = facts(root)
    memory.known([FILE])
    memory.remember({})
    assert known(root) == {}


def test_what_is_known_already_stays(root: Path) -> None:
    remember(root)
    (root / OTHER.path).write_text("id: FI-0002\n")
    memory = facts(root)
    memory.known([FILE, OTHER])
    memory.remember({OTHER.path: "[]"}, still=[FILE.path])
    assert facts(root).known([FILE, OTHER]) == {FILE.path: FACTS, OTHER.path: "[]"}


def test_nothing_new_is_nothing_written(root: Path) -> None:
    remember(root)
    before = (stored(root).read_bytes(), stored(root).stat().st_mtime_ns)
    remember(root)
    assert (stored(root).read_bytes(), stored(root).stat().st_mtime_ns) == before


@pytest.mark.parametrize("content", [b"", b"{", b"\xff" * 9000, b"SQLite format 3\0" + b"\xff" * 5000, None])
def test_a_broken_store_is_no_store(root: Path, content: bytes | None) -> None:
    remember(root)
    if content is None:
        content = stored(root).read_bytes()
        content = content[:100] + b"\xff" * 2000 + content[2100:]
    stored(root).write_bytes(content)
    assert known(root) == {}
    remember(root)
    assert known(root) == {FILE.path: FACTS}


@pytest.mark.parametrize("column", ["facts FROM verdicts", "note FROM notes"])
def test_damage_that_still_parses_is_noticed(root: Path, column: str) -> None:
    remember(root)
    name, _, table = column.partition(" FROM ")
    with closing(sqlite3.connect(stored(root))) as connection:
        connection.execute(f"UPDATE {table} SET {name} = replace(replace({name}, 'I', 'J'), 'o', 'p')")  # noqa: S608 - names of this test
        connection.commit()
    assert known(root) == {}
    remember(root)
    assert known(root) == {FILE.path: FACTS}


def test_damaged_pages_are_no_facts(root: Path) -> None:
    remember(root, text="x" * 100_000)
    content = stored(root).read_bytes()
    place = content.index(b"x" * 3000)
    stored(root).write_bytes(content[: place - place % 4096] + b"\xff" * 8192 + content[place - place % 4096 + 8192 :])
    assert known(root) == {}
    remember(root)
    assert known(root) == {FILE.path: FACTS}


def test_a_store_of_another_format_is_no_store(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(root)
    old = stored(root)
    monkeypatch.setattr(store, "_FORMAT", "99")
    assert known(root) == {}
    remember(root)
    assert known(root) == {FILE.path: FACTS}
    assert not old.exists()


def test_a_registry_that_cannot_be_written_to_is_only_slower(root: Path) -> None:
    (root / FOLDER).write_text("a file where the folder would be")
    remember(root)
    assert known(root) == {}


def test_a_store_that_can_only_be_read_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(root)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **how: connect(path.replace("mode=rwc", "mode=ro"), **how))
    remember(root, text="[]")
    assert known(root) == {FILE.path: FACTS}


def test_a_store_that_is_a_link_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    remember(root)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "store"
    stored(root).rename(elsewhere)
    stored(root).symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    assert known(root) == {}
    remember(root, text="[]")
    assert known(root) == {FILE.path: "[]"}
    assert elsewhere.read_bytes() == before


def test_a_folder_that_is_a_link_is_not_believed(root: Path) -> None:
    remember(root)
    (root / FOLDER).rename(root / "kept")
    (root / FOLDER).symlink_to("kept")
    assert known(root) == {}
    remember(root)
    assert known(root) == {}


def test_a_checkout_cannot_bring_a_store(root: Path) -> None:
    remember(root)
    shutil.copytree(root / FOLDER, root / "committed")
    shutil.rmtree(root / FOLDER)
    shutil.copytree(root / "committed", root / FOLDER)
    assert known(root) == {}


def test_two_processes_do_not_mix_what_they_know(root: Path) -> None:
    remember(root)
    (root / OTHER.path).write_text("id: FI-0002\n")
    one, two = facts(root), facts(root)
    for memory in (one, two):
        memory.known([FILE, OTHER])
    one.remember({FILE.path: '["one"]', OTHER.path: '["one"]'})
    two.remember({OTHER.path: '["two"]'}, still=[FILE.path])
    assert facts(root).known([FILE, OTHER]) == {FILE.path: '["one"]', OTHER.path: '["one"]'}


def test_a_process_that_waits_too_long_goes_on_without(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(root)
    monkeypatch.setattr(store, "_PATIENCE", 0.01)
    with closing(made(root)) as other, writing(other):
        other.execute("DELETE FROM verdicts")
        remember(root, text="[]")
        other.execute("UPDATE notes SET note = ?", (store.seal("other"),))
    assert known(root) == {}
    assert facts(root).note == "other"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system kills no process so")
def test_a_process_that_is_killed_while_it_writes_leaves_what_was_there(root: Path) -> None:
    remember(root)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(root)], check=False)  # noqa: S603 - our own words
    assert killed.returncode == -signal.SIGKILL
    assert stored(root).with_name(f"{stored(root).name}-journal").exists()
    assert known(root) == {FILE.path: FACTS}


def test_the_code_has_a_stamp() -> None:
    assert code_stamp() == code_stamp()
    assert int(code_stamp().partition(":")[0]) > 50
