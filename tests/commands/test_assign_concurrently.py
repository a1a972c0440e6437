"""Several processes and several clones assign at the same time: each draft gets one ID, each ID one draft."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ficli: TypeAlias = "Callable[..., tuple[int, str, str]]"


def start(root: Path, *words: str) -> subprocess.Popen[str]:
    """Start ficli in a process of its own."""
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path if part)
    known = {
        "PATH": os.environ["PATH"],
        "HOME": str(root.parent),
        "PYTHONPATH": path,
        "SOURCE_DATE_EPOCH": "1795000000",
    }
    command = [sys.executable, "-m", "ficli", *words]
    return subprocess.Popen(  # noqa: S603 - the words are those of these tests
        command, cwd=root, env=known, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def slugs(root: Path) -> dict[str, str]:
    """Return the slug of each record."""
    found = {}
    for path in sorted((root / "incidents").glob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found[path.stem] = next(line for line in lines if line.startswith("slug: ")).removeprefix("slug: ")
    return found


@pytest.mark.parametrize("same", [True, False])
def test_processes_on_one_clone(
    index: Path,
    add_drafts: Callable[..., None],
    ficli: Ficli,
    same: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    drafts = [f"case-{number}" for number in range(24)]
    add_drafts(index, *drafts)
    shares = [drafts[start::6] for start in range(6)]
    running = [start(index, "assign", *(["--all"] if same else share)) for share in shares]
    outcomes = [(process.communicate(), process.returncode) for process in running]
    assert [code for _, code in outcomes] == [0] * 6, outcomes
    assert sorted(slugs(index).values()) == sorted(drafts)
    assert list(slugs(index)) == [f"FI-{number:04}" for number in range(1, 25)]
    assert list((index / "drafts").iterdir()) == []
    assert ficli(index, "ids", "audit")[0] == 0


def test_a_second_clone_that_was_slower_renumbers_what_is_not_public(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, clone_of: Callable[..., Path], git: Callable[..., str]
) -> None:
    add_drafts(index, "a", "b")
    other = clone_of(index, "other")
    assert ficli(index, "assign", "a", "--push")[0] == 0
    code, out, err = ficli(other, "assign", "b", "--push")
    assert (code, out) == (0, "FI-0002\tincidents/FI-0002.yaml\n")
    assert "pushed to origin/main" in err
    git(index, "pull", "--quiet")
    assert slugs(index) == {"FI-0001": "a", "FI-0002": "b"}
    assert git(index, "log", "--format=%s", "-2") == "Assign FI-0002\nAssign FI-0001\n"


def test_a_draft_that_another_clone_has_published_gets_no_second_id(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, clone_of: Callable[..., Path]
) -> None:
    add_drafts(index, "a", "b")
    other = clone_of(index, "other")
    assert ficli(index, "assign", "--all", "--push")[0] == 0
    later = {"GIT_COMMITTER_DATE": "1795000060 +0000"}
    code, out, _ = ficli(other, "assign", "--all", "--push", variables=later)
    assert (code, out) == (0, "")
    assert slugs(other) == {"FI-0001": "a", "FI-0002": "b"}
    code, out, _ = ficli(other, "assign", "b", "--push")
    assert (code, out) == (0, "FI-0002\tincidents/FI-0002.yaml\n")


def test_local_commits_go_on_top_of_what_others_have_pushed(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, clone_of: Callable[..., Path], git: Callable[..., str]
) -> None:
    add_drafts(index, "a")
    other = clone_of(index, "other")
    add_drafts(other, "b")
    ficli(index, "assign", "--all", "--push")
    code, out, err = ficli(other, "assign", "b", "--push")
    assert (code, out) == (0, "FI-0002\tincidents/FI-0002.yaml\n"), err
    assert git(other, "log", "--format=%s", "-3") == "Assign FI-0002\nDraft b\nAssign FI-0001\n"


def test_local_commits_that_do_not_fit_are_left_alone(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, clone_of: Callable[..., Path], git: Callable[..., str]
) -> None:
    add_drafts(index, "a")
    other = clone_of(index, "other")
    for root, text in ((index, "# theirs\n"), (other, "# ours\n")):
        (root / "ficli.toml").write_text(text, encoding="utf-8")
        git(root, "commit", "--all", "--message", "Settings")
    git(index, "push", "--quiet")
    code, _, err = ficli(other, "assign", "a", "--push")
    assert code == 3
    assert "do not fit what others have pushed" in err
    assert (other / "drafts" / "a.yaml").exists()
    assert git(other, "log", "--format=%s", "-1") == "Settings\n"
    assert git(other, "status", "--porcelain") == ""


def test_the_number_of_attempts_is_bounded(
    index: Path,
    add_drafts: Callable[..., None],
    ficli: Ficli,
    clone_of: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_drafts(index, "a")
    other = clone_of(index, "other")
    monkeypatch.setattr("ficli.registry.work_tree.WorkTree.push", lambda _tree, _upstream: False)
    code, _, err = ficli(other, "assign", "a", "--push")
    assert (code, "others were faster 5 times, so nothing was pushed" in err) == (3, True)
    assert (other / "drafts" / "a.yaml").exists()


def test_a_push_that_went_through_though_nobody_said_so(
    index: Path,
    add_drafts: Callable[..., None],
    ficli: Ficli,
    clone_of: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ficli.registry.work_tree import Upstream, WorkTree

    add_drafts(index, "a")
    other = clone_of(index, "other")
    really = WorkTree.push

    def unheard(tree: WorkTree, upstream: Upstream) -> bool:
        return really(tree, upstream) and False

    monkeypatch.setattr(WorkTree, "push", unheard)
    code, out, _ = ficli(other, "assign", "a", "--push")
    assert (code, out) == (0, "FI-0001\tincidents/FI-0001.yaml\n")
    assert slugs(other) == {"FI-0001": "a"}


def test_a_server_that_refuses_is_not_asked_again(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, clone_of: Callable[..., Path], tmp_path: Path
) -> None:
    add_drafts(index, "a")
    clone_of(index, "other")
    hook = tmp_path / "bare.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho no >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    code, _, err = ficli(index, "assign", "a", "--push")
    assert (code, "remote rejected" in err) == (3, True)
    hook.unlink()
    assert ficli(index, "assign", "--all", "--push")[0] == 0
    assert "refs/heads/main" in (tmp_path / "bare.git" / "HEAD").read_text(encoding="utf-8")


def test_a_server_that_is_gone(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, clone_of: Callable[..., Path], tmp_path: Path
) -> None:
    add_drafts(index, "a")
    clone_of(index, "other")
    shutil.rmtree(tmp_path / "bare.git")
    code, _, err = ficli(index, "assign", "a", "--push")
    assert (code, "`git push` failed" in err) == (3, True)


# --- commits ------------------------------------------------------------------------------------------------


def test_the_commit_lists_the_ids_and_holds_nothing_else(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, git: Callable[..., str]
) -> None:
    add_drafts(index, "a", "b")
    code, _, err = ficli(index, "assign", "--all", "--commit")
    assert code == 0
    assert err.endswith(f"Committed {git(index, 'rev-parse', 'HEAD')[:12]}.\n")
    assert git(index, "log", "-1", "--format=%B") == "Assign FI-0001 to FI-0002\n\nFI-0001 a\nFI-0002 b\n\n"
    changed = git(index, "show", "--no-renames", "--name-status", "--format=", "HEAD").splitlines()
    assert changed == [f"D\tdrafts/{name}.yaml" for name in "ab"] + [f"A\tincidents/FI-000{n}.yaml" for n in (1, 2)]
    assert ficli(index, "assign", "--all", "--commit")[:2] == (0, "")
    assert git(index, "rev-list", "--count", "HEAD") == "3\n"


@pytest.mark.parametrize("name", ["ficli.toml", "notes.txt", "drafts/b.yaml", "incidents/FI-0007.yaml"])
def test_a_dirty_work_tree_is_not_committed(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, name: str
) -> None:
    add_drafts(index, "a")
    (index / name).parent.mkdir(exist_ok=True)
    (index / name).write_text("# by hand\n", encoding="utf-8")
    code, out, err = ficli(index, "assign", "a", "--commit")
    assert (code, out) == (2, "")
    assert f"`{name}` is changed and not committed" in err
    assert (index / "drafts" / "a.yaml").exists()


def test_a_file_of_an_interrupted_write_is_no_change(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, git: Callable[..., str]
) -> None:
    add_drafts(index, "a")
    (index / "incidents").mkdir()
    (index / "incidents" / ".ficli-x.tmp").write_text("half", encoding="utf-8")
    assert ficli(index, "assign", "a", "--commit")[0] == 0
    assert ".ficli-x.tmp" not in git(index, "show", "--name-only", "HEAD")


def test_a_commit_that_fails_is_made_by_the_next_run(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, git: Callable[..., str], tmp_path: Path
) -> None:
    add_drafts(index, "a")
    nobody = {f"GIT_{who}_{what}": "" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    (tmp_path / ".gitconfig").write_text("[user]\nuseConfigOnly = true\n", encoding="utf-8")
    code, _, err = ficli(index, "assign", "a", "--commit", variables=nobody)
    assert code == 3
    assert "git" in err
    assert ficli(index, "assign", "--all", "--commit")[0] == 0
    assert git(index, "log", "-1", "--format=%s") == "Assign FI-0001\n"


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (["switch", "--quiet", "--detach"], "no branch is checked out"),
        (["branch", "--unset-upstream"], "the branch `main` is pushed nowhere"),
    ],
)
def test_nowhere_to_push_to(
    index: Path, clone_of: Callable[..., Path], ficli: Ficli, git: Callable[..., str], before: list[str], message: str
) -> None:
    clone_of(index, "other")
    (index / "drafts").mkdir()
    (index / "drafts" / "a.yaml").touch()
    git(index, *before)
    code, _, err = ficli(index, "assign", "a", "--push")
    assert (code, message in err) == (3, True)
    assert (index / "drafts" / "a.yaml").exists()


def test_a_commit_needs_a_branch(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, git: Callable[..., str]
) -> None:
    add_drafts(index, "a")
    git(index, "switch", "--quiet", "--detach")
    code, _, err = ficli(index, "assign", "a", "--commit")
    assert (code, "no branch is checked out" in err) == (3, True)


def test_a_commit_needs_a_clone_that_is_not_in_the_middle_of_something(
    index: Path, add_drafts: Callable[..., None], ficli: Ficli, git: Callable[..., str]
) -> None:
    add_drafts(index, "a")
    git(index, "switch", "--quiet", "--create", "side", "HEAD^")
    add_drafts(index, "b")
    git(index, "merge", "--no-commit", "--no-ff", "main")
    code, _, err = ficli(index, "assign", "b", "--commit")
    assert (code, "a merge is going on in this clone" in err) == (2, True)
    (index / ".git").rename(index.parent / "gone")
    code, _, err = ficli(index, "assign", "b", "--commit")
    assert (code, "this registry is in no git clone, so there is nothing to commit to" in err) == (2, True)
