"""Commit published records and push them; after a rejected push, records that are not public get other IDs.

The commit holds the records and the drafts that became them, and nothing else. A run that was killed before its
commit, or before its push, is finished by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from ficli.commands.assign.assign import Assigned, AssignOutcome, AssignRequest, assign_alone
from ficli.commands.assign.publish import is_published_form
from ficli.environment import Environment, remove_file
from ficli.errors import FicliError, UsageError
from ficli.open_registry import OpenRegistry, open_registry
from ficli.registry.git_history import open_history
from ficli.registry.given_numbers import whole_history
from ficli.registry.layout import DRAFTS, INCIDENTS, SUFFIX
from ficli.registry.private_folder import only_one
from ficli.registry.records import SourceFile
from ficli.registry.work_tree import Upstream, WorkTree
from ficli.wording import counted, listed

ATTEMPTS = 5
"""How often a push is tried before ficli gives up."""

_MOST_NAMED = 3


class PublishedCommit(NamedTuple):
    """The commit that was made, and where it was pushed to; empty if there was nothing to commit or push."""

    commit: str
    pushed: str


def assign_and_commit(
    environment: Environment,
    request: AssignRequest,
    *,
    push: bool,
    advance: Callable[[int, int], None] | None = None,
) -> tuple[AssignOutcome, PublishedCommit]:
    """Assign IDs to drafts and commit them.

    Args:
        environment: the environment to work in.
        request: what to publish.
        push: whether to push the commit too.
        advance: as in `assign`.

    Raises:
        UsageError: what `assign` raises, a registry outside a clone, files that are changed and not committed.
        FicliError: what `assign` raises, git failed, or other pushes were faster each time.

    """
    opened = open_registry(environment, request.registry)
    with only_one(opened.root):
        upstream = _open_tree(environment, opened, request).upstream() if push else None
        for _ in range(ATTEMPTS):
            outcome, commit = _assign_once(environment, opened, request, advance)
            tree = _open_tree(environment, opened, request)
            if upstream is None or outcome.failure is not None or tree.has("HEAD", upstream.name):
                return outcome, PublishedCommit(commit, "")
            if tree.push(upstream):
                return outcome, PublishedCommit(
                    commit or tree.history.head, upstream.name.removeprefix("refs/remotes/")
                )
            tree.fetch(upstream)
            slugs = _take_back(tree, upstream)
            tree.follow(upstream)
            request = request if request.every else replace(request, drafts=sorted({*request.drafts, *slugs}))
    message = f"others were faster {counted(ATTEMPTS, 'time')}, so nothing was pushed"
    raise FicliError(message, hint="run the command again; the drafts are as they were")


def _open_tree(environment: Environment, opened: OpenRegistry, request: AssignRequest) -> WorkTree:
    find = whole_history if request.history else open_history
    history = find(environment, opened.root)
    if history is None:
        raise UsageError("this registry is in no git clone, so there is nothing to commit to", hint="`git init` first")
    return WorkTree(history)


def _assign_once(
    environment: Environment,
    opened: OpenRegistry,
    request: AssignRequest,
    advance: Callable[[int, int], None] | None,
) -> tuple[AssignOutcome, str]:
    tree = _open_tree(environment, opened, request)
    if work := tree.busy():
        raise UsageError(f"a {work} is going on in this clone", hint=f"finish it first, or `git {work} --abort`")
    pending = _pending(opened, tree)
    outcome = assign_alone(environment, opened, request, advance)
    made = {item.path: item for item in (*pending, *outcome.assigned) if item.draft}
    if outcome.failure is not None or not made:
        return outcome, ""
    paths = {path for item in made.values() for path in (item.path, item.draft)}
    return outcome, tree.commit(paths & _open_tree(environment, opened, request).dirty(), commit_message(made.values()))


def commit_message(assigned: Iterable[Assigned]) -> str:
    """Write the message of a commit: the IDs in the first line, each with its slug below."""
    items = sorted(assigned, key=lambda item: (len(item.id), item.id))
    ends = items[0].id if len(items) == 1 else f"{items[0].id} to {items[-1].id}"
    return "\n".join([f"Assign {ends}", "", *(f"{item.id} {item.slug}" for item in items)]) + "\n"


def _pending(opened: OpenRegistry, tree: WorkTree) -> list[Assigned]:
    """Find what a killed run has published and not committed, and reject any other change.

    Raises:
        UsageError: something else is changed and not committed.

    """
    dirty = tree.dirty()
    if not dirty:
        return []
    drafts = _committed_drafts(tree)
    found = []
    for path in sorted(dirty):
        item = _published_draft(opened, path, drafts)
        if item is not None:
            found.append(item)
            dirty -= {item.path, item.draft}
    if dirty:
        names = listed(path.removeprefix("/") for path in sorted(dirty)[:_MOST_NAMED])
        more = f" and {counted(len(dirty) - _MOST_NAMED, 'more file')}" if len(dirty) > _MOST_NAMED else ""
        message = f"{names}{more} {'is' if len(dirty) == 1 else 'are'} changed and not committed"
        raise UsageError(message, hint="commit or stash that first, so that the commit holds nothing but new IDs")
    for item in found:
        remove_file(opened.root / item.draft)
    return found


def _committed_drafts(tree: WorkTree) -> Mapping[str, tuple[str, bytes]]:
    """Return the drafts of the last commit by slug: path and bytes."""
    if not tree.history.head:
        return {}
    files = {file.blob: file.path for file in tree.history.files_at("HEAD", DRAFTS)}
    return {
        path.rpartition("/")[2].removesuffix(SUFFIX): (path, raw)
        for blob, raw in tree.history.contents(files)
        for path in (files[blob],)
    }


def _published_draft(opened: OpenRegistry, path: str, drafts: Mapping[str, tuple[str, bytes]]) -> Assigned | None:
    """Return the draft of the last commit whose record a file under `incidents/` is; None for any other file."""
    if not path.startswith(f"{INCIDENTS}/") or not (opened.root / path).is_file():
        return None
    file = SourceFile(opened.root, path)
    record = file.record
    draft, before = drafts.get(record.slug, ("", b""))
    if not draft or not is_published_form(SourceFile(opened.root, draft, before), file):
        return None
    place = opened.root / draft
    if place.exists() and place.read_bytes() != before:
        return None
    return Assigned(record.id, path, draft, record.slug, earlier=True)


def _take_back(tree: WorkTree, upstream: Upstream) -> list[str]:
    """Undo the newest commits that publish drafts and are not public, and return the slugs of those drafts.

    Raises:
        UsageError: something was changed meanwhile.

    """
    if tree.dirty():
        raise UsageError("files were changed while ficli was pushing", hint="commit or stash that, and run it again")
    slugs: list[str] = []
    commit = tree.history.head
    while not tree.has(commit, upstream.name):
        changes = tree.changed_by(commit)
        drafts = [path for kind, path in changes if kind == "D" and path.startswith(f"{DRAFTS}/")]
        records = [path for kind, path in changes if kind == "A" and path.startswith(f"{INCIDENTS}/")]
        if not drafts or len(drafts) != len(records) or len(changes) != 2 * len(drafts):
            break
        slugs += (path.rpartition("/")[2].removesuffix(SUFFIX) for path in drafts)
        commit = tree.history.resolve(f"{commit}^")
    tree.go_back_to(commit)
    return slugs
