"""`ficli merge`, `remove`, `split` and `reopen`: what each writes, what names the record afterwards, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pytest

from ficli.commands.retire.merge import offered
from ficli.incident.record import Record
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.registry.records import record_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ficli: TypeAlias = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def three(index: Path, ficli: Ficli, add_drafts: Callable[..., None], git: Callable[..., str]) -> Path:
    """Return a registry with three published records, the first and the last of which are related."""
    for slug in ("one", "two", "three"):
        add_drafts(index, slug)
    assert ficli(index, "assign", "--all")[0] == 0
    more = {
        "FI-0001": "related:\n  - FI-0003\naliases:\n  - AIID:11\n",
        "FI-0002": "aliases:\n  - AIID:12\n",
        "FI-0003": "related:\n  - FI-0001 # the first\n",
    }
    for name, text in more.items():
        with open(index / "incidents" / f"{name}.yaml", "a", encoding="utf-8") as file:
            file.write(text)
    git(index, "add", "--all")
    git(index, "commit", "--message", "Publish")
    return index


def record(root: Path, name: str) -> Record:
    """Read a record."""
    return Record(record_data((root / "incidents" / f"{name}.yaml").read_bytes()))


def clean(root: Path, ficli: Ficli) -> bool:
    """Return whether no rule finds an error."""
    return bool(ficli(root, "validate")[0] == 0)


def test_merge_leaves_a_redirect(three: Path, ficli: Ficli) -> None:
    code, out, err = ficli(three, "merge", "FI-0001", "--into", "two", "--take", "sources,aliases,related")
    assert code == 0
    assert out.splitlines() == ["incidents/FI-0002.yaml", "incidents/FI-0003.yaml", "incidents/FI-0001.yaml"]
    assert "FI-0002 takes over 1 source, 1 alias, 1 related record.\n" in err
    assert "`incidents/FI-0003.yaml` names FI-0002 instead of FI-0001.\n" in err
    assert "FI-0001 is a tombstone that leads to FI-0002.\nNext: ficli validate\n" in err
    assert record(three, "FI-0001").data == {
        "schema_version": 1,
        "id": "FI-0001",
        "slug": "one",
        "status": "merged",
        "title": "Chatbot of Example Bank promises refunds in case one",
        "merged_into": "FI-0002",
        "reason": "It tells the same incident as FI-0002.",
        "retired_date": "2026-11-23",
        "indexed_date": "2026-11-23",
        "taxonomy_version": shipped_taxonomy().version,
    }
    kept = record(three, "FI-0002")
    assert [source["url"] for _, source in kept.sources] == [
        f"https://news.example.org/2026/{n}" for n in ("two", "one")
    ]
    assert kept.data["aliases"] == ["AIID:12", "AIID:11"]
    assert kept.data["related"] == ["FI-0003"]
    assert kept.data["corrections"] == [
        {
            "date": "2026-11-23",
            "note": "FI-0001, which told the same incident, was merged into this record: "
            "1 source, 1 alias, 1 related record taken over.",
        }
    ]
    assert "  - FI-0002 # the first\n" in (three / "incidents" / "FI-0003.yaml").read_text(encoding="utf-8")
    assert clean(three, ficli)


def test_only_what_is_lacking_is_on_offer() -> None:
    old = Record(
        {
            "id": "FI-0001",
            "sources": [{"url": "https://a.example/x"}, {"url": "https://b.example/y"}, {"title": "no address"}],
            "aliases": ["AIID:1", "AIID:2"],
            "related": ["FI-0002", "FI-0003", "FI-0004"],
        }
    )
    new = Record(
        {
            "id": "FI-0002",
            "sources": [{"url": "http://www.a.example/x?utm_source=z"}],
            "aliases": ["AIID:2"],
            "related": ["FI-0001", "FI-0004"],
        }
    )
    offer = offered(old, new)
    assert offer == ([{"url": "https://b.example/y"}], ["AIID:1"], ["FI-0003"])
    assert str(offer) == "1 source, 1 alias, 1 related record"


def test_merge_asks_on_a_terminal(three: Path, ficli: Ficli, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([True, False, True])
    asked = []

    def confirm(question: str, *, err: bool) -> bool:
        asked.append(question)
        assert err
        return next(answers)

    monkeypatch.setattr("typer.confirm", confirm)
    code, _, err = ficli(three, "merge", "1", "--into", "2", terminal=True)
    assert code == 0
    assert asked == [f"Take over {kind} of FI-0001 into FI-0002?" for kind in ("sources", "aliases", "related")]
    assert "  https://news.example.org/2026/one\n" in err
    assert record(three, "FI-0002").data["aliases"] == ["AIID:12"]
    assert record(three, "FI-0002").data["related"] == ["FI-0003"]


@pytest.mark.parametrize("terminal", [True, False])
def test_merge_without_an_answer_writes_nothing(
    three: Path,
    ficli: Ficli,
    git: Callable[..., str],
    terminal: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    code, _, err = ficli(three, "merge", "1", "--into", "2", *["--no-input"] * terminal, terminal=terminal)
    assert code == 2
    assert "FI-0001 has what FI-0002 lacks: 1 source, 1 alias, 1 related record" in err
    assert "`--take none` leaves it" in err
    assert git(three, "status", "--porcelain") == ""


def test_merge_with_nothing_taken(three: Path, ficli: Ficli) -> None:
    before = (three / "incidents" / "FI-0002.yaml").read_bytes()
    code, _, _ = ficli(three, "merge", "1", "--into", "2", "--take", "none", "--reason", "One event, told twice.")
    assert code == 0
    assert (three / "incidents" / "FI-0002.yaml").read_bytes() == before
    assert record(three, "FI-0001").data["reason"] == "One event, told twice."


def test_chains_of_redirects_collapse(three: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    ficli(three, "merge", "1", "--into", "2", "--take", "none")
    git(three, "commit", "--all", "--message", "Merge")
    code, _, err = ficli(three, "merge", "2", "--into", "3", "--take", "none")
    assert code == 0
    assert "`incidents/FI-0001.yaml` names FI-0003 instead of FI-0002." in err
    assert record(three, "FI-0001").data["merged_into"] == "FI-0003"
    assert "related" not in record(three, "FI-0003").data
    assert clean(three, ficli)


def test_a_merge_into_a_redirect_goes_to_its_end(three: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    ficli(three, "merge", "1", "--into", "2", "--take", "none")
    git(three, "commit", "--all", "--message", "Merge")
    assert ficli(three, "merge", "3", "--into", "1", "--take", "none")[0] == 0
    assert record(three, "FI-0003").data["merged_into"] == "FI-0002"


def test_merging_again_finishes_what_was_interrupted(
    three: Path, ficli: Ficli, git: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ficli.environment import write_file
    from ficli.registry import writing

    written: list[str] = []

    def stop(path: Path, content: bytes, *, overwrite: bool) -> None:
        if len(written) == 1:
            raise KeyboardInterrupt
        written.append(path.name)
        write_file(path, content, overwrite=overwrite)

    with monkeypatch.context() as patch:
        patch.setattr(writing, "write_file", stop)
        assert ficli(three, "merge", "1", "--into", "2", "--take", "sources,aliases,related")[0] == 130
    assert written == ["FI-0002.yaml"]
    assert record(three, "FI-0001").status == "published"
    assert ficli(three, "merge", "1", "--into", "2")[0] == 0
    assert len(record(three, "FI-0002").data["corrections"]) == 1
    assert clean(three, ficli)
    git(three, "checkout", "incidents/FI-0003.yaml")
    code, out, err = ficli(three, "merge", "1", "--into", "2")
    assert (code, out) == (0, "incidents/FI-0003.yaml\n")
    assert "FI-0001 was merged into FI-0002 before." in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["1", "--into", "1"], "FI-0001 cannot be merged into itself"),
        (["1", "--into", "9"], "there is no record `9`"),
        (["1", "--into", "2", "--take", "quotes"], "`--take`: there is no `quotes`"),
        (["draft", "--into", "2"], "`draft` is a draft, and nobody can have cited it"),
        (["1", "--into", "draft"], "`draft` is a draft, and nobody can have cited it"),
    ],
)
def test_a_merge_that_makes_no_sense(
    three: Path, ficli: Ficli, add_drafts: Callable[..., None], words: list[str], message: str
) -> None:
    add_drafts(three, "draft")
    code, _, err = ficli(three, "merge", *words)
    assert (code, message in err) == (2, True), err


def test_a_circle_is_refused(three: Path, ficli: Ficli) -> None:
    ficli(three, "merge", "1", "--into", "2", "--take", "none")
    code, _, err = ficli(three, "merge", "2", "--into", "1", "--take", "none", "--no-history")
    assert (code, "FI-0002 cannot be merged into FI-0001, which leads back" in err) == (2, True)
    code, _, err = ficli(three, "merge", "1", "--into", "3")
    assert (code, "FI-0001 was merged into FI-0002 before" in err) == (2, True)


def test_what_tells_no_incident_takes_nothing_over(three: Path, ficli: Ficli) -> None:
    ficli(three, "remove", "2", "--reason", "It did not happen.")
    for words in (["1", "--into", "2"], ["2", "--into", "1"]):
        code, _, err = ficli(three, "merge", *words)
        assert (code, "FI-0002 has `status: removed`, and tells no incident" in err) == (2, True)


@pytest.mark.parametrize("words", [["merge", "1", "--into", "2", "--take", "none"], ["remove", "1", "--reason", "x"]])
def test_a_text_that_no_commit_has_is_not_replaced(
    three: Path, ficli: Ficli, git: Callable[..., str], words: list[str]
) -> None:
    path = three / "incidents" / "FI-0001.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# not committed\n", encoding="utf-8")
    code, out, err = ficli(three, *words)
    assert (code, out) == (2, "")
    assert "no commit has `incidents/FI-0001.yaml` as it is, so its text would be lost" in err
    git(three, "rm", "--cached", "--quiet", "incidents/FI-0001.yaml")
    git(three, "commit", "--message", "Not tracked")
    assert ficli(three, *words)[0] == 2
    (three / ".git").rename(three.parent / "gone")
    code, _, err = ficli(three, *words)
    assert (code, "in no git clone, so the text of the record would be lost" in err) == (2, True)
    assert ficli(three, *words, "--no-history")[0] == 0


def test_remove_leaves_a_tombstone(three: Path, ficli: Ficli) -> None:
    code, out, err = ficli(three, "remove", "one", "--reason", "The bank showed that a person wrote the answers.")
    assert (code, out) == (0, "incidents/FI-0003.yaml\nincidents/FI-0001.yaml\n")
    assert err == (
        "`incidents/FI-0003.yaml` names FI-0001 no more.\n"
        "FI-0001 is a tombstone that says why it was removed.\nNext: ficli validate\n"
    )
    tombstone = record(three, "FI-0001")
    assert tombstone.status == "removed"
    assert tombstone.data["reason"] == "The bank showed that a person wrote the answers."
    assert "related" not in record(three, "FI-0003").data
    assert clean(three, ficli)
    code, out, err = ficli(three, "remove", "one", "--reason", "x")
    assert (code, out) == (0, "")
    assert "FI-0001 was removed before." in err


def test_remove_needs_a_reason_and_a_record_that_tells_something(three: Path, ficli: Ficli) -> None:
    assert ficli(three, "remove", "1")[0] == 2
    assert ficli(three, "remove", "1", "--reason", "  ")[0] == 2
    ficli(three, "merge", "1", "--into", "2", "--take", "none")
    code, _, err = ficli(three, "remove", "1", "--reason", "x")
    assert (code, "FI-0001 is merged into `FI-0002` already" in err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ["merge", "1", "--into", "2", "--take", "aliases"],
        ["remove", "1", "--reason", "x"],
        ["split", "1", "--into", "four"],
    ],
)
def test_looking_only(three: Path, ficli: Ficli, git: Callable[..., str], words: list[str]) -> None:
    code, out, err = ficli(three, *words, "--dry-run")
    assert code == 0
    assert out.startswith("--- a/")
    assert err.endswith("Nothing was written (`--dry-run`).\n")
    assert git(three, "status", "--porcelain") == ""


# --- reopen -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["merge", "1", "--into", "2", "--take", "none"], ["remove", "1", "--reason", "x"]])
@pytest.mark.parametrize("committed", [True, False])
def test_reopen_brings_the_text_back(
    three: Path,
    ficli: Ficli,
    git: Callable[..., str],
    words: list[str],
    committed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    before = (three / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8")
    ficli(three, *words)
    if committed:
        git(three, "commit", "--all", "--message", "Retire")
    code, out, err = ficli(three, "reopen", "1", "--reason", "It did happen.")
    assert (code, out) == (0, "incidents/FI-0001.yaml\n")
    assert "FI-0001 is published again" in err
    after = (three / "incidents" / "FI-0001.yaml").read_text(encoding="utf-8")
    was = "merged" if words[0] == "merge" else "removed"
    assert after.startswith(before)
    assert record(three, "FI-0001").data["corrections"] == [
        {"date": "2026-11-23", "note": f"Reopened after it was {was} on 2026-11-23: It did happen."}
    ]
    assert clean(three, ficli)


def test_what_cannot_be_reopened(three: Path, ficli: Ficli, git: Callable[..., str], tmp_path: Path) -> None:
    code, _, err = ficli(three, "reopen", "1", "--reason", "x")
    assert (code, "FI-0001 is published, and need not be reopened" in err) == (2, True)
    assert ficli(three, "reopen", "1")[0] == 2
    ficli(three, "remove", "1", "--reason", "x")
    git(three, "commit", "--all", "--message", "Remove")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{three}", "shallow")
    code, _, err = ficli(tmp_path / "shallow", "reopen", "1", "--reason", "x")
    assert (code, "no commit has the text of FI-0001" in err, "git fetch --unshallow" in err) == (3, True, True)
    (three / ".git").rename(tmp_path / "gone")
    code, _, err = ficli(three, "reopen", "1", "--reason", "x")
    assert (code, "the text of the record is not known" in err) == (3, True)


# --- split --------------------------------------------------------------------------------------------------


def test_split_scaffolds_drafts_that_point_back(three: Path, ficli: Ficli, git: Callable[..., str]) -> None:
    code, out, err = ficli(three, "split", "1", "--into", "four", "--into", "five")
    assert (code, out) == (0, "drafts/four.yaml\ndrafts/five.yaml\n")
    assert "`drafts/four.yaml` is a draft with the sources of FI-0001, and names it in `related`." in err
    assert err.endswith("Next: write what is still TODO, then `ficli assign four five`\n")
    draft = Record(record_data((three / "drafts" / "four.yaml").read_bytes()))
    assert (draft.slug, draft.status, draft.id) == ("four", "draft", "")
    assert draft.data["related"] == ["FI-0001"]
    assert len(draft.sources) == 1
    assert not {"aliases", "indexed_date", "taxonomy_version"} & draft.data.keys()
    code, _, err = ficli(three, "assign", "--all")
    assert code == 1
    assert err.count("error[placeholder-left]") == 6
    assert git(three, "status", "--porcelain", "--untracked-files=no") == ""
    code, out, err = ficli(three, "split", "1", "--into", "four", "--into", "six")
    assert (code, out) == (0, "drafts/six.yaml\n")
    assert "`drafts/four.yaml` is there already." in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["1"], "the drafts have no slugs"),
        (["1", "--into", "No Slug"], "`--into`: `No Slug` is no slug"),
        (["1", "--into", "../up"], "`--into`: `../up` is no slug"),
        (["1", "--into", "x" * 61], "is no slug"),
        (["1", "--into", "two"], "`two` is the slug of `incidents/FI-0002.yaml`"),
        (["3", "--into", "four"], "FI-0003 has `status: removed`, and tells no incident"),
    ],
)
def test_a_split_that_makes_no_sense(three: Path, ficli: Ficli, words: list[str], message: str) -> None:
    ficli(three, "remove", "3", "--reason", "x")
    code, _, err = ficli(three, "split", *words)
    assert (code, message in err) == (2, True), err
    assert not (three / "drafts").exists() or list((three / "drafts").iterdir()) == []


def test_a_file_that_is_no_record(three: Path, ficli: Ficli) -> None:
    (three / "incidents" / "FI-0002.yaml").write_text("- a list\n", encoding="utf-8")
    code, _, err = ficli(three, "remove", "2", "--reason", "x")
    assert (code, "`incidents/FI-0002.yaml` cannot be read as a record" in err) == (3, True)
