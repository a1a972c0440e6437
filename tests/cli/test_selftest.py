"""`ficli selftest` sees every rule fire, and says which did not."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ficli.commands.selftest import selftest
from ficli.diagnostics import Scope
from ficli.environment.git import OLDEST
from ficli.rules.catalogue import RULES
from ficli.rules.contract import FILE, IndexProblem, Problem
from ficli.rules.dates import future_date
from ficli.rules.history import changed_id, deleted_record
from ficli.rules.identity import duplicate_id

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
Git = Callable[..., str]

OF_HISTORY = [name for name, rule in RULES.items() if rule.scope is Scope.HISTORY]
WITH_GIT = {"PATH": os.environ["PATH"]}


def nothing(_subject: object) -> list[object]:
    """Find nothing, as a broken rule does."""
    return []


def program(folder: Path, *lines: str) -> dict[str, str]:
    """Write a program called `git` into a folder, and return the variables with which it is found first."""
    folder.mkdir()
    path = folder / "git"
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def the_git() -> str:
    """Return the path of git, for a program that stands in its place."""
    found = shutil.which("git")
    assert found
    return found


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Try only the rules about history, and one other."""
    few = [*OF_HISTORY, "future-date"]
    monkeypatch.setattr(selftest, "RULES", {name: RULES[name] for name in few})
    return few


def test_every_rule_fires(run: Run) -> None:
    code, stdout, stderr = run("selftest", "--json", variables=WITH_GIT)
    told = json.loads(stdout)

    assert (code, stderr) == (0, "")
    assert told["fired"] == list(RULES)
    assert told["silent"] == told["untried"] == []
    assert told["untried_because"] is None
    assert told["records"] == 4


def test_rules_that_do_not_fire_fail_the_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for rule in (future_date, duplicate_id, deleted_record):
        monkeypatch.setattr(rule, "check", nothing)
    monkeypatch.setattr(selftest, "run_rules", lambda *_: [])
    code, stdout, _ = run("selftest", variables=WITH_GIT)
    lines = stdout.splitlines()
    silent = ["future-date", "duplicate-id", "deleted-record", "rule-crashed"]

    assert code == 1
    assert lines[:4] == [f"silent: {name} did not fire on the bad example of its page" for name in silent]
    copies = f"{len(RULES) - len(OF_HISTORY)} broken copies of 4 records and {len(OF_HISTORY)} changes to them in git"
    assert lines[4:] == [f"{len(RULES) - 4} of {len(RULES)} rules fired, on {copies}."]


def test_a_finding_that_was_there_before_the_change_is_none(
    run: Run, few_rules: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    always = IndexProblem("incidents/FI-0192.yaml", Problem(at=FILE, message="always"))
    monkeypatch.setattr(changed_id, "check", lambda _past: [always])
    code, stdout, _ = run("selftest", "--json", variables=WITH_GIT)

    assert code == 1
    assert json.loads(stdout)["silent"] == ["changed-id"]
    assert len(json.loads(stdout)["fired"]) == len(few_rules) - 1


@pytest.mark.usefixtures("few_rules")
def test_rules_about_the_past_are_named_as_untried_without_git(run: Run, tmp_path: Path) -> None:
    world = {"PATH": str(tmp_path)}
    reason = "git is not installed, or not on the PATH"

    assert run("selftest", variables=world) == (
        0,
        f"1 of 1 rule fired, on 1 broken copy of 4 records.\nNot tried, since {reason}: {', '.join(OF_HISTORY)}.\n",
        "",
    )
    code, stdout, _ = run("selftest", "--json", variables=world)
    told = json.loads(stdout)
    assert (code, told["fired"], told["untried"]) == (0, ["future-date"], OF_HISTORY)
    assert told["untried_because"] == reason


@pytest.mark.usefixtures("few_rules")
def test_a_silent_rule_fails_the_run_without_git_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(future_date, "check", nothing)

    assert run("selftest", variables={"PATH": str(tmp_path)})[0] == 1


@pytest.mark.usefixtures("few_rules")
def test_a_git_that_is_too_old_is_not_tried(run: Run, tmp_path: Path) -> None:
    code, stdout, _ = run("selftest", variables=program(tmp_path / "bin", 'echo "git version 2.20.1"'))

    assert code == 0
    assert "Not tried, since git 2.20 is older than 2.30, the oldest that ficli works with: deleted-record, " in stdout


@pytest.mark.usefixtures("few_rules")
def test_a_git_that_fails_is_no_git_that_is_missing(run: Run, tmp_path: Path) -> None:
    variables = program(
        tmp_path / "bin",
        'case "$*" in *" commit "*) echo "fatal: no space left" >&2; exit 128;; esac',
        f'exec "{the_git()}" "$@"',
    )

    assert run("selftest", variables=variables) == (3, "", "error: `git commit` failed: `no space left`\n")


def test_the_help_names_the_oldest_git(run: Run) -> None:
    assert f"git {'.'.join(map(str, OLDEST))} or newer" in " ".join(run("selftest", "--help")[1].split())


ALL_FIRED = (0, "9 of 9 rules fired, on 1 broken copy of 4 records and 8 changes to them in git.\n", "")
HOSTILE = """\
[user]
    useConfigOnly = true
[commit]
    gpgSign = true
    template = /nowhere
[gpg]
    program = false
[core]
    hooksPath = {0}/hooks
    excludesFile = {0}/everything
    attributesFile = {0}/attributes
    autocrlf = true
[filter "broken"]
    clean = false
    required = true
[init]
    templateDir = {0}/template
    defaultBranch = no..branch
[safe]
    directory =
[diff]
    external = false
"""
UNREADABLE = "[\n"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return the home of a user whose settings of git let no plain commit be made."""
    home = tmp_path / "home"
    (home / "template" / "info").mkdir(parents=True)
    for hooks in (home / "hooks", home / "template" / "hooks"):
        program(hooks, "exit 1")
        (hooks / "git").rename(hooks / "pre-commit")
    for ignoring in (home / "everything", home / "template" / "info" / "exclude"):
        ignoring.write_text("*\n")
    (home / "attributes").write_text("* filter=broken\n")
    (home / ".gitconfig").write_text(HOSTILE.format(home))
    return home


@pytest.mark.usefixtures("few_rules")
def test_no_settings_of_the_user_are_read(run: Run, hostile: Path) -> None:
    assert run("selftest", variables={**WITH_GIT, "HOME": str(hostile)}) == ALL_FIRED

    (hostile / ".gitconfig").write_text(UNREADABLE)
    (hostile / "git").mkdir()
    (hostile / "git" / "config").write_text(UNREADABLE)
    variables = {**WITH_GIT, "HOME": str(hostile), "XDG_CONFIG_HOME": str(hostile), "USERPROFILE": str(hostile)}
    assert run("selftest", variables=variables) == ALL_FIRED


@pytest.mark.usefixtures("few_rules")
def test_no_settings_of_the_system_are_read(run: Run, hostile: Path) -> None:
    system = hostile / ".gitconfig"
    system.write_text(UNREADABLE)
    variables = program(
        hostile / "bin",
        f'export GIT_CONFIG_SYSTEM="{system}" GIT_TEMPLATE_DIR="{hostile}/template"',
        f'exec "{the_git()}" "$@"',
    )

    assert run("selftest", variables=variables) == ALL_FIRED


@pytest.mark.usefixtures("few_rules")
def test_a_folder_that_seems_to_be_somebody_elses_is_trusted(run: Run, tmp_path: Path) -> None:
    variables = program(tmp_path / "bin", f'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{the_git()}" "$@"')

    assert run("selftest", variables=variables) == ALL_FIRED


@pytest.mark.usefixtures("few_rules")
def test_the_repository_around_it_is_left_alone(
    run: Run, index: Path, git: Git, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a hook: git names its repository in variables, and the temporary folder may lie in it."""
    scratch = index / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    (index / ".gitignore").write_text("*\n")
    before = git(index, "log", "--all"), git(index, "status", "--porcelain")
    variables = {
        **WITH_GIT,
        "GIT_DIR": str(index / ".git"),
        "GIT_WORK_TREE": str(index),
        "GIT_INDEX_FILE": str(index / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(index / ".git" / "objects"),
        "GIT_PREFIX": "scratch/",
        "GIT_CONFIG_GLOBAL": str(hostile / ".gitconfig"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "commit.gpgSign",
        "GIT_CONFIG_VALUE_0": "true",
        "GIT_CONFIG_NOSYSTEM": "0",
        "GIT_TEMPLATE_DIR": str(hostile / "template"),
        "GIT_AUTHOR_NAME": "",
        "GIT_AUTHOR_DATE": "never",
        "GIT_COMMITTER_DATE": "never",
        "SOURCE_DATE_EPOCH": "never",
    }

    assert run("selftest", cwd=index, variables=variables) == ALL_FIRED
    assert (git(index, "log", "--all"), git(index, "status", "--porcelain")) == before
    assert list(scratch.iterdir()) == []
