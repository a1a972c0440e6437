"""`ficli validate --since`: what a change touches and causes is reported, an old debt is not, and no check is passed over."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from junitparser import JUnitXml

from ficli.registry.records import SourceFile, read_record
from ficli.rules.catalogue import RULES
from ficli.rules.check_record import FileReport, RecordChecker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ficli = Callable[..., tuple[int, str, str]]

RECORD = """\
schema_version: 1
id: FI-{number:04}
slug: example-bank-chatbot-case-{number}
status: published
title: Chatbot of Example Bank {number} promises refunds that do not exist
summary: The chatbot of Example Bank {number} promised its customers refunds that do not exist.
organizations:
  - name: Example Bank {number}
    role: deployer
incident_date: 20{number:02}-05
indexed_date: 2026-06-05
taxonomy_version: 1.0.0
failure_mode: hallucination
ai_surface: chatbot
severity: low
what_happened: Customers of Example Bank {number} asked the chatbot for refunds, and it promised them.
sources:
  - kind: press
    title: Refunds that do not exist at bank {number}
    url: https://news.example.org/{number}
    publisher: Example News
    published: 20{number:02}-06-01
    accessed: 2026-06-01
"""


def put(root: Path, number: int, extra: str = "", **changes: str) -> Path:
    text = RECORD.format(number=number)
    head, sources = text.split("sources:")
    for before, after in changes.items():
        head = head.replace(before, after)
    path = root / "incidents" / f"FI-{number:04}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{head}sources:{sources}{extra}", encoding="utf-8")
    return path


@pytest.fixture
def root(index: Path, git: Callable[..., str]) -> Path:
    """Return a registry of three records, of which the second refers to the first, on a branch of its own."""
    put(index, 1, "related:\n  - FI-0002\n")
    put(index, 2, "related:\n  - FI-0001\n")
    put(index, 3)
    commit(index, git)
    git(index, "switch", "--create", "topic")
    return index


def commit(root: Path, git: Callable[..., str]) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--message", "state")


def rules(ficli: Ficli, root: Path, *words: str) -> set[tuple[str, str]]:
    _, out, err = ficli(root, "validate", "--since", "main", "--output-format", "json", *words)
    assert err == ""
    return {(item["path"], item["rule"]) for item in json.loads(out)["diagnostics"]}


def test_the_summary_says_what_was_loaded_and_what_has_changed(ficli: Ficli, root: Path) -> None:
    assert ficli(root, "validate", "--since", "auto") == (
        0,
        f"No problems: 3 loaded, 0 changed, 0 with findings. {len(RULES)} rules ran.\n",
        "",
    )
    (root / "incidents" / "FI-0003.yaml").unlink()
    code, out, _ = ficli(root, "validate", "--since", "main", "--output-format", "concise")
    assert code == 1
    assert out.endswith(f"Found 1 problem (1 error): 2 loaded, 1 changed, 1 with findings. {len(RULES)} rules ran.\n")


def test_a_record_that_was_moved_or_renumbered_is_one(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    (root / "incidents" / "2026").mkdir()
    git(root, "mv", "incidents/FI-0001.yaml", "incidents/2026/FI-0001.yaml")
    git(root, "mv", "incidents/FI-0003.yaml", "incidents/FI-0009.yaml")
    edited = root / "incidents" / "FI-0009.yaml"
    edited.write_text(edited.read_text().replace("id: FI-0003", "id: FI-0009"))
    os.symlink("nowhere", root / "incidents" / "FI-0010.yaml")

    _, out, _ = ficli(root, "validate", "--since", "main", "--output-format", "concise")
    _, page, _ = ficli(root, "review", "--since", "main")

    assert ": 3 loaded, 3 changed, " in out
    assert page.startswith("Review: 3 records changed since main\n\n  3 loaded, 3 changed, ")


def test_the_base_is_told_in_json(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    put(root, 4)

    _, out, _ = ficli(root, "validate", "--since", "main", "--output-format", "json")
    summary = json.loads(out)["summary"]

    assert summary["since"] == {
        "ref": "main",
        "commit": git(root, "rev-parse", "main").strip(),
        "records_changed": 1,
    }
    assert (summary["records_loaded"], summary["records_reported"]) == (4, 1)


def test_the_base_is_told_in_junit(ficli: Ficli, root: Path) -> None:
    (root / "incidents" / "FI-0003.yaml").unlink()

    _, out, _ = ficli(root, "validate", "--since", "HEAD^{/state}", "--output-format", "junit")

    (suite,) = JUnitXml.fromstring(out.encode())
    known = {item.get("name"): item.get("value") for item in suite._elem.iter("property")}
    assert known["since_ref"] == "HEAD^{/state}"
    assert known["since_records_changed"] == "1"
    assert "since" not in known


def test_an_old_debt_is_not_reported(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    put(root, 3, **{"severity: low": "severity: lwo"})
    put(root, 1, "related:\n  - FI-0009\n")
    commit(root, git)
    git(root, "branch", "--force", "main", "topic")
    assert ficli(root, "validate")[0] == 1

    path = root / "incidents" / "FI-0002.yaml"
    path.write_text(path.read_text() + "tags: [refunds]\n")

    # One finding only: the first record, which no longer answers the second, is explained by what was changed.
    assert {rule for _, rule in rules(ficli, root)} == {"one-sided-relation"}


def test_what_a_change_causes_elsewhere_is_reported(ficli: Ficli, root: Path) -> None:
    (root / "incidents" / "FI-0001.yaml").unlink()

    assert rules(ficli, root) == {
        ("incidents/FI-0001.yaml", "deleted-record"),
        ("incidents/FI-0002.yaml", "dangling-reference"),
    }


def test_a_comment_that_is_no_longer_of_use_elsewhere_is_reported(
    ficli: Ficli, root: Path, git: Callable[..., str]
) -> None:
    put(root, 2, "related:\n  - FI-0001\n  - FI-0009  # ficli: allow[dangling-reference] it is to come\n")
    commit(root, git)
    git(root, "branch", "--force", "main", "topic")
    assert ficli(root, "validate", "--strict")[0] == 0

    put(root, 9, "related:\n  - FI-0002\n")

    assert ("incidents/FI-0002.yaml", "unused-suppression") in rules(ficli, root)


def test_settings_that_change_are_judged_by_what_they_bring(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    put(root, 3, **{"severity: low": "severity: lwo"})
    commit(root, git)
    git(root, "branch", "--force", "main", "topic")

    (root / "ficli.toml").write_text('[rules.single-source]\nseverity = "warning"\n')

    assert rules(ficli, root) == {(f"incidents/FI-000{number}.yaml", "single-source") for number in (1, 2, 3)}


@pytest.mark.parametrize("base", ["[rules", '[rules]\nignore = ["yaml-syntax"]\n', None])
def test_where_the_settings_of_the_base_say_nothing_every_finding_is_new(
    ficli: Ficli, root: Path, git: Callable[..., str], base: str | None
) -> None:
    put(root, 3, **{"severity: low": "severity: lwo"})
    if base is None:
        (root / "ficli.toml").unlink()
    else:
        (root / "ficli.toml").write_text(base)
    commit(root, git)
    git(root, "branch", "--force", "main", "topic")

    (root / "ficli.toml").write_text("")

    assert ("incidents/FI-0003.yaml", "invalid-value") in rules(ficli, root)


@pytest.mark.parametrize(
    "settings",
    [
        '[rules]\nignore = ["weakened-rules", "deleted-record"]\n',
        '[rules]\nselect = ["unformatted"]\n',
        '[rules.weakened-rules]\nseverity = "off"\n[rules.deleted-record]\nseverity = "off"\n',
        '[rules.weakened-rules]\nseverity = "info"\n[rules.deleted-record]\nseverity = "info"\n',
    ],
)
def test_a_change_cannot_turn_off_what_watches_it(
    ficli: Ficli, root: Path, git: Callable[..., str], settings: str
) -> None:
    (root / "incidents" / "FI-0003.yaml").unlink()
    (root / "ficli.toml").write_text(settings)

    assert {("incidents/FI-0003.yaml", "deleted-record"), ("ficli.toml", "weakened-rules")} <= rules(ficli, root)
    assert ficli(root, "validate", "--since", "main")[0] == 1
    assert rules(ficli, root, "--select", "changed-id") == set()

    git(root, "commit", "--message", "the settings alone", "ficli.toml")
    git(root, "branch", "--force", "main", "topic")
    assert rules(ficli, root) == set()


def test_a_rule_about_history_that_the_change_makes_stricter_counts_at_once(ficli: Ficli, root: Path) -> None:
    put(root, 3, **{"severity: low": "severity: medium"})
    assert ficli(root, "validate", "--since", "main")[0] == 0

    (root / "ficli.toml").write_text('[rules.undocumented-change]\nseverity = "error"\n')

    assert ficli(root, "validate", "--since", "main")[0] == 1


def test_a_list_of_rejected_candidates_that_changes(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    (root / "rejected.yaml").write_text(
        "- url: https://news.example.org/3\n  reason: It was a test.\n  date: 2026-01-01\n"
    )

    assert rules(ficli, root) == {("incidents/FI-0003.yaml", "rejected-source")}

    commit(root, git)
    git(root, "branch", "--force", "main", "topic")
    (root / "rejected.yaml").unlink()
    assert rules(ficli, root) == set()


def test_a_merge_conflict_left_in_a_record_is_one_finding(ficli: Ficli, root: Path) -> None:
    put(root, 3, **{"severity: low\n": "<<<<<<< ours\nseverity: low\n=======\nseverity: high\n>>>>>>> theirs\n"})

    assert rules(ficli, root) == {("incidents/FI-0003.yaml", "yaml-syntax")}


def test_a_rule_about_history_can_be_allowed_and_is_idle_without_a_base(ficli: Ficli, root: Path) -> None:
    put(root, 3, **{"severity: low": "severity: medium  # ficli: allow[undocumented-change] nothing was wrong"})

    assert rules(ficli, root) == set()
    assert ficli(root, "validate")[0] == 0
    assert "needs a base" in ficli(root, "validate", "--select", "changed-id")[2]


def test_paths_and_a_base_narrow_together(ficli: Ficli, root: Path) -> None:
    put(root, 4)
    put(root, 5)

    assert rules(ficli, root, "incidents/FI-0004.yaml") == {("incidents/FI-0004.yaml", "hand-picked-id")}


def test_only_what_has_changed_is_mended(ficli: Ficli, root: Path, git: Callable[..., str]) -> None:
    for number in (2, 3):
        path = root / "incidents" / f"FI-000{number}.yaml"
        path.write_text(path.read_text().replace("severity: low\n", "severity: low   \n"))
    commit(root, git)
    git(root, "branch", "--force", "main", "topic")
    path.write_text(path.read_text() + "tags: [refunds]\n")

    assert ficli(root, "validate", "--since", "main", "--fix")[0] == 0

    assert "low   \n" not in path.read_text()
    assert "low   \n" in (root / "incidents" / "FI-0002.yaml").read_text()


def test_a_registry_that_lost_every_record_is_told_so(ficli: Ficli, root: Path) -> None:
    for path in (root / "incidents").iterdir():
        path.unlink()

    assert {rule for _, rule in rules(ficli, root)} == {"deleted-record"}


def test_no_record_at_all_is_no_pass(ficli: Ficli, index: Path) -> None:
    code, _, err = ficli(index, "validate", "--since", "main")

    assert (code, err.splitlines()[0]) == (2, f"error: no records in `{index}`")


@pytest.mark.parametrize("ref", ["--upload-pack=x", ""])
def test_a_ref_that_is_an_option_is_wrong_usage(ficli: Ficli, root: Path, ref: str) -> None:
    code, out, err = ficli(root, "validate", f"--since={ref}")

    assert (code, out) == (2, "")
    assert "is no name of a commit" in err


def test_what_is_remembered_serves_a_change_too(ficli: Ficli, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.rules.check_registry._WORTH_CACHE", 1)
    monkeypatch.setattr("ficli.registry.store.COARSEST_CLOCK", 0)
    assert ficli(root, "validate")[0] == 0
    read: list[str] = []

    def reading(folder: str, path: str) -> bytes:
        read.append(path)
        return read_record(folder, path)

    monkeypatch.setattr("ficli.registry.records.read_record", reading)
    put(root, 3, **{"severity: low": "severity: lwo"})

    assert ("incidents/FI-0003.yaml", "invalid-value") in rules(ficli, root)
    assert read == ["incidents/FI-0003.yaml"]


def test_an_unchanged_record_is_not_judged(ficli: Ficli, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []
    check = RecordChecker._check

    def checking(self: RecordChecker, file: SourceFile) -> FileReport:
        judged.append(file.path)
        return check(self, file)

    monkeypatch.setattr(RecordChecker, "_check", checking)
    put(root, 3, "tags: [refunds]\n")

    assert rules(ficli, root) == set()
    assert judged == ["incidents/FI-0003.yaml"]


def test_what_the_change_itself_called_by_an_id_before_was_nobodys(
    ficli: Ficli, root: Path, git: Callable[..., str]
) -> None:
    put(root, 4)
    commit(root, git)
    put(root, 4, **{"case-4": "another-case", "Chatbot of": "Assistant of"})
    assert rules(ficli, root) == {("incidents/FI-0004.yaml", "hand-picked-id")}

    git(root, "branch", "elsewhere")
    git(root, "reset", "--hard", "main")
    put(root, 4, **{"case-4": "another-case", "Chatbot of": "Assistant of"})

    assert ("incidents/FI-0004.yaml", "reused-id") in rules(ficli, root)
