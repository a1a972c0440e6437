"""Read the git history of a registry: every path that ever existed, and files of other branches without a checkout."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.environment.git import GitError, run_git
from ficli.registry.layout import GIT_FOLDER
from ficli.registry.records import LARGEST_RECORD
from ficli.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment

_BYTES_AT_ONCE = 16 * LARGEST_RECORD
_TOO_LONG = bytes(LARGEST_RECORD + 1)
_LOG = (
    "log",
    "--full-history",  # a file that came and went on a merged branch was there too
    "--date-order",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-abbrev",
    "--no-color",
    "--raw",
    "-z",
    "-c",  # a merge adds what none of its parents had
    "--format=%H %ct",
)


class FileChange(NamedTuple):
    """A file that a commit added, changed or removed.

    Attributes:
        commit: the hash of the commit.
        time: when it was committed, in seconds since 1970.
        kind: `A` for added, `M` for changed, `D` for removed, `T` for a file that became a link.
        path: the file, relative to the registry, with `/`; bytes that are not UTF-8 as surrogates.
        blob: the hash of its content from then on; zeros if it was removed.

    """

    commit: str
    time: int
    kind: str
    path: str
    blob: str


class TreeFile(NamedTuple):
    """A file in a tree: its path as in `FileChange`, and the hash of its content (a git blob hash)."""

    path: str
    blob: str


class Branch(NamedTuple):
    """A branch: its full name, such as `refs/heads/main` or `refs/remotes/origin/main`, and its newest commit."""

    name: str
    commit: str


@dataclass(frozen=True, slots=True)
class History:
    """The git history of a registry.

    Attributes:
        environment: the environment to work in.
        root: the registry's folder.
        prefix: where that is in the repository: empty, or a path that ends with `/`.
        shallow: whether the clone leaves older commits out.
        head: the hash of the checked-out commit; empty if there is none yet.
        branch: the short name of the checked-out branch; empty for a detached HEAD.

    """

    environment: Environment
    root: Path
    prefix: str
    shallow: bool
    head: str
    branch: str

    def changes(
        self, folder: str, *, kinds: str = "A", only_head: bool = False, without: Sequence[str] = ()
    ) -> Iterator[FileChange]:
        """Yield what commits did to the files below a folder, newest commit first and no commit before its children.

        Args:
            folder: a folder of the registry.
            kinds: the kinds of change that are wanted, each a letter as in `FileChange`.
            only_head: whether only the commit checked out and those before it count; otherwise every local and remote
                branch, every tag and every other ref does.
            without: hashes of commits that are left out, with all before them.

        Raises:
            GitError: git failed.

        """
        if only_head and not self.head:
            return
        start = self.head if only_head else "--all"
        filtered = f"--diff-filter={kinds}"
        left_out = "".join(f"^{commit}\n" for commit in without).encode("ascii")
        output = self.git([*_LOG, filtered, start, "--stdin", "--", folder], stdin=left_out)
        words = iter(output.split(b"\0"))
        commit, time = "", 0
        for word in words:
            text = word.lstrip(b"\n").decode("ascii")
            if text.startswith(":"):
                path = self.relative(next(words))
                *_, blob, kind = text.split(" ")
                yield FileChange(commit, time, kind[0], path, blob)
            elif text:
                commit, _, seconds = text.partition(" ")
                time = int(seconds)

    def ever_added(self, folder: str, *, without: Sequence[str] = ()) -> set[str]:
        """Return every path that any commit on any ref has ever added below a folder.

        Args:
            folder: a folder of the registry.
            without: hashes of commits that are left out, with all before them.

        Raises:
            GitError: git failed.

        """
        return {change.path for change in self.changes(folder, without=without)}

    def tips(self) -> list[str]:
        """Return the hashes of the commits that refs and `HEAD` name; all other commits are their ancestors.

        Raises:
            GitError: git failed.

        """
        return sorted(set(self.git(["rev-list", "--all", "--no-walk"]).decode("ascii").split()))

    def still_has(self, commits: Sequence[str]) -> bool:
        """Return whether all of these commits are still reachable from refs and `HEAD`.

        Raises:
            GitError: git failed.

        """
        known = self.git(["cat-file", "--batch-check=%(objecttype)"], stdin="\n".join(commits).encode("ascii"))
        if set(known.split()) != {b"commit"}:  # some are gone from the clone altogether
            return False
        # One unreachable commit is enough, so git stops at the first.
        listed = "".join(f"{commit}\n" for commit in commits).encode("ascii")
        return not self.git(["rev-list", "--max-count=1", "--stdin", "--not", "--all"], stdin=listed).strip()

    def commits(self) -> set[str]:
        """Return the hashes of the checked-out commit and of all before it.

        Raises:
            GitError: git failed.

        """
        return set(self.git(["rev-list", self.head]).decode("ascii").split()) if self.head else set()

    def first_commits(self, folder: str) -> dict[str, int]:
        """Number the files below a folder by the first commit, of those checked out, that added each; the oldest is 0.

        Raises:
            GitError: git failed.

        """
        found = list(self.changes(folder, only_head=True))
        order = {commit: place for place, commit in enumerate(dict.fromkeys(item.commit for item in reversed(found)))}
        return {change.path: order[change.commit] for change in found}  # the oldest comes last, and stays

    def branches(self) -> list[Branch]:
        """Return the local and remote branches.

        Raises:
            GitError: git failed.

        """
        output = self.git(["for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/", "refs/remotes/"])
        pairs = [line.partition(" ") for line in os.fsdecode(output).splitlines()]
        return [Branch(name, commit) for commit, _, name in pairs if not name.endswith("/HEAD")]

    def resolve(self, ref: str) -> str:
        """Return the hash of the commit that a branch, tag or hash names.

        Raises:
            GitError: there is none.

        """
        try:
            output = self.git(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"])
        except GitError as error:
            message = f"git knows no commit {quoted(ref)}"
            raise GitError(message, hint="fetch it first, or name another", stderr=error.stderr) from error
        commit = output.decode("ascii").strip()
        if commit.startswith("^"):  # `^main` asks for what is in no commit before it
            raise GitError(f"git knows no commit {quoted(ref)}", hint="fetch it first, or name another")
        return commit

    def time_of(self, commit: str) -> int:
        """Return the time of a commit, in seconds since 1970.

        Raises:
            GitError: there is no such commit.

        """
        return int(self.git(["show", "--no-patch", "--format=%ct", self.resolve(commit)]))

    def files_at(self, ref: str, folder: str) -> list[TreeFile]:
        """Return the files below a folder as they are in a commit; links, submodules and folders are left out.

        Raises:
            GitError: there is no such commit, or git failed.

        """
        return self.files_in(self.resolve(ref), (f"{folder}/",))

    def files_in(self, commit: str, paths: Iterable[str]) -> list[TreeFile]:
        """Return files of a commit, and those below folders; links, submodules and the folders are left out.

        Raises:
            GitError: there is no such commit, or git failed.

        """
        wanted = [f"{self.prefix}{path}" for path in paths]
        output = self.git(["ls-tree", "-r", "-z", "--full-tree", commit, "--", *wanted])
        found = []
        for line in output.split(b"\0"):
            facts, _, path = line.partition(b"\t")
            if facts.startswith(b"100"):  # an ordinary file, executable or not
                found.append(TreeFile(self.relative(path), facts.split(b" ")[2].decode("ascii")))
        return found

    def contents(self, blobs: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the content of blobs, each hash with its bytes; one that this clone does not have is left out.

        One that is longer than a record may be is not read: it is returned as zeros, one byte more than the limit.

        Raises:
            GitError: git failed.

        """
        room = _BYTES_AT_ONCE
        waiting: list[str] = []
        # Sizes first: no blob above the limit is read, and each batch of `cat-file` fits in memory.
        for blob, size in self._sizes(dict.fromkeys(blobs)):
            if size > LARGEST_RECORD:
                yield blob, _TOO_LONG
                continue
            if size > room:
                yield from self._read(waiting)
                room, waiting = _BYTES_AT_ONCE, []
            room -= size + len(blob)
            waiting.append(blob)
        yield from self._read(waiting)

    def _read(self, blobs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        if blobs:
            yield from _batch(self.git(["cat-file", "--batch"], stdin=_lines(blobs)))

    def _sizes(self, blobs: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Yield the sizes of blobs in bytes; objects that are not blobs, or not in this clone, are left out."""
        names = _lines(blobs)
        if not names:
            return
        form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
        for line in self.git(["cat-file", form], stdin=names).decode("ascii").splitlines():
            blob, kind, *size = line.split(" ")
            if kind == "blob":
                yield blob, int(size[0])

    def git(self, arguments: Sequence[str], *, stdin: bytes = b"") -> bytes:
        """Run git in the registry's folder, as `run_git` does."""
        return run_git(self.environment, self.root, arguments, stdin=stdin)

    def relative(self, path: bytes) -> str:
        """Return a file of the repository relative to the registry; bytes that are not UTF-8 become surrogates."""
        return os.fsdecode(path).removeprefix(self.prefix)


def _lines(hashes: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in hashes).encode("ascii")


def _batch(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Parse the output of `git cat-file --batch`: a line with hash, type and size for each object, and its bytes."""
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        name, *facts = output[at:end].decode("ascii").split(" ")
        at = end + 1
        if len(facts) < 2:  # noqa: PLR2004 - the hash, and `missing`
            continue
        size = int(facts[1])
        if facts[0] == "blob":
            yield name, output[at : at + size]
        at += size + 1


def open_history(environment: Environment, root: Path) -> History | None:
    """Open the git history of a registry; None if its folder is not in a clone.

    Raises:
        GitMissingError: it is in one, and there is no git on this machine.
        GitError: git does not read the clone, such as one that belongs to somebody else.

    """
    if not any(os.path.lexists(folder / GIT_FOLDER) for folder in (root, *root.parents)):
        return None  # said without starting git, which need not be there
    facts = run_git(environment, root, ["rev-parse", "--is-shallow-repository", "--show-prefix"])
    shallow, _, prefix = os.fsdecode(facts).partition("\n")
    return History(
        environment,
        root,
        prefix.removesuffix("\n"),
        shallow == "true",
        head=_quietly(environment, root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]),
        branch=_quietly(environment, root, ["symbolic-ref", "--quiet", "--short", "HEAD"]),
    )


def _quietly(environment: Environment, root: Path, arguments: Sequence[str]) -> str:
    """Ask git for something that may not exist; empty if it does not."""
    try:
        return os.fsdecode(run_git(environment, root, arguments)).strip()
    except GitError as error:
        if error.stderr.strip():
            raise
        return ""
