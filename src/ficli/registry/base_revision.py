"""The base of a change: the commit it starts from, and which files of the registry differ from it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ficli.environment.git import GitError
from ficli.errors import FicliError, UsageError
from ficli.registry.git_history import History, open_history
from ficli.registry.layout import FOLDERS, SETTINGS_FILES, SUFFIX, WATCHED
from ficli.registry.records import SourceFile, read_record
from ficli.wording import HIDDEN, counted, harmless, listed, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

AUTO = "auto"
"""Selects the default branch; a branch of that name is `refs/heads/auto`."""

_BRANCHES = (  # in full: somebody may call a branch of the change, or a tag, `origin/main`
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
_NAMESPACES = ("refs/tags/", "refs/heads/", "refs/remotes/")
_NAME = re.compile(r"(?!.*\.\.)\w[\w./+#-]*")
_HELP = "name a branch, a tag or a commit, such as `origin/main`, or `auto`"
_DIFF = (
    *("diff", "--raw", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-abbrev", "--no-color"),
    "--ignore-submodules=dirty",  # git is not run inside a submodule
)
_LONGEST_NAME = 200
_FETCH_ALL = "`git fetch --unshallow`; in GitHub Actions `fetch-depth: 0`, in GitLab CI `GIT_DEPTH: 0`"


@dataclass(frozen=True)
class Base:
    """The commit from which a change starts.

    Attributes:
        history: the git history of the registry.
        ref: the branch, tag or commit that was asked for, or the default branch.
        commit: the hash of the merge base of it and the checked-out commit.

    """

    history: History
    ref: str
    commit: str

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The registry's files as they were in the base: the hash of each file's content, by its path."""
        return {item.path: item.blob for item in self.history.files_in(self.commit, WATCHED)}

    def read(self, paths: AbstractSet[str]) -> dict[str, bytes]:
        """Read files as they were in the base; files that it did not have are left out.

        Raises:
            GitError: git failed, or the clone lacks the content of a file.

        """
        blobs = {path: self.files[path] for path in sorted(paths) if path in self.files}
        try:
            contents = dict(self.history.contents(blobs.values()))
        except GitError as error:
            if "promisor" in error.stderr:
                raise self._lacking(error.stderr) from error
            raise
        if not contents.keys() >= set(blobs.values()):
            raise self._lacking("")
        return {path: contents[blob] for path, blob in blobs.items()}

    def _lacking(self, stderr: str) -> GitError:
        message = f"this clone lacks what some records held in `{self.commit[:12]}`"
        hint = "it is a partial clone: `git fetch --refetch --no-filter` completes it"
        return GitError(message, hint=hint, stderr=stderr)


@dataclass(frozen=True)
class ChangeSet:
    """What differs between the base and the present files.

    Attributes:
        base: the base of the comparison.
        paths: every file that was added, changed or removed, relative to the registry.
        before: the old content of those that the base had.

    """

    base: Base
    paths: AbstractSet[str]
    before: Mapping[str, bytes]

    @cached_property
    def records(self) -> AbstractSet[str]:
        """The paths of records that were added, changed or removed."""
        return {path for path in self.paths if path.endswith(SUFFIX) and path.partition("/")[0] in FOLDERS}

    @cached_property
    def records_before(self) -> Mapping[str, SourceFile]:
        """Those of the changed records that the base had, as it had them, by path."""
        root = self.base.history.root
        return {path: SourceFile(root, path, raw) for path, raw in self.before.items() if path in self.records}

    @cached_property
    def settings(self) -> AbstractSet[str]:
        """The changed files among those by which records are checked."""
        return self.paths & set(SETTINGS_FILES)

    @cached_property
    def _holders(self) -> AbstractSet[str]:
        return {path[:end] for path in self.paths for end, sign in enumerate(path) if sign == "/"} - set(FOLDERS)

    def touches(self, path: str) -> bool:
        """Return whether a file, or something in a folder, was added, changed or removed."""
        if path in self.paths or path in self._holders:
            return True
        # A submodule or a clone within this one is a single entry here, whatever it holds.
        return any(path[:end] in self.paths for end, sign in enumerate(path) if sign == "/")


def find_base(environment: Environment, root: Path, ref: str) -> Base:
    """Find the commit from which a change starts.

    Args:
        environment: the environment to work in.
        root: the registry's folder.
        ref: a branch, a tag or a commit; `auto` for the default branch.

    Raises:
        UsageError: the name cannot be one of a commit, or the registry is not in a clone.
        GitError: there is no such commit here, or not enough of its history to find the base.
        FicliError: there is no commit yet.

    """
    if ref.startswith("-") or not ref or HIDDEN.search(ref):
        message = f"`--since`: {quoted(ref)} is no name of a commit"
        raise UsageError(message, hint=_HELP)
    history = open_history(environment, root)
    if history is None:
        message = f"`--since` needs git, and the registry at `{harmless(str(root))}` is in no clone"
        raise UsageError(message, hint="leave `--since` out to judge every record")
    if not history.head:
        hint = "commit something first, or leave `--since` out to judge every record"
        raise FicliError("nothing was committed here yet, so nothing has changed since", hint=hint)
    if history.shallow:
        message = "this clone is shallow: it does not tell what has changed, nor which IDs were given before"
        raise GitError(message, hint=f"fetch the rest: {_FETCH_ALL}")
    if ref == AUTO:
        ref, tip = _default_branch(history)
    else:
        tip = _tip(history, ref)
    return Base(history, ref, _merge_base(history, ref, tip))


def _default_branch(history: History) -> tuple[str, str]:
    for name in _BRANCHES:
        try:
            tip = history.resolve(name)
        except GitError:
            continue
        return _called(history, name), tip
    usual = map(_short, _BRANCHES[1:])
    message = f"the default branch is not known: this clone has none of {listed(usual, last='or')}"
    raise GitError(message, hint="`git fetch origin` brings the branches; `--since BRANCH` names one")


def _called(history: History, name: str) -> str:
    """Return the branch behind the symbolic name of a remote's default branch."""
    if name != _BRANCHES[0]:
        return _short(name)
    try:
        return _short(os.fsdecode(history.git(["symbolic-ref", name])).strip())
    except GitError:  # it was written as a commit
        return _short(name)


def _short(name: str) -> str:
    return name.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def _tip(history: History, ref: str) -> str:
    try:
        tip = history.resolve(ref)
    except GitError as error:
        message = f"git knows no commit {quoted(ref)} here"
        raise GitError(message, hint=_where_to_get(history, ref), stderr=error.stderr) from error
    _require_one_meaning(history, ref)
    return tip


def _where_to_get(history: History, ref: str) -> str:
    """Return what to fetch; empty if the name is an expression such as `HEAD~2`."""
    if not _NAME.fullmatch(ref) or len(ref) > _LONGEST_NAME:
        return _HELP
    remote, _, branch = ref.partition("/")
    fetched = f"{remote} {branch}" if branch and remote in _remotes(history) else f"origin {ref}"
    return f"`git fetch {fetched}` brings it"


def _require_one_meaning(history: History, ref: str) -> None:
    """Reject a name that a tag, a branch and a branch of a remote share; git would use the first it finds.

    Raises:
        GitError: it names several commits.

    """
    form = "--format=%(objectname) %(*objectname) %(refname)"
    lines = os.fsdecode(history.git(["for-each-ref", form, *(name + ref for name in _NAMESPACES)])).splitlines()
    found = [line.split(" ") for line in lines]
    commits = {
        name: peeled or commit for commit, peeled, name in found if name in {space + ref for space in _NAMESPACES}
    }
    if len(set(commits.values())) > 1:
        message = f"{quoted(ref)} names several commits here: {listed(commits)}"
        raise GitError(message, hint="give the one you mean in full")


def _remotes(history: History) -> list[str]:
    return os.fsdecode(history.git(["remote"])).split()


def _merge_base(history: History, ref: str, tip: str) -> str:
    try:
        return history.git(["merge-base", tip, history.head]).decode("ascii").strip()
    except GitError as error:
        if error.stderr.strip():
            raise
        message = f"{quoted(ref)} and what is checked out have no commit in common"
        raise GitError(
            message, hint=f"name the branch this one started from, or fetch the rest: {_FETCH_ALL}"
        ) from error


def changes_since(base: Base) -> ChangeSet:
    """Return what differs between the base and the present files.

    Raises:
        GitError: git failed, or the clone lacks the content of a file.

    """
    history = base.history
    words = history.git([*_DIFF, base.commit, "--", *WATCHED]).split(b"\0")
    paths = {history.relative(path) for path in words[1::2]}
    # Git names an untracked folder that is a clone of its own with a `/` at its end.
    others = history.git(["ls-files", "--others", "--exclude-standard", "-z", "--", *WATCHED]).split(b"\0")
    paths |= {os.fsdecode(path).rstrip("/") for path in others if path}
    paths |= _unwatched(base) - paths
    return ChangeSet(base, frozenset(paths), base.read(paths))


def _unwatched(base: Base) -> set[str]:
    """Return what differs among the files that git treats as unchanged without a check, because of a flag.

    Raises:
        GitError: some of them are not on disk, as in a sparse checkout, so that the registry is not whole.

    """
    history = base.history
    lines = os.fsdecode(history.git(["ls-files", "-v", "-z", "--", *WATCHED])).split("\0")
    marked = {line[2:]: line[0] for line in lines if line[:1] in _UNWATCHED}
    if not marked:
        return set()
    lacking = [path for path, mark in marked.items() if mark in "Ss" and not os.path.lexists(history.root / path)]
    if lacking:
        message = (
            f"this checkout leaves {counted(len(lacking), 'file')} of the registry out, such as {quoted(lacking[0])}"
        )
        raise GitError(message, hint="it is a sparse checkout: `git sparse-checkout disable` brings them")
    before = base.read(marked.keys())
    return {path for path in marked if _differs(history.root, path, before.get(path))}


_UNWATCHED = frozenset("hsS")
"""The flags of `git ls-files -v` for a file that is assumed to be unchanged, that is skipped, or both."""


def _differs(root: Path, path: str, before: bytes | None) -> bool:
    if before is None or not os.path.isfile(root / path):
        return True
    return read_record(root, path).replace(b"\r\n", b"\n") != before.replace(b"\r\n", b"\n")
