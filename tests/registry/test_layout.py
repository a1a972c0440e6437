"""The registry's own files: where a registry is found, and that everything it owns is known by whatever name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ficli.commands.init.init import Integrations, init
from ficli.environment import Environment
from ficli.errors import UsageError
from ficli.registry.layout import CONFIG_FILE, GIT_FOLDER, OWNED, SCHEMA_FILE, WATCHED, find_root, owned_among

RECORD = "incidents/FI-0232.yaml"


def test_the_root_is_the_nearest_folder_upwards(registry: Path) -> None:
    inner = registry / "incidents" / "2026"
    inner.mkdir()

    assert find_root(registry) == registry
    assert find_root(inner) == registry
    assert find_root(registry / "incidents" / "FI-0232.yaml") == registry


def test_a_registry_in_a_registry_is_one_of_its_own(registry: Path) -> None:
    (registry / "demo" / "incidents").mkdir(parents=True)
    (registry / "demo" / "ficli.toml").touch()

    assert find_root(registry / "demo" / "incidents") == registry / "demo"


def test_the_root_is_found_through_a_link(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(registry)

    assert find_root(tmp_path / "link" / "drafts") == registry


def test_a_folder_named_as_the_settings_does_not_make_a_registry(tmp_path: Path) -> None:
    (tmp_path / "ficli.toml").mkdir()
    with pytest.raises(UsageError, match="no registry here"):
        find_root(tmp_path)


def test_a_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_root(tmp_path / "nowhere")

    assert str(caught.value) == f"`{tmp_path}/nowhere` does not exist"


def test_outside_a_registry(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        find_root(tmp_path)

    assert str(caught.value) == f"no registry here: neither `{tmp_path}` nor a folder above it has a `ficli.toml`"
    assert caught.value.hint == "`ficli init` makes one; `--registry DIR` names one elsewhere"


@pytest.mark.parametrize("folder", ["incidents", "drafts"])
def test_records_without_settings(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    with pytest.raises(UsageError) as caught:
        find_root(tmp_path)

    assert caught.value.hint == "`ficli init` adds what is missing and overwrites nothing"


def test_settings_among_the_records_are_no_settings(tmp_path: Path) -> None:
    for folder in ("registry", "registry/incidents", "registry/drafts/sub"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "ficli.toml").touch()

    for folder in ("incidents", "drafts/sub"):
        assert find_root(tmp_path / "registry" / folder) == (tmp_path / "registry").resolve()


def is_owned(root: Path, path: str | Path) -> bool:
    return owned_among(root, [root / path]) == root / path


@pytest.mark.parametrize("name", OWNED)
def test_what_is_listed_is_owned_whether_it_is_there_or_not(registry: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    for root in (registry, tmp_path / "empty"):
        for path in (
            name,
            f"{name}/x",
            name.upper(),
            name.title(),
            f"docs/../{name}",
            f"./{name}",
            f"new/../{name}/a/b",
        ):
            assert is_owned(root, path), path
    assert not is_owned(registry, f"{name}x")
    assert name == GIT_FOLDER or not is_owned(registry, f"docs/{name}")


def test_everything_that_init_writes_is_owned(registry: Path, tmp_path: Path) -> None:
    outcome = init(
        Environment(variables={}, cwd=tmp_path),
        Path("new"),
        example=True,
        integrations=Integrations(github=True, gitlab=True, pre_commit=True),
    )

    assert SCHEMA_FILE in outcome.written
    assert [path for path in outcome.written if not is_owned(registry, path)] == []


def test_everything_that_makes_up_a_change_is_owned() -> None:
    assert set(WATCHED) <= set(OWNED)


def test_what_is_not_the_registrys_may_be_written(registry: Path, tmp_path: Path) -> None:
    for path in (
        ".",
        "index.json",
        "CITATION.cff",
        "README.md",
        "out/incidents",
        "tables/records.csv",
        "../x",
        "n" * 300,
    ):
        assert not is_owned(registry, path), path
    (registry / "loop").symlink_to("loop")
    (registry / "index.json").write_text("{}", encoding="utf-8")
    assert not is_owned(registry, "loop/x")
    assert not is_owned(registry, "index.json")
    assert not is_owned(registry, tmp_path)


def test_other_names_of_what_is_owned(registry: Path, tmp_path: Path) -> None:
    (registry / "rejected.yaml").touch()
    os.link(registry / "rejected.yaml", tmp_path / "hard")
    (tmp_path / "soft").symlink_to(registry / "rejected.yaml")
    (tmp_path / "folder").symlink_to(registry / "incidents")
    (registry / "docs").mkdir()
    (registry / "docs" / "sub").symlink_to(registry / "incidents")

    for path in ("hard", "soft", "folder/new", "folder/../rejected.yaml"):
        assert is_owned(registry, tmp_path / path), path
    assert is_owned(registry, "docs/sub/../rejected.yaml")
    assert not is_owned(registry, "docs/../elsewhere")


def test_what_a_link_in_the_registry_leads_to_is_owned(registry: Path, tmp_path: Path) -> None:
    (registry / "store").mkdir()
    os.replace(registry / RECORD, registry / "store" / "a.yaml")
    (registry / RECORD).symlink_to("../store/a.yaml")
    (registry / "store" / "b.yaml").touch()
    (tmp_path / "shared.yaml").touch()
    (registry / "taxonomy.yaml").unlink()
    (registry / "taxonomy.yaml").symlink_to(tmp_path / "shared.yaml")

    assert is_owned(registry, "store/a.yaml")
    assert is_owned(registry, tmp_path / "shared.yaml")
    assert not is_owned(registry, "store/b.yaml")


def test_a_registry_around_the_file_counts_too(registry: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert not is_owned(registry, other / "rejected.yaml")
    (other / CONFIG_FILE).touch()

    assert is_owned(registry, other / "rejected.yaml")
    assert not is_owned(registry, other / "index.json")


def test_git_is_owned_also_above_the_registry(registry: Path) -> None:
    assert is_owned(registry, "../.git/config")
    assert not is_owned(registry, "../x.git/config")


def test_a_registry_in_the_folder_of_git_may_hold_an_export(registry: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    root = registry.rename(tmp_path / ".git" / "tree")

    assert not is_owned(root, "index.json")
    assert is_owned(root, ".git/config")
    assert is_owned(root, "../config")
