"""The uncommitted changes of a clone, and the few commands that change it: commit, fetch, push."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.environment.git import GitError, run_git
from ficli.errors import FicliError
from ficli.wording import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.registry.git_history import History

_PATIENCE_WITH_A_SERVER = 120.0


class Upstream(NamedTuple):
    """Where a branch is pushed to: the remote, the branch there, and its local name, such as `origin/main`."""

    remote: str
    branch: str
    name: str


@dataclass(frozen=True, slots=True)
class WorkTree:
    """The files of a clone."""

    history: History

    def dirty(self) -> set[str]:
        """Return the paths, relative to the registry, that differ from the last commit, without those that git ignores.

        Files that ficli was writing when it was killed are nobody's change, and are left out.

        Raises:
            GitError: git failed.

        """
        output = self.history.git(
            ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all"]
        )
        paths = (self._relative(line[3:]) for line in output.split(b"\0") if line)
        return {path for path in paths if not _is_leftover(path)}

    def _relative(self, path: bytes) -> str:
        text, prefix = os.fsdecode(path), self.history.prefix
        return text.removeprefix(prefix) if text.startswith(prefix) else f"/{text}"

    def busy(self) -> str:
        """Return the operation that the clone is in: `merge`, `rebase`, `cherry-pick`, `revert`, or empty.

        Raises:
            GitError: git failed.

        """
        folder = os.fsdecode(self.history.git(["rev-parse", "--absolute-git-dir"])).removesuffix("\n")
        for name, work in _MARKS.items():
            if os.path.exists(os.path.join(folder, name)):
                return work
        return ""

    def commit(self, paths: Collection[str], message: str) -> str:
        """Commit files that were added, changed or removed, and return the hash of the commit.

        Raises:
            GitError: git failed, for example because the committer is not known.

        """
        if not self.history.branch:
            hint = "check out a branch first: `git switch BRANCH`"
            raise FicliError("no branch is checked out, so a commit would be lost", hint=hint)
        stage(self.history, paths)
        try:
            self.history.git(["commit", "--quiet", "--no-verify", "--file=-"], stdin=message.encode())
        except GitError as error:
            if "tell me who you are" in error.stderr:
                hint = "set `user.name` and `user.email`, and run the command again: nothing is lost"
                raise GitError("git does not know who commits", hint=hint, stderr=error.stderr) from error
            raise
        return self.history.resolve("HEAD")

    def upstream(self) -> Upstream:
        """Return where the checked-out branch is pushed to.

        Raises:
            FicliError: no branch is checked out, or it has no upstream.

        """
        branch = self.history.branch
        if not branch:
            raise FicliError("no branch is checked out, so there is nothing to push", hint="`git switch BRANCH`")
        form = "--format=%(upstream:remotename)%00%(upstream:remoteref)%00%(upstream)"
        output = os.fsdecode(self.history.git(["for-each-ref", form, f"refs/heads/{branch}"]))
        remote, ref, name = [*output.removesuffix("\n").split("\0"), "", ""][:3]
        if not (remote and ref and name):
            message = f"the branch `{harmless(branch)}` is pushed nowhere"
            raise FicliError(message, hint=f"`git push --set-upstream origin {harmless(branch)}` once")
        return Upstream(remote, ref, name)

    def fetch(self, upstream: Upstream) -> None:
        """Fetch the branch that this one is pushed to, with every other branch of its remote.

        Raises:
            GitError: git failed, or the server did not answer.

        """
        self._speak(["fetch", "--quiet", "--no-write-fetch-head", "--end-of-options", upstream.remote])

    def push(self, upstream: Upstream) -> bool:
        """Push the checked-out branch, and return whether it was accepted; False if others have pushed meanwhile.

        Raises:
            GitError: git failed, the server did not answer, or it rejects the push for another reason.

        """
        try:
            self._speak(["push", "--quiet", "--end-of-options", upstream.remote, f"HEAD:{upstream.branch}"])
        except GitError as error:
            if any(reason in error.stderr for reason in _OTHERS_WERE_FASTER):
                return False
            raise
        return True

    def changed_by(self, commit: str) -> list[tuple[str, str]]:
        """Return what a commit did, as letters of `git diff-tree --name-status` with paths relative to the registry.

        Raises:
            GitError: git failed.

        """
        output = self.history.git(
            ["diff-tree", "-r", "-z", "--root", "--no-renames", "--no-commit-id", "--name-status", commit]
        )
        words = output.split(b"\0")[:-1]
        return [
            (kind.decode("ascii"), self._relative(path)) for kind, path in zip(words[::2], words[1::2], strict=True)
        ]

    def go_back_to(self, commit: str) -> None:
        """Undo the commits since then, files included; git refuses if that would lose uncommitted changes.

        Raises:
            GitError: git failed.

        """
        self.history.git(["reset", "--quiet", "--keep", commit])

    def follow(self, upstream: Upstream) -> None:
        """Rebase the commits of this branch that are not pushed yet onto what was fetched.

        Raises:
            GitError: one of them conflicts; the branch is as it was.

        """
        if self.has("HEAD", upstream.name):
            self.history.git(["merge", "--quiet", "--ff-only", upstream.name])
            return
        try:
            self.history.git(["rebase", "--quiet", upstream.name])
        except GitError as error:
            with contextlib.suppress(GitError):
                self.history.git(["rebase", "--abort"])
            message = (
                f"commits that are not pushed yet do not fit what others have pushed to `{harmless(upstream.name)}`"
            )
            raise GitError(
                message, hint="`git pull --rebase`, then run the command again", stderr=error.stderr
            ) from error

    def _speak(self, arguments: Sequence[str]) -> None:
        history = self.history
        run_git(history.environment, history.root, arguments, patience=_PATIENCE_WITH_A_SERVER, network=True)

    def has(self, commit: str, ref: str) -> bool:
        """Return whether a commit is in the history of a ref.

        Raises:
            GitError: git failed.

        """
        try:
            self.history.git(["merge-base", "--is-ancestor", commit, ref])
        except GitError as error:
            if error.stderr.strip():
                raise
            return False
        return True


def stage(history: History, paths: Collection[str]) -> None:
    """Add files to the index as they are on disk, and remove deleted ones from it.

    Args:
        history: the history of the registry.
        paths: the files, relative to the registry. One that is gone from both is accepted, since a run may have been
            killed here.

    Raises:
        GitError: git failed.

    """
    listed = b"".join(os.fsencode(path) + b"\0" for path in sorted(paths))
    history.git(["update-index", "--add", "--remove", "-z", "--stdin"], stdin=listed)


_MARKS = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
_OTHERS_WERE_FASTER = ("[rejected]", "fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref")


def is_committed(environment: Environment, root: Path, path: str) -> bool:
    """Return whether git has a file of a folder, so that anybody may have written it; False without git."""
    try:
        return bool(run_git(environment, root, ["ls-files", "-z", "--", path]))
    except GitError:
        return False


def _is_leftover(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith(".ficli-") and name.endswith(".tmp")
