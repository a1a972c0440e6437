"""What lies among the records and is none, and names that no other system keeps.

Such files are made here: a checkout on macOS or Windows could not hold them as fixtures.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from ficli.config import Config
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.registry.index_entry import IndexEntry
from ficli.registry.scan import Stray, StrayKind, scan
from ficli.rules.contract import IndexContext, Settings
from ficli.rules.yaml_file.misplaced_file import check


def index(paths: list[str], strays: list[Stray]) -> IndexContext:
    """Make an index of records with these paths, in the order that a scan gives."""
    entries = [IndexEntry(path, "", "", "", "") for path in sorted(paths)]
    return IndexContext(entries, strays, Settings(Config(Path("/registry")), shipped_taxonomy(), date(2026, 11, 23)))


def messages(paths: list[str], *strays: Stray) -> list[str]:
    """Judge and write each finding on a line."""
    return [f"{path}: {problem.message}" for path, problem in check(index(paths, list(strays)))]


@pytest.mark.parametrize(
    ("path", "help_"),
    [
        ("incidents/FI-0001.yml", "rename it to `FI-0001.yaml`"),
        ("incidents/FI-0001.YAML", "rename it to `FI-0001.yaml`"),
        ("incidents/FI-0001.json", "write it as YAML, in `FI-0001.yaml`"),
        ("drafts/2026/notes.md", "move it out of `drafts/`"),
        ("incidents/LICENCE", "move it out of `incidents/`"),
    ],
)
def test_another_extension(path: str, help_: str) -> None:
    ((_, problem),) = check(index([], [Stray(path, StrayKind.SUFFIX)]))

    name = path.rpartition("/")[2]
    assert problem.message == f"`{name}` is not read: a record's file ends in `.yaml`"
    assert problem.help == help_


@pytest.mark.parametrize("kind", StrayKind)
def test_every_kind_of_stray_is_told_and_helped(kind: StrayKind) -> None:
    ((path, problem),) = check(index([], [Stray("incidents/x\x1b[31m.yaml", kind, "16")]))

    assert path == "incidents/x\x1b[31m.yaml"
    assert "`x\\x1b[31m.yaml`" in problem.message
    assert "{" not in problem.message
    assert problem.help


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_a_scan_finds_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "incidents"
    (folder / "FI-0003.yaml").mkdir(parents=True)
    (folder / "FI-0001.yml").touch()
    (folder / ".gitkeep").touch()
    (folder / "FI-0002.yaml").symlink_to(tmp_path / "nowhere")
    (folder / "FI-0004.yaml").symlink_to("/")
    (folder / "2026").symlink_to(folder)
    os.mkfifo(folder / "FI-0005.yaml")

    assert messages([], *scan(tmp_path).strays) == [
        "incidents/2026: `2026` is a symbolic link to a folder, which is not followed",
        "incidents/FI-0001.yml: `FI-0001.yml` is not read: a record's file ends in `.yaml`",
        "incidents/FI-0002.yaml: `FI-0002.yaml` is a symbolic link that leads to nothing",
        "incidents/FI-0003.yaml: `FI-0003.yaml` is a folder with the name of a record",
        "incidents/FI-0004.yaml: `FI-0004.yaml` is a symbolic link that leads out of the registry",
        "incidents/FI-0005.yaml: `FI-0005.yaml` is neither a file nor a folder",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("incidents/FI-0001.yaml", "incidents/fi-0001.yaml"),
        ("incidents/2026/FI-0001.yaml", "incidents/2026/FI-0001.YAML"),
        ("drafts/A/refunds.yaml", "drafts/a/refunds.yaml"),
        ("drafts/cafe\u0301.yaml", "drafts/caf\u00e9.yaml"),
        ("drafts/STRASSE.yaml", "drafts/stra\u00dfe.yaml"),
    ],
)
def test_names_that_differ_only_in_case_or_in_how_an_accent_is_encoded(first: str, second: str) -> None:
    ((path, problem),) = check(index([first, second], []))

    assert path == max(first, second)
    assert problem.message == f"`{path}` and `{min(first, second)}` are one file on macOS and Windows"
    assert problem.related[0].path == min(first, second)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("drafts/con.yaml", "con.yaml"),
        ("drafts/COM1.yaml", "COM1.yaml"),
        ("drafts/aux/refunds.yaml", "aux"),
        ("drafts/nul.old.yaml", "nul.old.yaml"),
        ("drafts/2026./refunds.yaml", "2026."),
        ("drafts/2026 /refunds.yaml", "2026 "),
        ("drafts/what?.yaml", "what?.yaml"),
    ],
)
def test_names_that_windows_cannot_hold(path: str, name: str) -> None:
    assert messages([path]) == [f"{path}: Windows can hold no file or folder named `{name}`"]


@pytest.mark.parametrize(
    "paths",
    [
        ["drafts/console.yaml", "drafts/com10.yaml", "drafts/nullify-refunds.yaml"],
        ["incidents/2025/FI-0001.yaml", "incidents/2026/FI-0001.yaml"],
        ["drafts/caf\u00e9.yaml", "drafts/cafe.yaml"],
    ],
)
def test_names_that_every_system_keeps_apart(paths: list[str]) -> None:
    assert messages(paths) == []
