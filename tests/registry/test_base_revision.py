"""Where a change starts and which files it touches: refs of all sorts, files in every state, names that mislead."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ficli.environment.git import GitError
from ficli.errors import FicliError, UsageError
from ficli.registry.base_revision import ChangeSet, changes_since, find_base
from ficli.registry.git_history import History

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ficli.environment import Environment


@pytest.fixture
def here(environment: Callable[..., Environment]) -> Environment:
    return environment(variables={"PATH": os.environ["PATH"]})


@pytest.fixture
def root(index: Path, git: Callable[..., str]) -> Path:
    """Return a registry with two files in its base, on a branch of its own."""
    put(index, **{"incidents/FI-0001.yaml": "id: FI-0001\n", "incidents/FI-0002.yaml": "id: FI-0002\n"})
    git(index, "add", "--all")
    git(index, "commit", "--message", "base")
    git(index, "switch", "--create", "topic")
    return index


def put(root: Path, **files: str) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def changed(here: Environment, root: Path, ref: str = "main") -> ChangeSet:
    return changes_since(find_base(here, root, ref))


def test_files_in_every_state_count(here: Environment, root: Path, git: Callable[..., str]) -> None:
    put(root, **{"drafts/committed.yaml": "a"})
    git(root, "add", "--all")
    git(root, "commit", "--message", "topic")
    put(root, **{"drafts/staged.yaml": "b", "incidents/FI-0001.yaml": "unstaged", "drafts/a/untracked.yaml": "c"})
    git(root, "add", "drafts/staged.yaml")
    git(root, "mv", "incidents/FI-0002.yaml", "incidents/FI-0009.yaml")

    change = changed(here, root)

    assert change.paths == {
        *("drafts/committed.yaml", "drafts/staged.yaml", "drafts/a/untracked.yaml"),
        *("incidents/FI-0001.yaml", "incidents/FI-0002.yaml", "incidents/FI-0009.yaml"),
    }
    assert change.before == {"incidents/FI-0001.yaml": b"id: FI-0001\n", "incidents/FI-0002.yaml": b"id: FI-0002\n"}
    assert change.touches("drafts/a")
    assert not change.touches("incidents")
    assert not change.touches("drafts/b/untracked.yaml")


def test_a_file_that_is_no_longer_tracked_is_compared_as_it_is(
    here: Environment, root: Path, git: Callable[..., str]
) -> None:
    git(root, "rm", "--cached", "incidents/FI-0001.yaml")

    assert changed(here, root).before == {"incidents/FI-0001.yaml": b"id: FI-0001\n"}


def test_files_that_git_does_not_look_at_are_compared_as_they_are(
    here: Environment, root: Path, git: Callable[..., str]
) -> None:
    put(root, **{"incidents/FI-0003.yaml": "id: FI-0003\n", "incidents/FI-0004.yaml": "id: FI-0004\n"})
    git(root, "add", "--all")
    git(root, "commit", "--message", "more")
    names = [f"incidents/FI-000{number}.yaml" for number in (1, 2, 3, 4)]
    git(root, "update-index", "--assume-unchanged", names[0], names[2], names[3])
    git(root, "update-index", "--skip-worktree", names[1])
    put(root, **{names[0]: "hidden", names[1]: "hidden", names[3]: "id: FI-0004\r\n"})
    (root / names[2]).unlink()

    assert changed(here, root, "HEAD").paths == set(names[:3])


def test_a_sparse_checkout_is_not_the_whole_registry(here: Environment, root: Path, git: Callable[..., str]) -> None:
    git(root, "sparse-checkout", "set", "--no-cone", "/*", "!/incidents/FI-0002.yaml")

    with pytest.raises(
        GitError, match=r"this checkout leaves 1 file of the registry out, such as `incidents/FI-0002.yaml`"
    ) as raised:
        changed(here, root)
    assert "`git sparse-checkout disable`" in raised.value.hint


def test_a_file_that_was_touched_has_not_changed(here: Environment, root: Path, git: Callable[..., str]) -> None:
    git(root, "config", "diff.autoRefreshIndex", "false")
    os.utime(root / "incidents" / "FI-0001.yaml", (1, 1))

    assert changed(here, root).paths == set()


def test_reservations_are_watched_and_no_record_is_judged_by_them(
    here: Environment, root: Path, git: Callable[..., str]
) -> None:
    put(root, **{"reservations.yaml": "reservations: []\n", "rejected.yaml": "[]\n"})
    git(root, "add", "--all")
    git(root, "commit", "--message", "more")
    put(root, **{"reservations.yaml": "", "rejected.yaml": ""})

    change = changed(here, root, "HEAD")

    assert change.before == {"reservations.yaml": b"reservations: []\n", "rejected.yaml": b"[]\n"}
    assert change.settings == {"rejected.yaml"}
    assert not change.records


def test_what_git_ignores_and_what_is_no_part_of_the_registry_does_not_count(here: Environment, root: Path) -> None:
    put(root, **{".gitignore": "*.tmp.yaml\n", "drafts/x.tmp.yaml": "", "README.md": "x"})

    assert changed(here, root).paths == set()


def test_settings_count_apart(here: Environment, root: Path) -> None:
    put(root, **{"ficli.toml": "[index]\n", "taxonomy.yaml": "", "rejected.yaml": ""})

    change = changed(here, root)

    assert change.settings == {"ficli.toml", "taxonomy.yaml", "rejected.yaml"}
    assert change.records == set()


def test_what_others_did_since_the_branch_started_is_no_change_of_it(
    here: Environment, root: Path, git: Callable[..., str]
) -> None:
    git(root, "switch", "main")
    put(root, **{"incidents/FI-0003.yaml": "id: FI-0003\n"})
    git(root, "add", "--all")
    git(root, "commit", "--message", "meanwhile")
    git(root, "switch", "topic")

    assert changed(here, root).paths == set()


def test_a_registry_in_a_subfolder(here: Environment, root: Path, git: Callable[..., str]) -> None:
    put(root, **{"inner/ficli.toml": "", "inner/drafts/a.yaml": "a\n"})
    git(root, "add", "--all")
    git(root, "commit", "--message", "inner")
    put(root, **{"inner/drafts/a.yaml": "b\n", "inner/drafts/b.yaml": "b\n"})

    change = changed(here, root / "inner", "HEAD")

    assert change.paths == {"drafts/a.yaml", "drafts/b.yaml"}
    assert change.before == {"drafts/a.yaml": b"a\n"}


@pytest.mark.parametrize(
    "name", [b"line\nbreak.yaml", b"-dash.yaml", b"\xff\xfe.yaml", b"a b.yaml", b"%0A::error.yaml"]
)
def test_names_that_mislead_are_names(here: Environment, root: Path, git: Callable[..., str], name: bytes) -> None:
    for path in (b"drafts/" + name, b"incidents/" + name):
        full = os.path.join(os.fsencode(root), path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(b"a")
    git(root, "add", "incidents")
    git(root, "commit", "--message", "odd name")
    os.unlink(os.path.join(os.fsencode(root), b"incidents/" + name))

    change = changed(here, root, "HEAD")

    assert change.paths == {os.fsdecode(b"drafts/" + name), os.fsdecode(b"incidents/" + name)}
    assert change.before == {os.fsdecode(b"incidents/" + name): b"a"}


def test_a_submodule_counts_with_all_it_holds(
    here: Environment, root: Path, git: Callable[..., str], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init")
    put(other, **{"FI-0005.yaml": "id: FI-0005\n"})
    git(other, "add", "--all")
    git(other, "commit", "--message", "other")
    git(root, "submodule", "add", str(other), "incidents/sub")

    change = changed(here, root)

    assert change.touches("incidents/sub/FI-0005.yaml")
    assert not change.touches("incidents/FI-0001.yaml")


def test_a_clone_that_is_not_tracked_counts_too(here: Environment, root: Path, git: Callable[..., str]) -> None:
    (root / "drafts" / "clone").mkdir(parents=True)
    git(root / "drafts" / "clone", "init")
    put(root, **{"drafts/clone/a.yaml": "a"})

    assert changed(here, root).touches("drafts/clone/a.yaml")


# --- where a change starts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ref", ["--upload-pack=x", "-", "", "a\nb", "a\x00b", "\x1b[2J"])
def test_what_can_be_no_ref_is_refused(here: Environment, root: Path, ref: str) -> None:
    with pytest.raises(UsageError, match="is no name of a commit"):
        find_base(here, root, ref)


@pytest.mark.parametrize("ref", ["nope", "feature/x", "fix#1", "0123abc"])
def test_a_ref_that_is_not_there_names_what_to_fetch(here: Environment, root: Path, ref: str) -> None:
    with pytest.raises(GitError, match="git knows no commit") as raised:
        find_base(here, root, ref)

    assert raised.value.hint == f"`git fetch origin {ref}` brings it"


@pytest.mark.parametrize(
    "ref",
    [
        *("main..topic", "main:incidents", "HEAD^{tree}", "HEAD^{/x", "@{u}", "a b", "$(id)", "a;id", "HEAD~9", "/"),
        *("^main", "HEAD^{", "x" * 5000),
    ],
)
def test_what_can_be_fetched_by_no_name_is_not_offered_as_a_command(here: Environment, root: Path, ref: str) -> None:
    with pytest.raises(GitError, match="git knows no commit") as raised:
        find_base(here, root, ref)

    assert raised.value.hint.startswith("name a branch, a tag or a commit")


def test_a_branch_of_a_remote_names_both(here: Environment, root: Path, clone_of: Callable[..., Path]) -> None:
    with pytest.raises(GitError) as raised:
        find_base(here, clone_of(root, "clone"), "origin/feature/x")

    assert raised.value.hint == "`git fetch origin feature/x` brings it"


def test_auto_is_the_default_branch_of_the_remote(
    here: Environment, root: Path, clone_of: Callable[..., Path], git: Callable[..., str]
) -> None:
    git(root, "branch", "--force", "main", "topic")
    clone = clone_of(root, "clone")

    assert find_base(here, clone, "auto").ref == "origin/main"


@pytest.mark.parametrize("kind", ["branch", "tag"])
def test_no_branch_or_tag_of_that_name_stands_in_for_the_default_branch(
    here: Environment, root: Path, clone_of: Callable[..., Path], git: Callable[..., str], kind: str
) -> None:
    clone = clone_of(root, "clone")
    git(clone, "remote", "set-head", "origin", "--delete")
    git(clone, "switch", "--create", "topic")
    put(clone, **{"drafts/a.yaml": "a"})
    git(clone, "add", "--all")
    git(clone, "commit", "--message", "topic")
    git(clone, kind, "origin/main")

    base = find_base(here, clone, "auto")

    assert base.ref == "origin/main"
    assert changes_since(base).paths == {"drafts/a.yaml"}
    with pytest.raises(GitError, match="`origin/main` names several commits here") as raised:
        find_base(here, clone, "origin/main")
    assert raised.value.hint == "give the one you mean in full"
    assert find_base(here, clone, "refs/remotes/origin/main").commit == base.commit


def test_a_name_for_one_commit_may_be_there_twice(here: Environment, root: Path, git: Callable[..., str]) -> None:
    git(root, "tag", "--annotate", "main", "--message", "main", "main")

    assert find_base(here, root, "main").ref == "main"


def test_without_a_remote_auto_is_the_branch_with_the_usual_name(here: Environment, root: Path) -> None:
    assert find_base(here, root, "auto").ref == "main"


def test_auto_needs_a_default_branch(here: Environment, root: Path, git: Callable[..., str]) -> None:
    git(root, "branch", "--move", "main", "trunk")

    with pytest.raises(GitError, match="the default branch is not known") as raised:
        find_base(here, root, "auto")
    assert "`--since BRANCH` names one" in raised.value.hint
    assert find_base(here, root, "trunk").commit == find_base(here, root, "HEAD").commit


def test_a_detached_head_is_as_good_as_a_branch(here: Environment, root: Path, git: Callable[..., str]) -> None:
    git(root, "switch", "--detach")
    put(root, **{"drafts/a.yaml": "a"})

    assert changed(here, root, "auto").paths == {"drafts/a.yaml"}


def test_nothing_was_committed_yet(here: Environment, tmp_path: Path, git: Callable[..., str]) -> None:
    git(tmp_path, "init")

    with pytest.raises(FicliError, match="nothing was committed here yet"):
        find_base(here, tmp_path, "auto")


def test_a_folder_in_no_clone(here: Environment, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="`--since` needs git"):
        find_base(here, tmp_path, "auto")


def test_a_shallow_clone_says_what_to_fetch(
    here: Environment, root: Path, tmp_path: Path, git: Callable[..., str]
) -> None:
    git(tmp_path, "clone", "--depth", "1", root.as_uri(), str(tmp_path / "shallow"))

    with pytest.raises(GitError, match="this clone is shallow") as raised:
        find_base(here, tmp_path / "shallow", "auto")
    assert "`git fetch --unshallow`" in raised.value.hint
    assert "`fetch-depth: 0`" in raised.value.hint


def test_branches_without_a_commit_in_common(here: Environment, root: Path, git: Callable[..., str]) -> None:
    git(root, "switch", "--orphan", "alone")
    git(root, "commit", "--allow-empty", "--message", "alone")

    with pytest.raises(GitError, match="`main` and what is checked out have no commit in common"):
        find_base(here, root, "main")


def test_a_partial_clone_that_lacks_the_base_says_so(
    here: Environment, root: Path, tmp_path: Path, git: Callable[..., str]
) -> None:
    git(root, "config", "uploadpack.allowFilter", "true")
    put(root, **{"incidents/FI-0001.yaml": "changed\n"})
    git(root, "commit", "--all", "--message", "changed")
    git(tmp_path, "clone", "--filter=blob:none", root.as_uri(), str(tmp_path / "partial"))

    with pytest.raises(GitError, match=r"this clone lacks what some records held") as raised:
        changed(here, tmp_path / "partial", "HEAD~1")
    assert "partial clone" in raised.value.hint


def test_an_object_that_git_passes_over_is_told(here: Environment, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, **{"incidents/FI-0001.yaml": "changed"})
    monkeypatch.setattr(History, "contents", lambda _self, _blobs: iter(()))

    with pytest.raises(GitError, match="this clone lacks what some records held"):
        changed(here, root, "HEAD")


def test_a_remote_whose_default_branch_is_a_commit(
    here: Environment, root: Path, clone_of: Callable[..., Path], git: Callable[..., str]
) -> None:
    clone = clone_of(root, "clone")
    commit = git(clone, "rev-parse", "HEAD").strip()
    git(clone, "update-ref", "--no-deref", "refs/remotes/origin/HEAD", commit)

    assert find_base(here, clone, "auto").ref == "origin/HEAD"


def test_a_repository_that_git_refuses_is_told(here: Environment, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = History.git

    def failing(self: History, arguments: Sequence[str], *, stdin: bytes = b"") -> bytes:
        if arguments[0] in {"merge-base", "cat-file"}:
            raise GitError("broken", stderr="fatal: broken")
        return git(self, arguments, stdin=stdin)

    base = find_base(here, root, "HEAD")
    put(root, **{"incidents/FI-0001.yaml": "changed"})
    monkeypatch.setattr(History, "git", failing)

    with pytest.raises(GitError, match="broken"):
        find_base(here, root, "HEAD")
    with pytest.raises(GitError, match="broken"):
        changes_since(base)
