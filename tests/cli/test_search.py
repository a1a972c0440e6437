"""Tests of `ficli search`, and of the index behind it."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.commands.search.search import parse_query
from ficli.errors import UsageError
from ficli.registry import store, text_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

DRAFT = "air-canada-held-liable-chatbot-bereavement-fares"


@pytest.fixture
def kept(registry: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a registry whose index is kept, however few its records, and files old enough to be trusted."""
    monkeypatch.setattr(text_index, "_FEW", 0)
    monkeypatch.setattr(store, "COARSEST_CLOCK", 0)
    return registry


def stored(root: Path) -> Path:
    """Name the file of the store."""
    path = store.store_path(root)
    assert path is not None
    return path


def found(run: Run, registry: Path, text: str) -> list[str]:
    code, stdout, stderr = run("search", text, "--json", cwd=registry)
    assert code == 0, stderr
    return [item["id"] or item["slug"] for item in json.loads(stdout)["records"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("bereavement fares", [DRAFT]),
        ("FARE bereavement", [DRAFT]),
        ('"bereavement fares"', [DRAFT]),
        ('"fares bereavement"', []),
        ("sanction* -klarna", ["FI-0192"]),
        ("organization:klarna", ["FI-0232"]),
        ("organization:KLARNA severity:low,medium", ["FI-0232"]),
        ("severity:high organization:klarna", []),
        ("chatbot status:draft", [DRAFT]),
        ("surface:chatbot mode:agentic-action-error", ["FI-0232"]),
        ('org:"air canada"', [DRAFT]),
        ("since:2025 until:2026", ["FI-0232"]),
        ("Bloomberg", ["FI-0232"]),
        ("canlii 2024", [DRAFT]),
        ("FI-0232", ["FI-0232"]),
        ("Avianca, Inc.", ["FI-0192"]),
        ("1:22-cv-01461", ["FI-0192"]),
        ("nothing-like-it-anywhere", []),
    ],
)
def test_what_is_found(registry: Path, run: Run, text: str, names: list[str]) -> None:
    assert found(run, registry, text) == names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing to look for"),
        ("***", "nothing to look for"),
        ("-klarna", "nothing to look for"),
        ("severity:meduim", "did you mean `medium`?"),
        ("sevrity:low", "did you mean `severity:`?"),
        ("since:soon", "is no date"),
        ("since:2024 since:2025", "given more than once"),
    ],
)
def test_what_cannot_be_searched(registry: Path, run: Run, text: str, message: str) -> None:
    code, stdout, stderr = run("search", "--", text, cwd=registry)

    assert (code, stdout) == (2, "")
    assert message in stderr


@given(st.text(max_size=60))
def test_any_words_are_a_query_that_sqlite_takes(text: str) -> None:
    try:
        match = parse_query(text.replace("\0", "")).match
    except UsageError:
        return
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE texts USING fts5(a, tokenize = 'porter unicode61')")
    if match:
        index.execute("SELECT * FROM texts WHERE texts MATCH ?", (match.encode(errors="replace").decode(),)).fetchall()
    index.close()


def test_the_passage_is_marked(registry: Path, run: Run) -> None:
    _, plain, _ = run("search", "bereavement", cwd=registry)
    _, coloured, _ = run("search", "bereavement", "--color", "always", cwd=registry)
    _, data, _ = run("search", "bereavement", "--json", cwd=registry)

    assert "*bereavement*" in plain
    assert "\x1b[1;33mbereavement\x1b[0m" in coloured
    assert {"text": "bereavement", "match": True} in json.loads(data)["records"][0]["passage"]


def test_on_a_narrow_terminal(registry: Path, run: Run) -> None:
    _, stdout, stderr = run(
        "search", "klarna human", cwd=registry, terminal=True, variables={"COLUMNS": "60", "NO_COLOR": "1"}
    )

    assert all(len(line) <= 60 for line in stdout.splitlines()[2:])
    assert "1 record." in stderr


def test_only_the_best_are_shown(registry: Path, run: Run) -> None:
    code, stdout, stderr = run("search", "chatbot", "--limit", "1", cwd=registry)

    assert code == 0
    assert len([line for line in stdout.splitlines() if not line.startswith(" ")]) == 1
    assert "`--limit " in stderr


def test_nothing_of_a_record_acts_on_the_terminal(registry: Path, run: Run) -> None:
    path = registry / "incidents/FI-0232.yaml"
    title = 'title: "Klarna \\x1b[31m \\x02\\x03 \\u202e"'
    path.write_text(re.sub("^title: .*", lambda _: title, path.read_text(), flags=re.MULTILINE))
    _, stdout, _ = run("search", "klarna", "--color", "always", cwd=registry)

    assert "\\x1b[31m" in stdout
    assert "\u202e" not in stdout


def test_a_file_that_is_no_record_is_told(registry: Path, run: Run) -> None:
    (registry / "incidents/FI-0232.yaml").write_text("a: [")
    code, _, stderr = run("search", "chatbot", cwd=registry)

    assert code == 1
    assert "1 file left out that cannot be read as a record" in stderr


def test_the_index_follows_the_files(kept: Path, run: Run) -> None:
    assert found(run, kept, "zeppelin") == []
    path = kept / "incidents/FI-0232.yaml"
    path.write_text(path.read_text().replace("Klarna shifted", "A zeppelin shifted"))
    assert found(run, kept, "zeppelin") == ["FI-0232"]
    shutil.copyfile(path, kept / "incidents/FI-0999.yaml")
    assert len(found(run, kept, "zeppelin")) == 2
    path.unlink()
    (kept / "incidents/FI-0999.yaml").unlink()
    assert found(run, kept, "zeppelin") == []
    assert (kept / ".ficli/.gitignore").exists()


def test_what_has_not_changed_is_not_read_again(kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found(run, kept, "klarna")
    monkeypatch.setattr("ficli.registry.records.read_record", None)

    assert found(run, kept, "klarna") == ["FI-0232"]


def test_a_young_file_is_read_again(kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "COARSEST_CLOCK", 10**15)
    found(run, kept, "klarna")
    path = kept / "incidents/FI-0232.yaml"
    times = path.stat()
    path.write_text(path.read_text().replace("Klarna shifted", "Zarkon shifted"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert found(run, kept, "zarkon") == ["FI-0232"]


@pytest.mark.parametrize("damage", [b"no database", b"", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_index_is_made_anew(kept: Path, run: Run, damage: bytes) -> None:
    found(run, kept, "klarna")
    stored(kept).write_bytes(damage)

    assert found(run, kept, "klarna") == ["FI-0232"]
    assert found(run, kept, "klarna") == ["FI-0232"]


def test_an_index_that_breaks_while_it_is_read_is_deleted(kept: Path, run: Run) -> None:
    found(run, kept, "klarna")
    index = sqlite3.connect(stored(kept))
    with index:
        index.execute("DROP TABLE texts")
    index.close()
    code, _, stderr = run("search", "klarna", cwd=kept)

    assert code == 3
    assert "run the command again" in stderr
    assert found(run, kept, "klarna") == ["FI-0232"]


def test_other_settings_make_another_index(kept: Path, run: Run) -> None:
    found(run, kept, "klarna")
    (kept / "ficli.toml").write_text('[index]\nbase_url = "https://example.org"\n')
    _, stdout, _ = run("search", "klarna", "--json", cwd=kept)

    assert json.loads(stdout)["records"][0]["url"].startswith("https://example.org/")


def test_a_registry_that_can_only_be_read(kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def refuse(path: str, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - handed through
        if path != ":memory:":
            raise sqlite3.OperationalError("unable to open database file")
        memory: sqlite3.Connection = connect(path, **options)
        return memory

    monkeypatch.setattr(sqlite3, "connect", refuse)

    assert found(run, kept, "klarna") == ["FI-0232"]
    assert not stored(kept).exists()


def test_a_python_without_full_text_search(registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_index, "_TEXTS", text_index._TEXTS.replace("fts5", "fts9"))
    code, _, stderr = run("search", "klarna", cwd=registry)

    assert code == 3
    assert "has no FTS5" in stderr
