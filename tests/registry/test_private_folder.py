"""The folder `.ficli/`, when somebody has committed one: no link in it leads elsewhere, and nothing in it is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.errors import FicliError
from ficli.registry.private_folder import only_one, private_file
from ficli.registry.store import store_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_folder_is_made_and_kept_out_of_git(tmp_path: Path) -> None:
    assert private_file(tmp_path, "memory.json") == tmp_path / ".ficli" / "memory.json"
    assert (tmp_path / ".ficli" / ".gitignore").read_text().endswith("\n*\n")


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.write_text("mine", encoding="utf-8")
    root = tmp_path / "registry"
    (root / ".ficli").mkdir(parents=True)
    for name in ("memory.json", "lock"):
        (root / ".ficli" / name).symlink_to(profile)
    (root / ".ficli" / ".gitignore").symlink_to(tmp_path / "new")

    private_file(root, "memory.json").write_text("kept", encoding="utf-8")
    with only_one(root):
        pass

    assert profile.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".ficli").symlink_to("elsewhere")

    with pytest.raises(FicliError, match=r"`\.ficli` is a link"):
        private_file(tmp_path, "memory.json")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_committed_link_does_not_lead_what_is_remembered_elsewhere(
    ficli: Callable[..., tuple[int, str, str]],
    index: Path,
    git: Callable[..., str],
    add_drafts: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("ficli.rules.check_registry._WORTH_CACHE", 1)
    monkeypatch.setattr("ficli.registry.store.COARSEST_CLOCK", 0)
    monkeypatch.setattr("ficli.registry.given_numbers._WORTH_REMEMBERING", 1)
    profile = tmp_path / "profile"
    profile.write_text("mine", encoding="utf-8")
    add_drafts(index, "example-bank-one")
    assert ficli(index, "assign", "--all")[0] == 0
    (index / ".ficli").mkdir(exist_ok=True)
    assert ficli(index, "validate")[0] == 0
    kept = store_path(index)
    assert kept is not None
    kept.unlink()
    kept.symlink_to(profile)
    git(index, "add", "--force", "--all")
    git(index, "commit", "--message", "links")

    assert ficli(index, "validate")[0] == 0
    assert ficli(index, "validate", "--since", "HEAD~1")[0] in {0, 1}
    assert ficli(index, "search", "refunds")[0] == 0

    assert profile.read_text(encoding="utf-8") == "mine"
    assert not kept.is_symlink()
    assert b"incidents/FI-0001.yaml" in kept.read_bytes()
