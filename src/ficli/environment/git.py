"""Run git as a subprocess: bytes in, bytes out, no pager, no prompt, no program of a foreign repository.

Settings of a repository that run a program when somebody only looks at it (a file system monitor, hooks,
a pager, an external diff, the helper of a signature, a filter of files) are turned off for every call.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ficli.errors import FicliError, why_failed
from ficli.wording import harmless, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

PATIENCE = 300.0
"""Seconds that a call may take before it is ended; a log over 100,000 records takes a few."""

OLDEST = (2, 30)
"""The oldest version of git that ficli works with: `git rev-parse` accepts `--end-of-options` since then."""

_KEPT = (
    "PATH",
    "HOME",
    "XDG_CONFIG_HOME",
    "USERPROFILE",
    "SYSTEMROOT",
    "TMPDIR",
    "TEMP",
    "TMP",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_ATTR_NOSYSTEM",
)
_KEPT_TO_COMMIT = (
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_DATE",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE",
)
_KEPT_FOR_THE_NETWORK = (
    "SSH_AUTH_SOCK",
    "SSH_AGENT_PID",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_SSL_CAINFO",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "all_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "ALL_PROXY",
)
_SET = {
    "LC_ALL": "C",  # messages are compared
    "GIT_OPTIONAL_LOCKS": "0",  # looking at a repository never waits for its user, nor makes the user wait
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_EDITOR": ":",
    "GIT_PAGER": "cat",
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone may name a program to fetch with
    "GIT_ALLOW_PROTOCOL": "none",  # the same for a git that does not know the line above
    "GIT_NO_REPLACE_OBJECTS": "1",
}
_LOOKING = frozenset({"diff", "hash-object", "status"})
"""Subcommands that pass files through the filters of a repository, though they change none."""

_SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.askPass=",
    "core.editor=:",
    "diff.relative=false",
    "diff.autoRefreshIndex=true",  # a file with a new time and the old bytes has not changed
    "log.showRoot=true",
    "log.showSignature=false",
    "log.follow=false",
    "log.decorate=false",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "push.recurseSubmodules=no",
    "push.gpgSign=false",
    "merge.directoryRenames=false",  # a folder of drafts that all were published has not been renamed
    "protocol.ext.allow=never",
    "safe.bareRepository=explicit",
    "maintenance.auto=false",
    "gc.auto=0",
    "advice.detachedHead=false",
)


class GitError(FicliError):
    """Git is not there, failed, or took too long.

    Args:
        message: what is wrong, lower case, without a final period.
        hint: what the user can do about it, or empty.
        stderr: git's message.

    """

    def __init__(self, message: str, *, hint: str = "", stderr: str = "") -> None:
        super().__init__(message, hint=hint)
        self.stderr = stderr


class GitMissingError(GitError):
    """There is no git on this machine."""


def run_git(
    environment: Environment,
    folder: Path,
    arguments: Sequence[str],
    *,
    stdin: bytes = b"",
    patience: float = PATIENCE,
    network: bool = False,
) -> bytes:
    """Run one git command and return its output.

    Args:
        environment: the environment to work in; git gets `PATH`, the variables that name the user, and no
            `GIT_DIR` or `GIT_INDEX_FILE` of a hook that ficli was started from.
        folder: where it runs.
        arguments: the subcommand and what follows it. A name that a user or a repository chose goes after
            `--end-of-options` or `--`, so that it is never read as an option.
        stdin: its standard input.
        patience: seconds after which it is ended, with all processes that it has started.
        network: whether it connects to another machine, and so may use the user's settings for that.

    Raises:
        GitMissingError: there is no git on this machine.
        GitError: git failed, or took too long.

    """
    command = ["git", "--no-pager", "--literal-pathspecs"]
    for setting in _SETTINGS:
        command += ("-c", setting)
    command += ("-C", str(folder), *arguments)
    variables = _variables(environment.variables, network=network)
    if arguments[0] in _LOOKING:
        variables |= _filters_off(environment, folder)
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed program, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=variables,
            start_new_session=True,  # no terminal to ask at, and a group that can be ended as a whole
        )
    except FileNotFoundError as error:
        raise GitMissingError("git is not installed, or not on the PATH", hint="install git") from error
    except (OSError, ValueError) as error:
        reason = why_failed(error)
        raise GitError(f"git could not be started: {harmless(reason)}") from error
    with process:
        try:
            output, complaint = process.communicate(stdin, timeout=patience)
        except subprocess.TimeoutExpired as error:
            _end(process)
            message = f"`git {arguments[0]}` took longer than {patience:g} seconds, and was ended"
            raise GitError(message, hint="run it by hand to see what it waits for") from error
        except BaseException:
            _end(process)
            raise
    if process.returncode:
        raise _failure(arguments[0], process.returncode, complaint.decode(errors="replace"))
    return output


def require_git(environment: Environment, folder: Path) -> None:
    """Check that git is there, in a version that ficli works with; a version that cannot be parsed is accepted.

    Raises:
        GitMissingError: there is no git on this machine.
        GitError: it does not run, or is older than `OLDEST`.

    """
    version = _VERSION.match(run_git(environment, folder, ["version"]).decode(errors="replace"))
    if version is not None and (int(version[1]), int(version[2])) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        message = f"git {version[1]}.{version[2]} is older than {oldest}, the oldest that ficli works with"
        raise GitError(message, hint=f"install git {oldest} or newer")


_VERSION = re.compile(r"git version ([0-9]{1,4})\.([0-9]{1,4})")


def _variables(known: Mapping[str, str], *, network: bool) -> dict[str, str]:
    names = (*_KEPT, *_KEPT_TO_COMMIT, *(_KEPT_FOR_THE_NETWORK if network else ()))
    kept = {name: known[name] for name in names if name in known}
    if "PATH" not in kept:
        kept["PATH"] = os.defpath
    if not network:
        return _SET | kept
    kept.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
    return {name: value for name, value in _SET.items() if name != "GIT_ALLOW_PROTOCOL"} | kept


def _filters_off(environment: Environment, folder: Path) -> dict[str, str]:
    """Return the variables that keep git from running the filters in any of its settings."""
    try:
        listed = run_git(environment, folder, ["config", "--null", "--name-only", "--get-regexp", r"^filter\."])
    except GitError:  # there are none; or the call that this is for will say what is wrong
        return {}
    keys = os.fsdecode(listed).split("\0")[:-1]
    drivers = dict.fromkeys(key.rpartition(".")[0] for key in keys if key.count(".") > 1)
    off = [(f"{driver}.{key}", value) for driver in drivers for key, value in _NO_FILTER.items()]
    settings = {"GIT_CONFIG_COUNT": str(len(off))}
    for number, (key, value) in enumerate(off):
        settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return settings


_NO_FILTER = {"clean": "", "process": "", "required": "false"}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children, which would keep the pipes open."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:  # Windows
            process.kill()
    process.communicate()


_DUBIOUS = re.compile(r"detected dubious ownership in repository at '(.*)'")


def _failure(subcommand: str, code: int, stderr: str) -> GitError:
    if owner := _DUBIOUS.search(stderr):
        folder = harmless(owner[1])
        return GitError(
            f"the repository at `{folder}` belongs to somebody else, so git does not read it",
            hint=f"if you trust it: git config --global --add safe.directory '{folder}'",
            stderr=stderr,
        )
    lines = [line for line in stderr.splitlines() if line.strip()]
    telling = next(
        (line for line in lines if line.startswith(("fatal: ", "error: ", " ! "))), lines[-1] if lines else ""
    )
    said = telling.removeprefix("fatal: ").removeprefix("error: ").strip()
    reason = quoted(said, longest=200) if said else f"exit code {code}"
    return GitError(f"`git {subcommand}` failed: {reason}", stderr=stderr)
