"""`ficli assign`: which IDs drafts get, what changes in their files, and what keeps them from getting one."""

from __future__ import annotations

import difflib
import errno
import json
import tempfile
from typing import TYPE_CHECKING, TypeAlias

import pytest

from ficli.environment import write_file
from ficli.errors import FicliError
from ficli.incident.taxonomy import shipped_taxonomy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ficli: TypeAlias = "Callable[..., tuple[int, str, str]]"


def names(folder: Path) -> list[str]:
    """Name the files in a folder; none where there is no folder."""
    return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def slug_at(root: Path, name: str) -> str:
    """Read the slug of a record."""
    lines = (root / "incidents" / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("slug: ")).removeprefix("slug: ")


def test_a_draft_gets_the_first_id(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    code, out, err = ficli(index, "assign", "one")
    assert (code, out) == (0, "FI-0001\tincidents/FI-0001.yaml\n")
    assert err == "Published 1 draft on 2026-11-23.\nNext: ficli validate, then commit\n"
    assert names(index / "drafts") == []
    assert ficli(index, "validate")[0] == 0


def test_exactly_four_lines_change(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    before = (index / "drafts" / "one.yaml").read_text(encoding="utf-8")
    ficli(index, "assign", "one")
    after = (index / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8")
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changed == [
        "+ id: FI-0001",
        '- status: "draft"  # until it is assigned',
        '+ status: "published"  # until it is assigned',
        "+ indexed_date: 2026-11-23",
        f"+ taxonomy_version: {shipped_taxonomy().version}",
    ]


def test_line_ends_and_the_missing_last_one_stay(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one", commit=False)
    path = index / "drafts" / "one.yaml"
    raw = path.read_bytes().replace(b"\n", b"\r\n").rstrip()
    path.write_bytes(raw)
    assert ficli(index, "assign", "one")[0] == 0
    after = (index / "incidents" / "FI-0001.yaml").read_bytes()
    new = (
        b"id: FI-0001\r\n",
        b"indexed_date: 2026-11-23\r\n",
        f"taxonomy_version: {shipped_taxonomy().version}\r\n".encode(),
    )
    for line in new:
        assert after.count(line) == 1
        after = after.replace(line, b"")
    assert after == raw.replace(b'"draft"', b'"published"')


def test_the_order_is_that_of_first_commits_then_slugs(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None]
) -> None:
    add_drafts(index, "late", "zebra")
    add_drafts(index, "beta", "alpha")
    add_drafts(index, "aardvark", commit=False)
    code, out, _ = ficli(index, "assign", "--all")
    assert code == 0
    ids = [line.partition("\t")[0] for line in out.splitlines()]
    assert [slug_at(index, name) for name in ids] == ["late", "zebra", "alpha", "beta", "aardvark"]


@pytest.mark.parametrize("name", ["one", "ONE", "drafts/one.yaml", "./drafts/one.yaml"])
def test_a_draft_is_named_by_slug_or_path_and_twice_is_no_mistake(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], name: str
) -> None:
    add_drafts(index, "one", "two")
    assert ficli(index, "assign", name)[:2] == (0, "FI-0001\tincidents/FI-0001.yaml\n")
    code, out, err = ficli(index, "assign", name)
    assert (code, out) == (0, "FI-0001\tincidents/FI-0001.yaml\n")
    assert err.startswith("Published 0 drafts on 2026-11-23. 1 draft had its ID already.")
    assert names(index / "drafts") == ["two.yaml"]


def test_an_unknown_draft(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "refunds-at-example-bank")
    code, _, err = ficli(index, "assign", "refunds-at-exampel-bank")
    assert code == 2
    assert "did you mean `refunds-at-example-bank`?" in err


def test_a_tombstone_is_no_draft(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    ficli(index, "assign", "--all", "--commit")
    ficli(index, "remove", "FI-0001", "--reason", "It did not happen.")
    code, _, err = ficli(index, "assign", "one")
    assert (code, "is no draft: `incidents/FI-0001.yaml` has `status: removed`" in err) == (2, True)


def test_no_draft_is_named(index: Path, ficli: Ficli) -> None:
    code, _, err = ficli(index, "assign")
    assert (code, err) == (
        2,
        "error: no draft is named\n  help: name drafts by slug or path, or take them all with `--all`\n",
    )


def test_there_are_no_drafts(index: Path, ficli: Ficli) -> None:
    assert ficli(index, "assign", "--all") == (0, "", "There are no drafts.\n")


# --- what keeps a draft from getting an ID ------------------------------------------------------------------


def test_errors_block_one_draft_and_not_the_others(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "bad", "good")
    path = index / "drafts" / "bad.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("severity: low", "severity: lwo"), encoding="utf-8")
    code, out, err = ficli(index, "assign", "--all")
    assert (code, out) == (1, "FI-0001\tincidents/FI-0001.yaml\n")
    assert "error[invalid-value]" in err
    assert "1 draft got none" in err
    assert names(index / "drafts") == ["bad.yaml"]
    assert slug_at(index, "FI-0001") == "good"


def test_warnings_are_shown_and_do_not_block(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    path = index / "drafts" / "one.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("in case one'", "in case one.'"), encoding="utf-8")
    code, _, err = ficli(index, "assign", "one")
    assert code == 0
    assert "warning[title-style]" in err


def test_weak_sourcing_refuses(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    path = index / "drafts" / "one.yaml"
    text = path.read_text(encoding="utf-8").replace("severity: low", "severity: high")
    path.write_text(
        text.replace("sources:\n", "mechanism: The chatbot was never tested on refunds.\nsources:\n"), encoding="utf-8"
    )
    code, out, err = ficli(index, "assign", "one")
    assert (code, out) == (1, "")
    assert "error[weak-sourcing]" in err


def test_what_only_a_published_record_must_have_blocks_too(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None]
) -> None:
    add_drafts(index, "one")
    path = index / "drafts" / "one.yaml"
    second = "  - {kind: regulator, title: A fine, url: 'https://authority.example/1', published: 2026-06-01}\n"
    text = path.read_text(encoding="utf-8").replace("severity: low", "severity: high") + second
    path.write_text(text, encoding="utf-8")
    code, out, err = ficli(index, "assign", "one")
    assert (code, out) == (1, "")
    assert "drafts/one.yaml: as a published record it would have an error: " in err
    assert "[missing-field]" in err


def test_a_draft_that_already_has_an_id(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one", extra="id: FI-0700\n")
    code, out, err = ficli(index, "assign", "one")
    assert (code, out) == (1, "")
    assert "error[id-in-draft]" in err


def test_two_drafts_with_one_slug(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    (index / "drafts" / "more").mkdir()
    text = (index / "drafts" / "one.yaml").read_text(encoding="utf-8")
    (index / "drafts" / "more" / "one.yaml").write_text(text, encoding="utf-8")
    code, out, err = ficli(index, "assign", "--all")
    assert (code, out) == (1, "")
    assert err.count("another draft has the slug `one` too") == 2


def test_a_slug_that_a_tombstone_holds(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    ficli(index, "assign", "--all", "--commit")
    ficli(index, "remove", "one", "--reason", "It did not happen.")
    add_drafts(index, "one")
    code, out, err = ficli(index, "assign", "drafts/one.yaml")
    assert (code, out) == (1, "")
    assert "error[duplicate-slug]" in err


def test_a_draft_that_is_a_link(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    (index / "kept.yaml").write_bytes((index / "drafts" / "one.yaml").read_bytes())
    (index / "drafts" / "one.yaml").unlink()
    (index / "drafts" / "one.yaml").symlink_to("../kept.yaml")
    code, _, err = ficli(index, "assign", "one")
    assert (code, "it is a link to another file" in err) == (1, True)


def test_a_draft_that_cannot_be_edited(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    path = index / "drafts" / "one.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# ficli: allow[unformatted] by hand\n", encoding="utf-8")
    data = path.read_text(encoding="utf-8")
    path.write_text("? schema_version\n: 1\n" + data.replace("schema_version: 1\n", ""), encoding="utf-8")
    code, out, err = ficli(index, "assign", "one")
    assert code in {0, 1}
    if code:
        assert "drafts/one.yaml" in err
        assert out == ""


# --- numbers ------------------------------------------------------------------------------------------------


def test_the_next_number_is_the_highest_ever_and_one(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], git: Callable[..., str]
) -> None:
    add_drafts(index, "one", "two", "three")
    ficli(index, "assign", "--all", "--commit")
    git(index, "rm", "incidents/FI-0003.yaml")
    git(index, "commit", "--message", "Vanish")
    add_drafts(index, "four")
    assert ficli(index, "assign", "four")[1] == "FI-0004\tincidents/FI-0004.yaml\n"


def test_numbers_on_other_branches_tags_and_remotes_count(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], git: Callable[..., str]
) -> None:
    git(index, "switch", "--create", "side")
    add_drafts(index, "one", "two")
    ficli(index, "assign", "--all", "--commit")
    git(index, "update-ref", "refs/remotes/origin/side", "HEAD")
    git(index, "switch", "main")
    git(index, "branch", "--delete", "--force", "side")
    add_drafts(index, "three")
    assert ficli(index, "assign", "three")[1] == "FI-0003\tincidents/FI-0003.yaml\n"


def test_the_width_grows(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one", "two")
    ficli(index, "assign", "one")
    path = index / "incidents" / "FI-0001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("FI-0001", "FI-9999"), encoding="utf-8")
    path.rename(index / "incidents" / "FI-9999.yaml")
    assert ficli(index, "assign", "two")[1] == "FI-10000\tincidents/FI-10000.yaml\n"


def test_a_number_that_leaps_ahead_is_not_counted_from_and_never_given(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None]
) -> None:
    add_drafts(index, "one", "two")
    ficli(index, "assign", "one")
    path = index / "incidents" / "FI-9999999999.yaml"
    path.write_text((index / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    code, out, err = ficli(index, "assign", "two")
    assert (code, out) == (0, "FI-0002\tincidents/FI-0002.yaml\n")
    assert "`FI-9999999999` leaps more than 10,000 numbers ahead, so the count goes on after FI-0001" in err


def test_an_id_inside_a_file_of_another_name_counts(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one", "two")
    ficli(index, "assign", "one")
    path = index / "incidents" / "FI-0001.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: FI-0001", "id: FI-0040"), encoding="utf-8")
    assert ficli(index, "assign", "two")[1] == "FI-0041\tincidents/FI-0041.yaml\n"


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_drafts(index, "one")

    def sneak(path: Path, content: bytes, **how: bool) -> None:
        if path.name == "FI-0001.yaml" and not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_text("by hand", encoding="utf-8")
        write_file(path, content, **how)

    monkeypatch.setattr("ficli.commands.assign.assign.write_file", sneak)
    assert ficli(index, "assign", "one")[1] == "FI-0002\tincidents/FI-0002.yaml\n"
    assert (index / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8") == "by hand"


# --- reservations -------------------------------------------------------------------------------------------

NOTE = ("--who", "Example Newsroom", "--why", "its series: tax")


def test_a_block_is_put_aside_with_a_note(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one", "two", "three")
    assert ficli(index, "assign", "--reserve", "3", *NOTE)[:2] == (0, "FI-0001\tFI-0003\n")
    assert ficli(index, "assign", "--reserve", "2", *NOTE)[1] == "FI-0004\tFI-0005\n"
    text = (index / "reservations.yaml").read_text(encoding="utf-8")
    assert text.count("who: Example Newsroom") == 2
    assert ficli(index, "assign", "one")[1] == "FI-0006\tincidents/FI-0006.yaml\n"
    assert ficli(index, "assign", "--id", "FI-0002", "two")[1] == "FI-0002\tincidents/FI-0002.yaml\n"
    assert ficli(index, "assign", "--id", "FI-0002", "two")[0] == 0
    code, _, err = ficli(index, "assign", "--id", "FI-0002", "three")
    assert (code, "`FI-0002` has been given already" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--id", "FI-0700", "one"], "`FI-0700` is not reserved"),
        (["--id", "700x", "one"], "`--id`: `700x` is no ID of this registry"),
        (["--id", "FI-0001", "one", "two"], "`--id` gives one ID to one draft"),
        (["--reserve", "3"], "`--who` is missing"),
        (["--who", "X"], "`--reserve` is missing"),
        (["--reserve", "2000", *NOTE], "2,000 numbers are more than the 1,000"),
        (["--reserve", "2", "--who", "a\x1b[31mb", "--why", "x"], "`--who` must be a line of text"),
        (["--reserve", "2", "one"], "`--reserve` gives no IDs to drafts"),
        (["--resolve", "--all"], "`--resolve` gives no IDs to drafts"),
        (["--resolve", "--reserve", "2"], "two commands"),
        (["--all", "one"], "drafts are named, and `--all` is given too"),
        (["--all", "--date", "2026-13-01"], "`--date`: `2026-13-01` is no day"),
        (["--all", "--date", "20260101"], "is no day"),
    ],
)
def test_wrong_usage(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], words: list[str], message: str
) -> None:
    add_drafts(index, "one", "two")
    ficli(index, "assign", "--reserve", "3", *NOTE)
    code, out, err = ficli(index, "assign", *words)
    assert (code, out) == (2, "")
    assert message in err
    assert names(index / "drafts") == ["one.yaml", "two.yaml"]


def test_reservations_of_other_branches_count(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], git: Callable[..., str]
) -> None:
    git(index, "switch", "--create", "side")
    ficli(index, "assign", "--reserve", "5", *NOTE)
    git(index, "add", "--all")
    git(index, "commit", "--message", "Reserve")
    git(index, "switch", "main")
    add_drafts(index, "one")
    assert ficli(index, "assign", "one")[1] == "FI-0006\tincidents/FI-0006.yaml\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- x\n", "reservations.yaml: this file must hold"),
        ("reservations: x\n", "reservations.yaml: this file must hold"),
        ("reservations: [\n", "reservations.yaml:"),
        ("reservations:\n  - first: FI-0001\n", "reservations.yaml:2: a block has"),
        (
            "reservations:\n  - {first: FI-0005, last: FI-0001, who: a, why: b, date: 2026-01-01}\n",
            "`FI-0001` does not come after `FI-0005`",
        ),
    ],
)
def test_a_wrong_reservations_file_stops_everything(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], text: str, message: str
) -> None:
    add_drafts(index, "one")
    (index / "reservations.yaml").write_text(text, encoding="utf-8")
    code, out, err = ficli(index, "assign", "one")
    assert (code, out) == (2, "")
    assert message in err


def test_a_reservation_is_added_to_an_empty_file(index: Path, ficli: Ficli) -> None:
    (index / "reservations.yaml").write_text("# Ask the steward first.\n", encoding="utf-8")
    assert ficli(index, "assign", "--reserve", "1", *NOTE)[0] == 0
    assert (
        (index / "reservations.yaml")
        .read_text(encoding="utf-8")
        .startswith("# Ask the steward first.\nreservations:\n")
    )
    assert ficli(index, "assign", "--reserve", "1", *NOTE)[1] == "FI-0002\tFI-0002\n"


# --- looking only -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["--check"], ["--all", "--dry-run"], ["--check", "one", "two"]])
def test_looking_writes_nothing(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], git: Callable[..., str], words: list[str]
) -> None:
    add_drafts(index, "one", "two")
    code, out, err = ficli(index, "assign", *words)
    assert code == 0
    assert out == "FI-0001\tincidents/FI-0001.yaml\nFI-0002\tincidents/FI-0002.yaml\n"
    assert "Would publish 2 drafts on 2026-11-23. Nothing was written" in err
    assert not (index / ".ficli").exists()
    assert git(index, "status", "--porcelain") == ""


def test_a_dry_reservation(index: Path, ficli: Ficli) -> None:
    assert ficli(index, "assign", "--reserve", "2", *NOTE, "--dry-run")[:2] == (0, "FI-0001\tFI-0002\n")
    assert not (index / "reservations.yaml").exists()


def test_json(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "bad", "good")
    path = index / "drafts" / "bad.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("severity: low", "severity: lwo"), encoding="utf-8")
    code, out, _ = ficli(index, "assign", "--all", "--json")
    data = json.loads(out)
    assert code == 1
    assert data["assigned"] == [
        {
            "id": "FI-0001",
            "path": "incidents/FI-0001.yaml",
            "draft": "drafts/good.yaml",
            "slug": "good",
            "earlier": False,
        }
    ]
    assert [item["draft"] for item in data["blocked"]] == ["drafts/bad.yaml"]
    assert data["blocked"][0]["diagnostics"][0]["rule"] == "invalid-value"
    assert (data["indexed_date"], data["commit"], data["pushed"]) == ("2026-11-23", None, None)
    reserved = json.loads(ficli(index, "assign", "--reserve", "1", *NOTE, "--json")[1])
    assert reserved["reserved"] == {"first": "FI-0002", "last": "FI-0002", "path": "reservations.yaml"}


# --- clocks -------------------------------------------------------------------------------------------------


def epoch(year: int) -> dict[str, str]:
    """Set the clock to the start of a year."""
    return {"SOURCE_DATE_EPOCH": str((year - 1970) * 31_556_952 + 86_400)}


@pytest.mark.parametrize("year", [1970, 2000, 2099])
def test_a_clock_that_cannot_be_right(index: Path, ficli: Ficli, add_drafts: Callable[..., None], year: int) -> None:
    add_drafts(index, "one")
    code, out, err = ficli(index, "assign", "one", variables=epoch(year))
    assert (code, out) == (2, "")
    assert f"`SOURCE_DATE_EPOCH` says that today is {year}-01-0" in err
    assert "`--date YYYY-MM-DD`" in err
    code, out, _ = ficli(index, "assign", "one", "--date", "2026-10-02", variables=epoch(year))
    assert (code, out) == (0, "FI-0001\tincidents/FI-0001.yaml\n")
    assert "indexed_date: 2026-10-02" in (index / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8")


def test_a_clock_behind_the_newest_record(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one", "two")
    assert ficli(index, "assign", "one", "--date", "2026-11-24")[0] == 0
    code, _, err = ficli(index, "assign", "two", variables={"SOURCE_DATE_EPOCH": "1793000000"})
    assert code == 2
    assert "but this registry has been at 2026-11-24 already" in err


def test_a_day_that_has_not_come(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    code, _, err = ficli(index, "assign", "one", "--date", "2099-01-01")
    assert (code, "`--date`: 2099-01-01 has not come yet" in err) == (2, True)


def test_a_day_before_the_incident_is_refused_by_the_rules(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None]
) -> None:
    add_drafts(index, "one")
    code, out, err = ficli(index, "assign", "one", "--date", "2020-01-01")
    assert (code, out) == (1, "")
    assert "[date-order]" in err


# --- clones -------------------------------------------------------------------------------------------------


def test_a_shallow_clone_is_refused(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], git: Callable[..., str], tmp_path: Path
) -> None:
    add_drafts(index, "one")
    git(tmp_path, "clone", "--depth=1", f"file://{index}", "shallow")
    shallow = tmp_path / "shallow"
    code, _, err = ficli(shallow, "assign", "--all")
    assert code == 3
    assert "this clone is shallow, so it does not tell which IDs were given before" in err
    assert "git fetch --unshallow" in err
    assert ficli(shallow, "assign", "--check")[0] == 3
    assert ficli(shallow, "assign", "--all", "--no-history")[1] == "FI-0001\tincidents/FI-0001.yaml\n"


def test_a_clone_and_no_git(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one")
    code, _, err = ficli(index, "assign", "--all", variables={"PATH": "/nowhere"})
    assert (code, "git is not installed" in err, "or `--no-history`" in err) == (3, True, True)
    assert ficli(index, "assign", "--all", "--no-history", variables={"PATH": "/nowhere"})[0] == 0


def test_no_clone_at_all(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "one", "two")
    (index / ".git").rename(index.parent / "gone")
    code, out, err = ficli(index, "assign", "two", "one")
    assert code == 0
    assert [slug_at(index, line.partition("\t")[0]) for line in out.splitlines()] == ["one", "two"]
    assert "this registry is in no git clone" in err


# --- disks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["incidents", ".ficli"])
def test_a_folder_that_may_not_be_written_to(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    add_drafts(index, "one")
    really = tempfile.mkstemp

    def refuse(*, prefix: str, suffix: str, dir: Path) -> tuple[int, str]:  # noqa: A002 - the name it has
        if dir.name == folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(dir))
        return really(prefix=prefix, suffix=suffix, dir=dir)

    with monkeypatch.context() as patch:  # root, which tests may run as, may write anywhere
        patch.setattr("tempfile.mkstemp", refuse)
        code, out, err = ficli(index, "assign", "--all")
    assert (code, out) == (3, "")
    assert "could not be written: permission denied" in err
    assert names(index / "drafts") == ["one.yaml"]
    assert ficli(index, "assign", "--all")[1] == "FI-0001\tincidents/FI-0001.yaml\n"


def test_a_disk_that_fills_up_between_two_writes(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_drafts(index, "a", "b", "c")
    room = iter([True, False])

    def fill(path: Path, content: bytes, **how: bool) -> None:
        if not next(room):
            raise FicliError("`FI-0002.yaml` could not be written: no space left on device")
        write_file(path, content, **how)

    with monkeypatch.context() as patch:
        patch.setattr("ficli.commands.assign.assign.write_file", fill)
        code, out, err = ficli(index, "assign", "--all")
    assert (code, out) == (3, "FI-0001\tincidents/FI-0001.yaml\n")
    assert "no space left on device" in err
    assert names(index / "drafts") == ["b.yaml", "c.yaml"]
    assert ficli(index, "assign", "--all")[1].splitlines() == [
        "FI-0002\tincidents/FI-0002.yaml",
        "FI-0003\tincidents/FI-0003.yaml",
    ]


def test_a_draft_that_cannot_be_taken_away_is_finished_later(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_drafts(index, "a")

    def refuse(path: Path) -> None:
        raise FicliError(f"`{path.name}` could not be removed: read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr("ficli.commands.assign.assign.remove_file", refuse)
        assert ficli(index, "assign", "a")[0] == 3
    assert names(index / "drafts") == ["a.yaml"]
    code, out, err = ficli(index, "assign", "--all")
    assert (code, out) == (0, "FI-0001\tincidents/FI-0001.yaml\n")
    assert "1 draft had its ID already" in err
    assert (names(index / "drafts"), names(index / "incidents")) == ([], ["FI-0001.yaml"])


def test_a_draft_that_is_changed_meanwhile_stays(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_drafts(index, "a")

    def edit(path: Path, content: bytes, **how: bool) -> None:
        with open(index / "drafts" / "a.yaml", "a", encoding="utf-8") as draft:
            draft.write("# one thing more\n")
        write_file(path, content, **how)

    monkeypatch.setattr("ficli.commands.assign.assign.write_file", edit)
    code, _, err = ficli(index, "assign", "a")
    assert (code, "`drafts/a.yaml` was changed meanwhile, so it was left where it is" in err) == (0, True)
    assert names(index / "drafts") == ["a.yaml"]


def test_another_registry_is_named(index: Path, ficli: Ficli, add_drafts: Callable[..., None]) -> None:
    add_drafts(index, "a")
    code, out, _ = ficli(index.parent, "assign", "--registry", "index", "--all")
    assert (code, out) == (0, "FI-0001\tindex/incidents/FI-0001.yaml\n")


def test_the_shell_completes_drafts(index: Path, add_drafts: Callable[..., None], ficli: Ficli) -> None:
    from ficli.commands.assign.cli import complete_drafts

    add_drafts(index, "alpha", "beta")
    ficli(index, "assign", "--check")
    assert complete_drafts("al") == ["alpha"]
    ficli(index.parent, "list")
    assert complete_drafts("al") == []


def test_a_record_that_cannot_be_read_stops_everything(
    index: Path, ficli: Ficli, add_drafts: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_drafts(index, "one")

    def refuse(_root: str, path: str) -> bytes:
        raise FicliError(f"`{path}` could not be read: permission denied")

    monkeypatch.setattr("ficli.registry.records.read_record", refuse)
    code, out, err = ficli(index, "assign", "one")
    assert (code, out) == (3, "")
    assert "permission denied, so it is not known which IDs and slugs are taken" in err
