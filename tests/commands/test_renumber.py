"""`ficli assign --resolve`: two branches took one number; the later record gets another, and what meant it follows."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ficli: TypeAlias = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def forked(index: Path, ficli: Ficli, add_drafts: Callable[..., None], git: Callable[..., str]) -> Path:
    """Return a registry with FI-0001 in which `main` and `side` have each published an FI-0002 of their own."""
    add_drafts(index, "base")
    ficli(index, "assign", "--all", "--commit")
    add_drafts(index, "first", "later")
    git(index, "branch", "side")
    ficli(index, "assign", "first", "--commit")
    publish_without_memory(index, "side", "later", ficli, git)
    return index


def publish_without_memory(
    root: Path, branch: str, slug: str, ficli: Ficli, git: Callable[..., str], date: str = "1795000060 +0000"
) -> None:
    """Publish on a branch as a clone does that has not seen the others."""
    git(root, "switch", "--quiet", branch)
    assert ficli(root, "assign", slug, "--commit", "--no-history", variables={"GIT_COMMITTER_DATE": date})[0] == 0
    git(root, "switch", "--quiet", "main")


def refer(root: Path, branch: str, git: Callable[..., str], path: str = "incidents/FI-0001.yaml") -> None:
    """Make a record name FI-0002 in `related` on a branch."""
    before = git(root, "branch", "--show-current").strip()
    git(root, "switch", "--quiet", branch)
    with open(root / path, "a", encoding="utf-8") as file:
        file.write("related: # see also\n  - FI-0002\n")
    git(root, "commit", "--all", "--message", "Relate")
    git(root, "switch", "--quiet", before)


def merge(root: Path, git: Callable[..., str], *words: str) -> None:
    """Merge or rebase into a conflict."""
    with pytest.raises(subprocess.CalledProcessError):
        git(root, *(words or ("merge", "side")))


def slug_of(root: Path, name: str) -> str:
    """Read the slug and see that the ID in the file is that of its name."""
    text = (root / "incidents" / f"{name}.yaml").read_text(encoding="utf-8")
    assert f"\nid: {name}\n" in text
    return next(line for line in text.splitlines() if line.startswith("slug: ")).removeprefix("slug: ")


def test_after_a_merge_the_later_record_is_renumbered(forked: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    refer(forked, "side", git)
    merge(forked, git)
    code, out, err = ficli(forked, "assign", "--resolve")
    assert (code, out) == (0, "FI-0002\tFI-0003\tincidents/FI-0003.yaml\n")
    assert "FI-0002 stays with `first`; `later` is FI-0003 now." in err
    assert "incidents/FI-0001.yaml named it in `related`, and names FI-0003 now" in err
    assert (slug_of(forked, "FI-0002"), slug_of(forked, "FI-0003")) == ("first", "later")
    assert "related: # see also\n  - FI-0003\n" in (forked / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8")
    git(forked, "commit", "--no-edit")
    assert git(forked, "status", "--porcelain") == ""
    assert ficli(forked, "validate", "--select", "duplicate-id,duplicate-slug,id-filename-mismatch")[0] == 0
    code, out, _ = ficli(forked, "ids", "audit")
    assert code == 0
    assert out.startswith("renumbered\tFI-0002\t")
    assert "now FI-0003" in out


def test_a_reference_to_the_first_record_stays(forked: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    refer(forked, "main", git)
    merge(forked, git)
    assert ficli(forked, "assign", "--resolve")[0] == 0
    assert "  - FI-0002\n" in (forked / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8")


def test_a_reference_on_both_sides_is_left_to_a_person(forked: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    for branch in ("main", "side"):
        refer(forked, branch, git)
    merge(forked, git)
    code, _, err = ficli(forked, "assign", "--resolve")
    assert code == 1
    assert "`incidents/FI-0001.yaml` names FI-0002 in `related` on both sides: see which record is meant" in err


def test_after_a_rebase_too(forked: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    git(forked, "switch", "--quiet", "side")
    merge(forked, git, "rebase", "main")
    assert ficli(forked, "assign", "--resolve")[:2] == (0, "FI-0002\tFI-0003\tincidents/FI-0003.yaml\n")
    assert (slug_of(forked, "FI-0002"), slug_of(forked, "FI-0003")) == ("first", "later")
    git(forked, "-c", "core.editor=true", "rebase", "--continue")
    assert git(forked, "log", "--format=%s", "-2") == "Assign FI-0002\nAssign FI-0002\n"
    assert ficli(forked, "validate", "--select", "duplicate-id")[0] == 0


def test_what_is_public_stays_though_it_is_younger(forked: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    git(forked, "update-ref", "refs/remotes/origin/side", "side")
    merge(forked, git)
    code, out, err = ficli(forked, "assign", "--resolve")
    assert (code, out) == (0, "FI-0002\tFI-0003\tincidents/FI-0003.yaml\n")
    assert "FI-0002 stays with `later`; `first` is FI-0003 now." in err
    assert (slug_of(forked, "FI-0002"), slug_of(forked, "FI-0003")) == ("later", "first")


def test_looking_only(forked: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    merge(forked, git)
    before = git(forked, "status", "--porcelain")
    code, out, err = ficli(forked, "assign", "--resolve", "--dry-run", "--json")
    assert code == 0
    assert json.loads(out)["moved"] == [
        {"old": "FI-0002", "new": "FI-0003", "path": "incidents/FI-0003.yaml", "references": []}
    ]
    assert "Nothing was written" in err
    assert git(forked, "status", "--porcelain") == before


def test_nothing_to_resolve(index: Path, ficli: Ficli) -> None:
    assert ficli(index, "assign", "--resolve") == (0, "", "Nothing to resolve: no ID stands for two records.\n")


def test_one_record_that_both_sides_changed_is_left_to_a_person(
    forked: Path, ficli: Ficli, git: Callable[..., str]
) -> None:
    for branch, text in (("main", "severity: medium"), ("side", "severity: high")):
        git(forked, "switch", "--quiet", branch)
        path = forked / "incidents" / "FI-0001.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("severity: low", text), encoding="utf-8")
        git(forked, "commit", "--all", "--message", "Severity")
    git(forked, "switch", "--quiet", "main")
    merge(forked, git)
    code, out, err = ficli(forked, "assign", "--resolve")
    assert (code, out) == (1, "FI-0002\tFI-0003\tincidents/FI-0003.yaml\n")
    assert "`incidents/FI-0001.yaml` is one record that both sides changed: settle that by hand" in err


def test_a_file_that_was_edited_since_is_not_overwritten(forked: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    merge(forked, git)
    (forked / "incidents" / "FI-0002.yaml").write_text("# half done\n", encoding="utf-8")
    code, _, err = ficli(forked, "assign", "--resolve")
    assert (code, "has been edited since git found the conflict" in err) == (1, True)
    assert (forked / "incidents" / "FI-0002.yaml").read_text(encoding="utf-8") == "# half done\n"


@pytest.mark.parametrize("name", ["_Run._point", "stage"])
def test_a_run_that_was_killed_half_way_spends_no_second_id(
    forked: Path, ficli: Ficli, git: Callable[..., str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    refer(forked, "side", git)
    merge(forked, git)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"ficli.commands.assign.renumber.{name}", stop)
        assert ficli(forked, "assign", "--resolve")[0] == 130
    assert (forked / "incidents" / "FI-0003.yaml").exists()
    assert ficli(forked, "assign", "--resolve")[1] == "FI-0002\tFI-0003\tincidents/FI-0003.yaml\n"
    assert "  - FI-0003\n" in (forked / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8")
    assert git(forked, "diff", "--name-only") == ""


@pytest.mark.parametrize("known", [True, False])
def test_two_files_with_one_id(
    index: Path,
    ficli: Ficli,
    add_drafts: Callable[..., None],
    known: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    add_drafts(index, "one", "two")
    ficli(index, "assign", "one", "--commit")
    ficli(index, "assign", "two", "--commit", variables={"GIT_COMMITTER_DATE": "1795000060 +0000"})
    (index / "incidents" / "old").mkdir()
    text = (index / "incidents" / "FI-0002.yaml").read_text(encoding="utf-8").replace("FI-0002", "FI-0001")
    (index / "incidents" / "FI-0002.yaml").unlink()
    (index / "incidents" / "old" / "FI-0001.yaml").write_text(text, encoding="utf-8")
    add_drafts(index, "three", extra="related: [FI-0001]\n", commit=False)
    words = [] if known else ["--no-history"]
    code, out, err = ficli(index, "assign", "--resolve", *words)
    new = "FI-0003" if known else "FI-0002"  # nothing else remembers that FI-0002 was given
    assert (code, out) == (1, f"FI-0001\t{new}\tincidents/{new}.yaml\n")
    assert slug_of(index, "FI-0001") == "one"
    assert slug_of(index, new) == "two"
    assert "`drafts/three.yaml` names FI-0001 in `related`: see which record is meant" in err
