"""`ficli ids audit`: every number is accounted for, and an ID that ever stood for two records is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ficli: TypeAlias = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def five(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> Path:
    """Return a registry with five published records."""
    add_drafts(index, *"abcde")
    assert ficli(index, "assign", "--all", "--commit")[0] == 0
    return index


def test_every_number_is_accounted_for(
    five: Path, ficli: Ficli, git: Callable[..., str], add_drafts: Callable[..., None]
) -> None:
    ficli(five, "merge", "2", "--into", "1", "--take", "none")
    ficli(five, "remove", "3", "--reason", "x")
    ficli(five, "assign", "--reserve", "2", "--who", "W", "--why", "y")
    git(five, "add", "--all")
    git(five, "commit", "--message", "Change")
    git(five, "switch", "--quiet", "--create", "side")
    add_drafts(five, "f")
    ficli(five, "assign", "f", "--commit")
    git(five, "switch", "--quiet", "main")
    commit = git(five, "rev-parse", "side").strip()[:12]
    assert ficli(five, "ids", "audit") == (
        0,
        f"gap\tFI-0008\tnot in the files here; commit {commit} of 2026-11-18 has it, on another branch or tag\n",
        "1 to FI-0008: 3 live, 1 merged, 1 removed, 2 reserved, 1 gap. Every ID was given once, and none is gone.\n",
    )


def test_ids_that_vanished(five: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    git(five, "rm", "--quiet", "incidents/FI-0002.yaml", "incidents/FI-0003.yaml")
    git(five, "commit", "--message", "Vanish")
    commit = git(five, "rev-parse", "HEAD").strip()[:12]
    day = git(five, "log", "-1", "--format=%cs").strip()
    code, out, err = ficli(five, "ids", "audit")
    assert (code, out) == (1, f"vanished\tFI-0002 to FI-0003\tdeleted by commit {commit} on {day}\n")
    assert err == "1 to FI-0005: 3 live, 2 gaps. 1 problem found.\n"


def test_an_id_that_named_two_records_on_two_days(five: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    path = five / "incidents" / "FI-0002.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("slug: b", "slug: other").replace("case b'", "case other'"), encoding="utf-8")
    git(five, "commit", "--all", "--message", "Another one")
    code, out, _ = ficli(five, "ids", "audit")
    assert code == 1
    assert out.startswith("two-records\tFI-0002\t`b` from commit ")
    assert "; `other` from commit " in out


def test_a_changed_title_or_slug_is_still_the_same_record(five: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    path = five / "incidents" / "FI-0002.yaml"
    for old, new in (("case b'", "case c of b'"), ("slug: b\n", "slug: bb\n"), ("case c of b'", "case d of b'")):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        git(five, "commit", "--all", "--message", "Rewrite")
    assert ficli(five, "ids", "audit")[:2] == (0, "")


def test_an_id_that_two_files_have_now(five: Path, ficli: Ficli) -> None:
    (five / "incidents" / "more").mkdir()
    text = (five / "incidents" / "FI-0002.yaml").read_text(encoding="utf-8")
    (five / "incidents" / "more" / "FI-0002.yaml").write_text(text, encoding="utf-8")
    code, out, _ = ficli(five, "ids", "audit")
    expected = "two-files\tFI-0002\t`incidents/FI-0002.yaml` and `incidents/more/FI-0002.yaml` have it now\n"
    assert (code, out) == (1, expected)


def test_a_file_that_is_not_written_as_usual_and_one_that_is_no_record(five: Path, ficli: Ficli) -> None:
    path = five / "incidents" / "FI-0002.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("id: FI-0002", 'id: "FI-0002"'), encoding="utf-8")
    (five / "incidents" / "FI-0003.yaml").write_text("- nothing\n", encoding="utf-8")
    code, _, err = ficli(five, "ids", "audit")
    assert (code, err.startswith("1 to FI-0005: 5 live. ")) == (0, True)


def test_gaps_that_no_commit_explains_and_reservations_of_old(
    five: Path, ficli: Ficli, git: Callable[..., str], add_drafts: Callable[..., None]
) -> None:
    ficli(five, "assign", "--reserve", "2", "--who", "Example Newsroom", "--why", "y")
    git(five, "add", "--all")
    git(five, "commit", "--message", "Reserve")
    git(five, "rm", "--quiet", "reservations.yaml")
    git(five, "commit", "--message", "Forget")
    add_drafts(five, "f")
    ficli(five, "assign", "f")
    path = five / "incidents" / "FI-0008.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("FI-0008", "FI-0010"), encoding="utf-8")
    path.rename(five / "incidents" / "FI-0010.yaml")
    code, out, _ = ficli(five, "ids", "audit")
    assert code == 0
    assert out == (
        "gap\tFI-0006 to FI-0007\tit was reserved for `Example Newsroom`, in a line of an earlier commit\n"
        "gap\tFI-0008 to FI-0009\tno commit has a file of that number\n"
    )


def test_a_renumbered_record_is_told_by_its_new_id(five: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    path = five / "incidents" / "FI-0005.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("FI-0005", "FI-0006"), encoding="utf-8")
    git(five, "mv", "incidents/FI-0005.yaml", "incidents/FI-0006.yaml")
    git(five, "commit", "--all", "--message", "Renumber")
    code, out, _ = ficli(five, "ids", "audit")
    assert (code, out.startswith("gap\tFI-0005\t`e` is FI-0006 since commit ")) == (0, True)


def test_json_and_without_history(five: Path, ficli: Ficli) -> None:
    (five / "incidents" / "FI-0002.yaml").unlink()
    code, out, _ = ficli(five, "ids", "audit", "--json", "--no-history")
    data = json.loads(out)
    assert code == 0
    assert data["highest"] == "FI-0005"
    assert data["counts"] == {"live": 4, "merged": 0, "removed": 0, "reserved": 0, "gap": 1}
    assert data["lines"] == [
        {
            "kind": "gap",
            "first": "FI-0002",
            "last": "FI-0002",
            "text": "no file has that number, and git was not asked",
            "problem": False,
        }
    ]
    assert data["notes"] == ["git was not asked, so it is not known which IDs a file had that is gone"]


def test_a_file_that_was_deleted_and_not_committed(five: Path, ficli: Ficli) -> None:
    (five / "incidents" / "FI-0002.yaml").unlink()
    code, out, _ = ficli(five, "ids", "audit")
    assert code == 1
    assert out == "vanished\tFI-0002\tdeleted here, and not committed\n"


def test_a_leap_and_an_empty_registry(five: Path, ficli: Ficli, tmp_path: Path) -> None:
    text = (five / "incidents" / "FI-0002.yaml").read_text(encoding="utf-8")
    (five / "incidents" / "FI-9999999999.yaml").write_text(text.replace("FI-0002", "FI-9999999999"), encoding="utf-8")
    code, _, err = ficli(five, "ids", "audit")
    assert (code, "`FI-9999999999` leaps more than 10,000 numbers ahead" in err) == (0, True)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "ficli.toml").touch()
    code, _, err = ficli(tmp_path / "empty", "ids", "audit")
    assert (code, "no number has been given yet" in err) == (2, True)
