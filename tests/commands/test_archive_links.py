"""`ficli check-links --archive`: which copies are found, which are made, and what is written into the records."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from tests.wayback import KEYS, TODAY, Machine, answered

from ficli.commands.check_links.archive_links import ArchiveRequest, archive_links
from ficli.commands.check_links.check_links import CheckedLink, CitedSource
from ficli.errors import FicliError
from ficli.web.archives import archive as archives
from ficli.web.archives.service import Wayback
from ficli.web.archives.states import ArchiveState
from ficli.web.links.history import ArchiveJob, open_memory
from ficli.web.links.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.commands.check_links.archive_links import ArchiveReport
    from ficli.environment import Environment
    from ficli.web.archives.archive import Archive
    from ficli.web.archives.service import Keys

Run: TypeAlias = "Callable[..., tuple[int, str, str]]"

RECORD = """\
schema_version: 1
slug: bank
status: draft
title: Example Bank's chatbot promises refunds
sources:
  # kept
  - kind: press
    title: One
    url: ONE
    published: 2025-05-09
  - kind: press
    title: Two
    url: TWO
"""


class Shelf:
    """A registry of one draft whose two sources have no copies, and what asks a Wayback Machine on this machine."""

    def __init__(self, environment: Environment, root: Path, machine: Machine, archive: Callable[..., Archive]) -> None:
        self._environment = environment
        self.root = root
        self.machine = machine
        self._archive = archive
        self.path = root / "drafts" / "bank.yaml"
        self.path.parent.mkdir(parents=True)
        (root / "ficli.toml").write_text("", encoding="utf-8")
        self.one, self.two = machine.web.url("/one"), machine.web.url("/two")
        self.copy = f"https://web.archive.org/web/20250510081500/{self.one}"
        self.record = RECORD.replace("ONE", self.one).replace("TWO", self.two)
        self.path.write_text(self.record, encoding="utf-8")

    def links(self, verdict: Verdict = Verdict.OK) -> list[CheckedLink]:
        """Return both sources, with this verdict."""

        def cited(position: int, url: str, day: str) -> CitedSource:
            return CitedSource("drafts/bank.yaml", position, url, "", "", has_copy=False, day=day)

        return [
            CheckedLink(cited(0, self.one, "2025-05-09"), verdict, ""),
            CheckedLink(cited(1, self.two, ""), verdict, ""),
        ]

    def run(self, verdict: Verdict = Verdict.OK, *, keys: Keys | None = None, **request: Any) -> ArchiveReport:  # noqa: ANN401 - any field of it
        """Look for copies of both sources."""
        archive = self._archive(keys=keys)
        return archive_links(self._environment, self.root, self.links(verdict), archive, ArchiveRequest(**request))

    @property
    def text(self) -> str:
        """What the record says now."""
        return self.path.read_text(encoding="utf-8")


@pytest.fixture
def shelf(
    environment: Callable[..., Environment], tmp_path: Path, machine: Machine, archive: Callable[..., Archive]
) -> Shelf:
    return Shelf(environment(), tmp_path / "registry", machine, archive)


def states(report: ArchiveReport) -> list[ArchiveState]:
    return [item.outcome.state for item in report.archived]


def test_a_copy_that_there_is_goes_into_the_record_and_nothing_else_changes(shelf: Shelf) -> None:
    shelf.machine.copies = [("20250510081500", shelf.one, "200")]
    report = shelf.run()

    assert states(report) == [ArchiveState.ALREADY_ARCHIVED, ArchiveState.NONE]
    assert [item.is_written for item in report.archived] == [True, False]
    added = f"    archive:\n      url: {shelf.copy}\n      captured: 2025-05-10\n"
    assert added in shelf.text
    assert shelf.text.replace(added, "") == shelf.record
    assert report.stopped is None


def test_a_copy_from_before_the_publication_is_shown_and_not_written(shelf: Shelf) -> None:
    shelf.machine.copies = [("20240101000000", shelf.one, "200")]
    report = shelf.run()

    assert report.archived[0].outcome.copy is not None
    assert report.archived[0].outcome.copy.early
    assert shelf.text == shelf.record


def test_without_writing_nothing_is_written_or_saved(shelf: Shelf) -> None:
    shelf.machine.copies = [("20250510081500", shelf.one, "200")]
    report = shelf.run(keys=KEYS, write=False)

    assert states(report) == [ArchiveState.ALREADY_ARCHIVED, ArchiveState.NONE]
    assert shelf.text == shelf.record
    assert "/save" not in shelf.machine.paths()


def test_what_has_no_copy_is_not_looked_for_again_soon(shelf: Shelf) -> None:
    shelf.run()
    asked = len(shelf.machine.asked)

    assert shelf.run().archived == []
    assert len(shelf.machine.asked) == asked
    assert len(shelf.run(again=True).archived) == 2


def test_a_limit(shelf: Shelf) -> None:
    assert shelf.run(limit=1).waiting == 1
    assert [item.link.cited.url for item in shelf.run(limit=1).archived] == [shelf.two]


@pytest.fixture
def saving(shelf: Shelf) -> Shelf:
    """Return a shelf whose machine saves the first page, after it was asked twice."""
    shelf.machine.says("/save", {"job_id": "job-1", "url": shelf.one})
    pending = {"status": "pending", "job_id": "job-1"}
    done = {"status": "success", "job_id": "job-1", "timestamp": "20261123081500", "original_url": shelf.one}
    shelf.machine.says("/save/status/job-1", pending, done)
    shelf.machine.copies = [("20250510081500", shelf.two, "200")]
    return shelf


def test_a_page_without_a_copy_is_saved_where_there_are_keys(saving: Shelf) -> None:
    report = saving.run(keys=KEYS)

    assert states(report) == [ArchiveState.SAVED, ArchiveState.ALREADY_ARCHIVED]
    assert "captured: 2026-11-23" in saving.text
    assert f"/web/20261123081500/{saving.one}" in saving.text


@pytest.mark.parametrize("verdict", [Verdict.DEAD, Verdict.SUSPECT, Verdict.BLOCKED, Verdict.PARKED, Verdict.SKIPPED])
def test_a_page_that_is_not_there_is_not_saved(saving: Shelf, verdict: Verdict) -> None:
    assert states(saving.run(verdict, keys=KEYS)) == [ArchiveState.NONE, ArchiveState.ALREADY_ARCHIVED]
    assert "/save" not in saving.machine.paths()


def test_a_run_that_is_stopped_goes_on_with_the_job(saving: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(archives.Archive, "follow", interrupted)
        with pytest.raises(KeyboardInterrupt):
            saving.run(keys=KEYS)
    assert saving.text == saving.record

    assert states(saving.run(keys=KEYS)) == [ArchiveState.SAVED, ArchiveState.ALREADY_ARCHIVED]
    assert saving.machine.paths().count("/save") == 1


def test_a_job_of_another_day_is_forgotten(saving: Shelf) -> None:
    yesterday = TODAY - timedelta(days=1)
    saving.machine.copies.append(("20250510081500", saving.one, "200"))
    with open_memory(saving.root, yesterday) as memory:
        memory.put_archive_job(saving.one, ArchiveJob("job-1", yesterday))

    assert states(saving.run(keys=KEYS)) == [ArchiveState.ALREADY_ARCHIVED, ArchiveState.ALREADY_ARCHIVED]
    assert "/save/status/job-1" not in saving.machine.paths()


def test_why_none_is_made_is_told(shelf: Shelf) -> None:
    shelf.machine.says("/save", {"status": "error", "status_ext": "error:blocked-url", "message": "blocked"})
    outcome = shelf.run(keys=KEYS, limit=1).archived[0].outcome

    assert outcome.state is not ArchiveState.NONE
    assert "error:blocked-url" in outcome.said


def test_where_none_is_made_an_early_copy_is_still_told(shelf: Shelf) -> None:
    shelf.machine.copies = [("20240101000000", shelf.one, "200")]
    shelf.machine.says("/save", {"status": "error", "status_ext": "error:blocked-url", "message": "blocked"})
    outcome = shelf.run(keys=KEYS, limit=1).archived[0].outcome

    assert outcome.state is ArchiveState.ALREADY_ARCHIVED
    assert outcome.copy is not None
    assert outcome.copy.early
    assert shelf.text == shelf.record


def test_an_archive_that_wants_to_be_left_alone_is(shelf: Shelf) -> None:
    shelf.machine.says("/cdx", answered(b"", "429 Too Many Requests", "Retry-After: 600"))
    report = shelf.run()

    assert states(report) == [ArchiveState.RATE_LIMITED]
    assert report.waiting == 1
    assert report.stopped is not None
    assert len(shelf.run().archived) == 1  # nothing was concluded, so it is asked again


def test_an_archive_that_is_out_of_order_ends_the_work(shelf: Shelf) -> None:
    shelf.machine.says("/cdx", answered(b"<html>", "500 Broken"))
    report = shelf.run()

    assert report.archived == []
    assert report.waiting == 2
    assert report.stopped is not None
    assert shelf.text == shelf.record


def test_a_record_that_was_changed_meanwhile_is_left_alone(shelf: Shelf) -> None:
    shelf.machine.copies = [("20250510081500", shelf.one, "200")]
    other = shelf.record.replace(shelf.one, "https://news.example.org/three")
    shelf.path.write_text(other, encoding="utf-8")

    with pytest.raises(FicliError, match="changed by someone else meanwhile"):
        shelf.run()
    assert shelf.text == other


def test_a_copy_that_somebody_has_added_meanwhile_stays(shelf: Shelf) -> None:
    shelf.machine.copies = [("20250510081500", shelf.one, "200")]
    theirs = shelf.record.replace(
        "    published: 2025-05-09\n", f"    published: 2025-05-09\n    archive:\n      url: {shelf.copy}#theirs\n"
    )
    shelf.path.write_text(theirs, encoding="utf-8")

    assert not shelf.run().archived[0].is_written
    assert shelf.text == theirs


# --- the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def command(shelf: Shelf, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command with a Wayback Machine on this machine, where all pages are gone."""
    here = Wayback(shelf.machine.web.url("", "archive.example.org"), look_up_pause=0)
    monkeypatch.setattr(archives, "Wayback", lambda: here)

    def ran(*arguments: str, **world: object) -> tuple[int, str, str]:
        policy = shelf.machine.web.policy()
        return run("check-links", *arguments, cwd=shelf.root, policy=policy, **world)

    return ran


def test_the_command_tells_what_it_found(shelf: Shelf, command: Run) -> None:
    shelf.machine.copies = [("20250510081500", shelf.one, "200")]
    code, stdout, stderr = command("--archive")

    assert code == 0
    assert stdout.endswith(
        "Archived already: 1\n\n"
        "    - drafts/bank.yaml:9:10: already-archived\n"
        f"      {shelf.one}\n"
        f"      {shelf.copy}\n"
        "      now in the record\n\n"
        "Without a copy: 1\n\n"
        "    - drafts/bank.yaml:13:10: none\n"
        f"      {shelf.two}\n"
        "      the Wayback Machine has no copy\n\n"
    )
    assert stderr == "Wrote 1 archived copy. Next: `ficli validate`.\n"


def test_the_command_in_json(shelf: Shelf, command: Run) -> None:
    shelf.machine.copies = [("20250510081500", shelf.one, "200")]
    first, second = json.loads(command("--archive", "--json", "--dry-run")[1])["copies"]

    assert first == {
        "path": "drafts/bank.yaml",
        "source": 1,
        "url": shelf.one,
        "state": "already-archived",
        "detail": "",
        "archive": {"url": shelf.copy, "captured": "2025-05-10"},
        "is_early": False,
        "is_written": False,
    }
    assert (second["state"], second["archive"]) == ("none", None)


def test_an_archive_that_is_out_of_order_is_a_failure(shelf: Shelf, command: Run) -> None:
    shelf.machine.says("/cdx", answered(b"<html>", "500 Broken"))
    code, stdout, stderr = command("--archive")

    assert code == 3
    assert stdout.startswith("Links: ")  # what was found of the links is told all the same
    assert "error: the Wayback Machine" in stderr
    assert "2 copies still to be looked for" in stderr


def test_offline_contradicts_archive(command: Run) -> None:
    code, stdout, stderr = command("--archive", "--offline")

    assert (code, stdout) == (2, "")
    assert "`--archive` asks an archive" in stderr


@pytest.mark.parametrize("variables", [{"FICLI_WAYBACK_KEY": "topsecret0"}, {"FICLI_WAYBACK_SECRET": "topsecret0"}])
def test_half_of_the_keys_is_a_mistake_and_is_not_told(command: Run, variables: dict[str, str]) -> None:
    code, stdout, stderr = command("--archive", variables=variables)

    assert code == 2
    assert "is not set" in stderr
    assert "topsecret0" not in stdout + stderr
