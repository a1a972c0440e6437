"""What git knows of a registry: every path ever added, the order of drafts, files of other branches."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ficli.environment.git import GitError, GitMissingError
from ficli.registry.git_history import History, open_history
from ficli.registry.records import LARGEST_RECORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.environment import Environment


@pytest.fixture
def here(environment: Callable[..., Environment]) -> Environment:
    return environment(variables={"PATH": os.environ["PATH"]})


@pytest.fixture
def root(tmp_path: Path, git: Callable[..., str]) -> Path:
    """Return an empty clone."""
    folder = tmp_path / "registry"
    folder.mkdir()
    git(folder, "init")
    return folder


@pytest.fixture
def commit(root: Path, git: Callable[..., str]) -> Callable[..., str]:
    """Return a function that writes files, removes those that are to hold None, commits, and gives the commit."""

    def made(**files: str | None) -> str:
        for name, content in files.items():
            path = root / name.replace("__", "/")
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content)
        git(root, "add", "--all")
        git(root, "commit", "--message", "change")
        return git(root, "rev-parse", "HEAD").strip()

    return made


def opened(environment: Environment, root: Path) -> History:
    history = open_history(environment, root)
    assert history is not None
    return history


def test_a_folder_in_no_clone_has_no_history_and_needs_no_git(
    environment: Callable[..., Environment], tmp_path: Path
) -> None:
    assert open_history(environment(variables={"PATH": "/nowhere"}), tmp_path) is None


def test_a_clone_without_git(environment: Callable[..., Environment], root: Path) -> None:
    with pytest.raises(GitMissingError):
        open_history(environment(variables={"PATH": "/nowhere"}), root)


def test_a_git_folder_that_is_none(here: Environment, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(GitError, match="not a git repository"):
        open_history(here, tmp_path)


def test_a_clone_without_commits(here: Environment, root: Path) -> None:
    history = opened(here, root)
    assert (history.head, history.branch, history.shallow, history.prefix) == ("", "main", False, "")
    assert history.ever_added("incidents") == set()
    assert history.first_commits("drafts") == {}
    assert history.branches() == []


def test_what_came_and_went_on_a_merged_branch_was_there(
    here: Environment, root: Path, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    commit(incidents__one="1")
    git(root, "switch", "--create", "side")
    commit(incidents__two="2")
    commit(incidents__two=None)
    git(root, "switch", "main")
    commit(other="3")
    git(root, "merge", "--no-commit", "side")
    commit(incidents__evil="added by the merge itself")
    git(root, "branch", "--delete", "side")
    assert opened(here, root).ever_added("incidents") == {"incidents/one", "incidents/two", "incidents/evil"}


def test_every_branch_and_tag_and_remote_counts(
    here: Environment, root: Path, git: Callable[..., str], commit: Callable[..., str], tmp_path: Path
) -> None:
    commit(incidents__one="1")
    git(tmp_path, "clone", str(root), "other")
    git(root, "switch", "--create", "side")
    commit(incidents__two="2")
    git(root, "tag", "kept")
    git(root, "switch", "main")
    git(root, "branch", "--delete", "--force", "side")
    other = tmp_path / "other"
    (other / "incidents" / "three").write_text("3")
    git(other, "add", "--all")
    git(other, "commit", "--message", "theirs")
    git(root, "fetch", str(other), "main:refs/remotes/theirs/main")
    assert opened(here, root).ever_added("incidents") == {f"incidents/{name}" for name in ("one", "two", "three")}


def test_a_renamed_file_had_both_names(here: Environment, root: Path, commit: Callable[..., str]) -> None:
    commit(incidents__one="the same text" * 20)
    commit(incidents__one=None, incidents__two="the same text" * 20)
    changes = [(change.kind, change.path) for change in opened(here, root).changes("incidents", kinds="AD")]
    assert changes == [("D", "incidents/one"), ("A", "incidents/two"), ("A", "incidents/one")]


def test_names_that_are_no_text(here: Environment, root: Path, git: Callable[..., str]) -> None:
    names = [b"caf\xe9.yaml", "straße.yaml".encode(), b"two\nlines.yaml", b":100644 A.yaml", b"-x.yaml"]
    (root / "drafts").mkdir()
    for name in names:
        (root / "drafts" / os.fsdecode(name)).write_bytes(name)
    git(root, "add", "--all")
    git(root, "commit", "--message", "odd")
    history = opened(here, root)
    paths = {f"drafts/{os.fsdecode(name)}" for name in names}
    assert history.ever_added("drafts") == paths
    files = history.files_at("main", "drafts")
    assert {file.path for file in files} == paths
    assert set(dict(history.contents(file.blob for file in files)).values()) == set(names)


def test_a_registry_below_the_top_of_its_repository(here: Environment, root: Path, commit: Callable[..., str]) -> None:
    commit(data__index__drafts__one="1", incidents__elsewhere="2")
    history = opened(here, root / "data" / "index")
    assert history.prefix == "data/index/"
    assert history.ever_added("drafts") == {"drafts/one"}
    assert history.ever_added("incidents") == set()
    assert [file.path for file in history.files_at("HEAD", "drafts")] == ["drafts/one"]


def test_drafts_are_in_the_order_of_their_first_commits(
    here: Environment, root: Path, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    commit(drafts__b="1")
    commit(drafts__a="1", drafts__c="1")
    commit(drafts__b=None)
    commit(drafts__b="again")
    git(root, "switch", "--create", "unmerged")
    commit(drafts__z="1")
    git(root, "switch", "--detach", "main")
    history = opened(here, root)
    assert history.branch == ""
    assert history.first_commits("drafts") == {"drafts/b": 0, "drafts/a": 1, "drafts/c": 1}


def test_a_shallow_clone_says_so(
    here: Environment, root: Path, git: Callable[..., str], commit: Callable[..., str], tmp_path: Path
) -> None:
    commit(incidents__one="1")
    commit(incidents__one=None)
    git(tmp_path, "clone", "--depth=1", f"file://{root}", "shallow")
    history = opened(here, tmp_path / "shallow")
    assert history.shallow
    assert history.ever_added("incidents") == set()


def test_branches_and_what_is_in_them(
    here: Environment, root: Path, git: Callable[..., str], commit: Callable[..., str], tmp_path: Path
) -> None:
    first = commit(drafts__one="1", incidents__x="x")
    git(tmp_path, "clone", str(root), "clone")
    clone = tmp_path / "clone"
    git(clone, "branch", "--no-track", "topic/ü")
    history = opened(here, clone)
    names = ["refs/heads/main", "refs/heads/topic/ü", "refs/remotes/origin/main"]
    assert [(branch.name, branch.commit) for branch in history.branches()] == [(name, first) for name in names]
    assert [file.path for file in history.files_at("refs/heads/topic/ü", "drafts")] == ["drafts/one"]


@pytest.mark.parametrize("ref", ["nothing", "--all", "-p", "--output=/tmp/x", "main:drafts", "", "a\nb"])
def test_what_is_no_commit_is_an_error_and_never_an_option(
    here: Environment, root: Path, commit: Callable[..., str], ref: str
) -> None:
    commit(drafts__one="1")
    with pytest.raises(GitError, match="git knows no commit"):
        opened(here, root).files_at(ref, "drafts")


def test_links_and_submodules_are_no_files(
    here: Environment, root: Path, git: Callable[..., str], commit: Callable[..., str], tmp_path: Path
) -> None:
    sub = tmp_path / "sub"
    sub.mkdir()
    git(sub, "init")
    git(sub, "commit", "--allow-empty", "--message", "empty")
    commit(drafts__one="1")
    (root / "drafts" / "link").symlink_to("one")
    git(root, "submodule", "add", str(sub), "drafts/sub")
    commit(drafts__two="2")
    history = opened(here, root)
    assert [file.path for file in history.files_at("HEAD", "drafts")] == ["drafts/one", "drafts/two"]
    assert opened(here, root / "drafts" / "sub").ever_added("incidents") == set()


def test_many_blobs_are_read_in_parts_and_a_missing_one_is_left_out(
    here: Environment, root: Path, commit: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ficli.registry.git_history._BYTES_AT_ONCE", 150)
    commit(**{f"drafts__{number}": f"text {number}\n" for number in range(10)})
    history = opened(here, root)
    blobs = [file.blob for file in history.files_at("HEAD", "drafts")]
    tree = history.git(["rev-parse", "HEAD^{tree}"]).decode().strip()
    found = dict(history.contents([*blobs, "0" * 40, tree, *blobs]))
    assert sorted(found.values()) == sorted(f"text {number}\n".encode() for number in range(10))


def test_a_blob_that_is_too_long_for_a_record_is_not_read(
    here: Environment, root: Path, commit: Callable[..., str]
) -> None:
    commit(drafts__one="x" * (LARGEST_RECORD + 100), drafts__two="2", drafts__three="x" * LARGEST_RECORD)
    history = opened(here, root)
    blobs = {file.path: file.blob for file in history.files_at("HEAD", "drafts")}
    found = dict(history.contents(blobs.values()))
    assert found[blobs["drafts/one"]] == bytes(LARGEST_RECORD + 1)
    assert (found[blobs["drafts/two"]], len(found[blobs["drafts/three"]])) == (b"2", LARGEST_RECORD)


def test_a_broken_repository_is_an_error(here: Environment, root: Path, commit: Callable[..., str]) -> None:
    commit(drafts__one="1")
    (root / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (root / ".git" / "refs" / "heads" / "main").write_text("0" * 39 + "1\n")
    with pytest.raises(GitError):
        opened(here, root).ever_added("incidents")
