"""Parts have so many rows, a manifest that is true of them, and no leftovers of an earlier export beside them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["jsonl", "parquet"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return a format that can be written in parts."""
    return str(request.param)


def manifest(folder: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_the_manifest_is_true(run: Run, index: Path, kind: str) -> None:
    code, stdout, stderr = run("export", kind, "-o", "data", "--rows-per-part", "2", cwd=index)
    assert (code, stderr) == (0, "Wrote 3 records and 3 tombstones, version 2026.05.06.\n")
    names = [f"records-00001.{kind}", f"records-00002.{kind}", f"tombstones.{kind}", "manifest.json"]
    assert stdout.splitlines() == [f"data/{name}" for name in names]
    assert sorted(path.name for path in (index / "data").iterdir()) == sorted(names)

    told = manifest(index / "data")
    assert [(item["file"], item["table"], item["rows"]) for item in told["files"]] == [
        (names[0], "records", 2), (names[1], "records", 1), (names[2], "tombstones", 3),
    ]  # fmt: skip
    for item in told["files"]:
        content = (index / "data" / item["file"]).read_bytes()
        assert item["bytes"] == len(content)
        assert item["sha256"] == hashlib.sha256(content).hexdigest()
    assert (told["format"], told["version"], told["index"]["licence"]) == (1, "2026.05.06", "CC-BY-4.0")


def test_parts_are_read_as_one_table(run: Run, index: Path, kind: str) -> None:
    run("export", kind, "-o", "data", "--rows-per-part", "1", cwd=index)
    reader = "read_json" if kind == "jsonl" else "read_parquet"
    question = f"SELECT id, len(sources) FROM {reader}('{index}/data/records-*.{kind}') ORDER BY id"  # noqa: S608 - a path of ours
    assert duckdb.execute(question).fetchall() == [("FI-0001", 1), ("FI-0007", 2), ("FI-0010", 1)]


def test_parts_of_an_earlier_export_go(run: Run, index: Path, kind: str) -> None:
    run("export", kind, "-o", "data", "--rows-per-part", "1", cwd=index)
    (index / "data" / "notes.txt").write_text("kept", encoding="utf-8")
    code, _, _ = run("export", kind, "-o", "data", "--rows-per-part", "3", "--only", "published", cwd=index)

    assert code == 0
    assert sorted(path.name for path in (index / "data").iterdir()) == [
        "manifest.json", "notes.txt", f"records-00001.{kind}"
    ]  # fmt: skip


@pytest.mark.parametrize("manifest_text", ["", "[]", '{"files": [{"file": "records-00001.jsonl"}]}'])
def test_a_part_that_no_export_has_written_is_nobodys_to_delete(run: Run, index: Path, manifest_text: str) -> None:
    (index / "data").mkdir()
    (index / "data" / "records-00009.jsonl").write_text("{}\n", encoding="utf-8")
    (index / "data" / "manifest.json").write_text(manifest_text, encoding="utf-8")
    code, stdout, stderr = run("export", "jsonl", "-o", "data", "--rows-per-part", "2", cwd=index)

    assert (code, stdout) == (2, "")
    assert stderr == (
        "error: `records-00009.jsonl` in that folder would be read as a part, and no export has written it\n"
        "  help: name another folder, or move it away\n"
    )
    assert (index / "data" / "records-00009.jsonl").read_text(encoding="utf-8") == "{}\n"
    assert (index / "data" / "manifest.json").read_text(encoding="utf-8") == manifest_text


def test_no_record_makes_one_part(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "ficli.toml").touch()
    code, _, _ = run("export", kind, "-o", "data", "--rows-per-part", "2", cwd=tmp_path)

    assert code == 0
    assert [(item["file"], item["rows"]) for item in manifest(tmp_path / "data")["files"]] == [
        (f"records-00001.{kind}", 0), (f"tombstones.{kind}", 0)
    ]  # fmt: skip
