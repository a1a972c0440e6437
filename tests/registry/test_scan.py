"""The walk over a registry's folders finds every record, and passes over nothing in silence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ficli.errors import FicliError
from ficli.registry.scan import RecordFile, Stray, StrayKind, scan

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty registry, beside a folder that is not in it."""
    (tmp_path / "outside").mkdir()
    for folder in ("registry/incidents", "registry/drafts"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path / "registry"


def put(path: Path) -> Path:
    """Make a file and the folders to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("title: x\n", encoding="utf-8")
    return path


def strays(root: Path) -> list[tuple[str, StrayKind]]:
    """List what is no record."""
    return [(stray.path, stray.kind) for stray in scan(root).strays]


def files(root: Path) -> list[str]:
    """List the records."""
    return [file.path for file in scan(root).files]


def test_records_are_found_in_subfolders_and_sorted(root: Path) -> None:
    for name in ("incidents/2026/FI-0002.yaml", "incidents/FI-0001.yaml", "drafts/b.yaml", "drafts/a.yaml"):
        put(root / name)
    found = scan(root)

    assert found.strays == []
    assert found.files == [
        RecordFile("drafts/a.yaml", "drafts"),
        RecordFile("drafts/b.yaml", "drafts"),
        RecordFile("incidents/2026/FI-0002.yaml", "incidents"),
        RecordFile("incidents/FI-0001.yaml", "incidents"),
    ]
    assert found.files[2].stem == "FI-0002"


def test_a_registry_without_folders_has_no_records(tmp_path: Path) -> None:
    assert scan(tmp_path) == ([], [])


def test_other_folders_are_not_looked_into(root: Path) -> None:
    put(root / "notes" / "a.yaml")
    put(root / "taxonomy.yaml")

    assert scan(root) == ([], [])


def test_hidden_files_and_folders_are_passed_over(root: Path) -> None:
    put(root / "incidents" / ".gitkeep")
    put(root / "incidents" / ".draft.yaml")
    put(root / "drafts" / ".git" / "a.yaml")

    assert scan(root) == ([], [])


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.yml", "yml"), ("a.YAML", "YAML"), ("a.json", "json"), ("a", ""), ("a.yaml~", "yaml~")]
)
def test_a_file_with_another_suffix_is_a_stray(root: Path, name: str, suffix: str) -> None:
    put(root / "incidents" / name)

    assert scan(root) == ([], [Stray(f"incidents/{name}", StrayKind.SUFFIX, suffix)])


def test_a_folder_named_as_a_record(root: Path) -> None:
    put(root / "incidents" / "FI-0001.yaml" / "FI-0002.yaml")

    assert scan(root) == ([], [Stray("incidents/FI-0001.yaml", StrayKind.FOLDER_AS_FILE)])


def test_a_pipe_is_a_stray_and_is_not_opened(root: Path) -> None:
    os.mkfifo(root / "incidents" / "FI-0001.yaml")
    (root / "incidents" / "FI-0002.yaml").symlink_to("FI-0001.yaml")

    assert files(root) == []
    assert strays(root) == [
        ("incidents/FI-0001.yaml", StrayKind.NOT_A_FILE),
        ("incidents/FI-0002.yaml", StrayKind.NOT_A_FILE),
    ]


def test_sixteen_folders_are_deep_enough(root: Path) -> None:
    deepest = "incidents/" + "/".join("abcdefghijklmnop")
    put(root / deepest / "FI-0001.yaml")
    put(root / deepest / "q" / "FI-0002.yaml")

    assert files(root) == [f"{deepest}/FI-0001.yaml"]
    assert scan(root).strays == [Stray(f"{deepest}/q", StrayKind.TOO_DEEP, "16")]


@pytest.mark.parametrize("name", ["a\nb.yaml", "a\x1b[31m.yaml", "a\u202eb.yaml", "a\u200b.yaml", "a\x7f.yaml"])
def test_a_name_that_cannot_be_shown(root: Path, name: str) -> None:
    put(root / "drafts" / name)

    assert strays(root) == [(f"drafts/{name}", StrayKind.BAD_NAME)]


def test_a_name_that_is_not_utf8(root: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    put(root / "drafts" / name)

    assert strays(root) == [(f"drafts/{name}", StrayKind.BAD_NAME)]


def test_a_name_beyond_ascii(root: Path) -> None:
    put(root / "drafts" / "café-中文.yaml")

    assert files(root) == ["drafts/café-中文.yaml"]


# --- links -------------------------------------------------------------------------------------------------


def test_a_link_to_a_record_in_the_registry_is_followed(root: Path) -> None:
    put(root / "drafts" / "a.yaml")
    (root / "drafts" / "b.yaml").symlink_to("a.yaml")

    assert files(root) == ["drafts/a.yaml", "drafts/b.yaml"]
    assert strays(root) == []


def test_a_link_out_of_the_registry_is_not_followed(root: Path) -> None:
    target = put(root.parent / "outside" / "secret.yaml")
    (root / "drafts" / "a.yaml").symlink_to(target)
    (root / "drafts" / "b.yaml").symlink_to("../../outside/secret.yaml")
    (root / "drafts" / "folder").symlink_to(target.parent)

    assert files(root) == []
    assert strays(root) == [
        ("drafts/a.yaml", StrayKind.LINK_OUTSIDE),
        ("drafts/b.yaml", StrayKind.LINK_OUTSIDE),
        ("drafts/folder", StrayKind.LINK_OUTSIDE),
    ]


def test_a_link_through_a_link_out_of_the_registry_is_not_followed(root: Path) -> None:
    (root / "drafts" / "a.yaml").symlink_to("b.yaml")
    (root / "drafts" / "b.yaml").symlink_to(put(root.parent / "outside" / "secret.yaml"))

    assert files(root) == []


def test_a_folder_beside_the_registry_with_a_longer_name_is_outside(root: Path) -> None:
    target = put(root.parent / "registry-of-others" / "a.yaml")
    (root / "drafts" / "a.yaml").symlink_to(target)

    assert strays(root) == [("drafts/a.yaml", StrayKind.LINK_OUTSIDE)]


def test_links_in_a_circle(root: Path) -> None:
    (root / "drafts" / "a.yaml").symlink_to("b.yaml")
    (root / "drafts" / "b.yaml").symlink_to("a.yaml")

    assert strays(root) == [("drafts/a.yaml", StrayKind.LINK_BROKEN), ("drafts/b.yaml", StrayKind.LINK_BROKEN)]


def test_a_link_to_nothing(root: Path) -> None:
    (root / "drafts" / "a.yaml").symlink_to("nothing.yaml")

    assert strays(root) == [("drafts/a.yaml", StrayKind.LINK_BROKEN)]


def test_a_link_to_a_folder_in_the_registry_is_not_followed(root: Path) -> None:
    put(root / "incidents" / "2026" / "FI-0001.yaml")
    (root / "incidents" / "latest").symlink_to("2026")
    (root / "incidents" / "2026" / "up").symlink_to("..")

    assert files(root) == ["incidents/2026/FI-0001.yaml"]
    assert strays(root) == [
        ("incidents/2026/up", StrayKind.LINK_FOLDER),
        ("incidents/latest", StrayKind.LINK_FOLDER),
    ]


def test_a_link_to_a_file_that_is_no_record(root: Path) -> None:
    (root / "drafts" / "notes").symlink_to(put(root / "README"))

    assert strays(root) == [("drafts/notes", StrayKind.SUFFIX)]


def test_a_record_folder_that_leads_out_of_the_registry(root: Path) -> None:
    put(root.parent / "outside" / "FI-0001.yaml")
    (root / "incidents").rmdir()
    (root / "incidents").symlink_to("../outside")

    assert files(root) == []
    assert strays(root) == [("incidents", StrayKind.LINK_OUTSIDE)]


def test_a_folder_that_cannot_be_listed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "incidents" / "2026").mkdir()
    listing = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "2026":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(FicliError, match=r"^`incidents/2026` could not be listed: permission denied$"):
        scan(root)
