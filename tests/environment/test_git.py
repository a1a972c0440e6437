"""Running git: what it may see, what it may not run, and how it fails."""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from ficli.environment.git import GitError, GitMissingError, require_git, run_git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ficli.environment import Environment


def script(path: Path, text: str) -> Path:
    """Write a program."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def here(environment: Callable[..., Environment]) -> Environment:
    return environment(variables={"PATH": os.environ["PATH"]})


def test_git_prints_bytes(here: Environment, tmp_path: Path) -> None:
    assert run_git(here, tmp_path, ["--version"]).startswith(b"git version ")


def test_git_reads_what_it_is_given(here: Environment, tmp_path: Path, git: Callable[..., str]) -> None:
    git(tmp_path, "init")
    assert run_git(here, tmp_path, ["hash-object", "--stdin"], stdin=b"x" * 100_000).endswith(b"\n")


def test_a_machine_without_git(environment: Callable[..., Environment], tmp_path: Path) -> None:
    nowhere = environment(variables={"PATH": str(tmp_path / "empty")})
    with pytest.raises(GitMissingError, match="git is not installed"):
        run_git(nowhere, tmp_path, ["status"])


@pytest.mark.parametrize("version", ["2.30.0", "2.45.1.windows.1", "2.39.5 (Apple Git-154)", "10.0", "unknown"])
def test_a_git_to_work_with(environment: Callable[..., Environment], tmp_path: Path, version: str) -> None:
    script(tmp_path / "bin" / "git", f"echo 'git version {version}'")
    require_git(environment(variables={"PATH": f"{tmp_path / 'bin'}:/bin"}), tmp_path)


@pytest.mark.parametrize("version", ["2.29.3", "2.4.11", "1.9.5"])
def test_a_git_that_is_too_old(environment: Callable[..., Environment], tmp_path: Path, version: str) -> None:
    script(tmp_path / "bin" / "git", f"echo 'git version {version}'")
    shown = ".".join(version.split(".")[:2])
    with pytest.raises(GitError, match=f"^git {shown} is older than 2.30, the oldest that ficli works with$"):
        require_git(environment(variables={"PATH": f"{tmp_path / 'bin'}:/bin"}), tmp_path)


def test_the_settings_of_the_system_can_be_left_out(environment: Callable[..., Environment], tmp_path: Path) -> None:
    script(tmp_path / "bin" / "git", 'echo "$GIT_CONFIG_NOSYSTEM $GIT_ATTR_NOSYSTEM"')
    known = {"PATH": f"{tmp_path / 'bin'}:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "yes"}
    assert run_git(environment(variables=known), tmp_path, ["status"]) == b"1 yes\n"


def test_a_path_that_is_not_set_is_the_usual_one(environment: Callable[..., Environment], tmp_path: Path) -> None:
    assert run_git(environment(), tmp_path, ["--version"])


def test_a_folder_with_a_zero_byte(here: Environment, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="git could not be started: embedded null byte"):
        run_git(here, tmp_path / "a\0b", ["status"])


def test_a_failure_says_what_git_said(here: Environment, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="`git status` failed: `not a git repository"):
        run_git(here, tmp_path, ["status"])


def test_a_failure_without_a_word(here: Environment, tmp_path: Path, git: Callable[..., str]) -> None:
    git(tmp_path, "init")
    with pytest.raises(GitError, match="`git rev-parse` failed: exit code 1"):
        run_git(here, tmp_path, ["rev-parse", "--verify", "--quiet", "nothing"])


def test_what_git_says_is_harmless(here: Environment, tmp_path: Path, git: Callable[..., str]) -> None:
    git(tmp_path, "init")
    with pytest.raises(GitError) as caught:
        run_git(here, tmp_path, ["cat-file", "-t", "\x1b[31mred"])
    assert "\x1b" not in caught.value.message
    assert "red" in caught.value.message


def test_the_variables_of_a_hook_do_not_lead_elsewhere(
    environment: Callable[..., Environment], tmp_path: Path, git: Callable[..., str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        git(tmp_path / name, "init")
    variables = {"PATH": os.environ["PATH"], "GIT_DIR": str(tmp_path / "two" / ".git"), "GIT_INDEX_FILE": "/nowhere"}
    found = run_git(environment(variables=variables), tmp_path / "one", ["rev-parse", "--absolute-git-dir"])
    assert os.fsdecode(found).strip() == str((tmp_path / "one" / ".git").resolve())


@pytest.mark.parametrize("setting", ["core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "gpg.program"])
def test_a_hostile_repository_runs_nothing(
    here: Environment, tmp_path: Path, git: Callable[..., str], setting: str
) -> None:
    git(tmp_path, "init")
    (tmp_path / "a").write_text("a")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-m", "first")
    trace = tmp_path / "ran"
    git(tmp_path, "config", setting, str(script(tmp_path / "bin" / "evil", f"touch {trace}")))
    git(tmp_path, "config", "log.showSignature", "true")
    run_git(here, tmp_path, ["status", "--porcelain"])
    run_git(here, tmp_path, ["log", "--raw"])
    assert not trace.exists()


@pytest.mark.parametrize("key", ["clean", "process"])
@pytest.mark.parametrize("driver", ["evil", "e=v.il"])
def test_no_filter_of_files_is_run(
    here: Environment, tmp_path: Path, git: Callable[..., str], key: str, driver: str
) -> None:
    git(tmp_path, "init")
    (tmp_path / "a").write_text("a")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-m", "first")
    trace = tmp_path / "ran"
    evil = script(tmp_path / "bin" / "evil", f"touch {trace}; exit 1")
    with (tmp_path / ".git" / "config").open("a") as config:
        config.write(f'[filter "{driver}"]\n\t{key} = {evil}\n\trequired = true\n')
    (tmp_path / ".gitattributes").write_text(f"a filter={driver}\n")
    os.utime(tmp_path / "a", (1, 1))
    assert run_git(here, tmp_path, ["diff", "--raw", "HEAD"]) == b""
    assert b" M a" not in run_git(here, tmp_path, ["status", "--porcelain"])
    run_git(here, tmp_path, ["hash-object", "--stdin", "--path=a"], stdin=b"a")
    assert not trace.exists()


def test_no_server_is_asked_for_what_a_clone_lacks(here: Environment, tmp_path: Path, git: Callable[..., str]) -> None:
    git(tmp_path, "init", "server")
    with pytest.raises(GitError, match="not allowed"):
        run_git(here, tmp_path, ["ls-remote", (tmp_path / "server").as_uri()])
    assert run_git(here, tmp_path, ["ls-remote", (tmp_path / "server").as_uri()], network=True) == b""


def test_hooks_are_not_run(here: Environment, tmp_path: Path, git: Callable[..., str]) -> None:
    git(tmp_path, "init")
    trace = tmp_path / "ran"
    for hook in ("pre-commit", "post-commit", "commit-msg", "reference-transaction", "post-index-change"):
        script(tmp_path / ".git" / "hooks" / hook, f"touch {trace}")
    identity = ["-c", "user.name=Curator", "-c", "user.email=curator@example.org"]
    run_git(here, tmp_path, [*identity, "commit", "--allow-empty", "--message", "first"])
    assert not trace.exists()


def test_a_repository_of_somebody_else(
    environment: Callable[..., Environment], tmp_path: Path, git: Callable[..., str]
) -> None:
    git(tmp_path, "init")
    complaint = "fatal: detected dubious ownership in repository at '/srv/index'"
    folder = script(tmp_path / "bin" / "git", f'echo "{complaint}" >&2; exit 128').parent
    with pytest.raises(GitError, match="belongs to somebody else") as caught:
        run_git(environment(variables={"PATH": str(folder)}), tmp_path, ["status"])
    assert caught.value.hint == "if you trust it: git config --global --add safe.directory '/srv/index'"


def test_what_takes_too_long_is_ended_with_all_it_started(
    environment: Callable[..., Environment], tmp_path: Path
) -> None:
    folder = script(tmp_path / "bin" / "git", "sleep 60 & echo $! > child; wait").parent
    slow = environment(variables={"PATH": f"{folder}:{os.environ['PATH']}"})
    started = time.monotonic()
    os.chdir(tmp_path)
    with pytest.raises(GitError, match=r"`git fetch` took longer than 0\.5 seconds"):
        run_git(slow, tmp_path, ["fetch"], patience=0.5)
    assert time.monotonic() - started < 30
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _runs(child)


def _runs(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as status:
            return status.read().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


def test_the_network_sees_what_the_user_has_set_for_it(environment: Callable[..., Environment], tmp_path: Path) -> None:
    folder = script(tmp_path / "bin" / "git", "env").parent
    variables = {"PATH": f"{folder}:{os.environ['PATH']}", "SSH_AUTH_SOCK": "/agent", "SECRET": "x"}
    world = environment(variables=variables)
    alone, connected = (run_git(world, tmp_path, ["fetch"], network=network) for network in (False, True))
    assert b"SSH_AUTH_SOCK" not in alone
    assert b"SSH_AUTH_SOCK=/agent" in connected
    assert b"GIT_SSH_COMMAND=ssh -o BatchMode=yes" in connected
    assert b"GIT_TERMINAL_PROMPT=0" in connected
    assert b"SECRET" not in alone + connected
