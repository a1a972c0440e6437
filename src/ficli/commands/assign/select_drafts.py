"""Select the drafts to publish, in which order, and find those that were published before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.assign.publish import is_published_form
from ficli.errors import UsageError
from ficli.registry.layout import DRAFTS, SUFFIX
from ficli.registry.lookup import find_record, looks_like_path
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.commands.assign.check_drafts import CheckedRegistry
    from ficli.environment import Environment
    from ficli.open_registry import OpenRegistry
    from ficli.registry.git_history import History
    from ficli.registry.index_entry import IndexEntry
    from ficli.registry.records import SourceFile


@dataclass(frozen=True, slots=True)
class DraftToPublish:
    """A draft that is to be published.

    Attributes:
        file: its file.
        slug: its slug.
        reasons: why it gets no ID, beside the findings of the rules.
        finished: the ID it has, if an interrupted run has written its record and not deleted the draft.
        record: the file of that record.

    """

    file: SourceFile
    slug: str
    reasons: Sequence[str] = ()
    finished: str = ""
    record: str = ""

    @property
    def path(self) -> str:
        """The path of its file, relative to the registry."""
        return self.file.path


class Done(NamedTuple):
    """A record that was asked for and is published already: its ID, file, the draft it was, and its slug."""

    id: str
    path: str
    draft: str
    slug: str


class DraftSelection(NamedTuple):
    """The selected drafts, and the records that were drafts once."""

    candidates: list[DraftToPublish]
    done: list[Done]


def select_drafts(
    environment: Environment, opened: OpenRegistry, checked: CheckedRegistry, names: Sequence[str], *, every: bool
) -> DraftSelection:
    """Find the selected drafts.

    Args:
        environment: the environment to work in.
        opened: the registry.
        checked: its records.
        names: slugs or paths of drafts. A published one is accepted: the command may be run twice.
        every: whether all drafts are selected.

    Raises:
        UsageError: there is no such draft.
        FicliError: one cannot be read.

    """
    drafts = {entry.path: entry for entry in checked.entries if entry.path.startswith(f"{DRAFTS}/")}
    records = {entry.slug.casefold(): entry for entry in checked.entries if entry.path not in drafts and entry.slug}
    slugs = Counter(entry.slug.casefold() for entry in drafts.values())
    wanted: dict[str, IndexEntry] = dict(drafts) if every else {}
    done: dict[str, Done] = {}
    for name in names:
        path = _path_of(environment, opened, name, drafts, records)
        if path in drafts:
            wanted[path] = drafts[path]
        else:
            entry = next(entry for entry in checked.entries if entry.path == path)
            done[path] = _done(entry, name)
    candidates = [_candidate(opened, checked, entry, records, slugs) for entry in wanted.values()]
    return DraftSelection(candidates, list(done.values()))


def publishing_order(candidates: Sequence[DraftToPublish], history: History | None) -> list[DraftToPublish]:
    """Sort drafts by the commit that first had each, then by slug; those in no commit come last.

    Raises:
        GitError: git failed.

    """
    first = history.first_commits(DRAFTS) if history is not None else {}
    return sorted(candidates, key=lambda item: (first.get(item.path, len(first)), item.slug, item.path))


def _path_of(
    environment: Environment,
    opened: OpenRegistry,
    name: str,
    drafts: dict[str, IndexEntry],
    records: dict[str, IndexEntry],
) -> str:
    """Return the file of a draft, or of the record that it has become."""
    slug = name.replace("\\", "/").rpartition("/")[2].removesuffix(SUFFIX).casefold()
    if not looks_like_path(name) and "://" not in name:
        fitting = [path for path, entry in drafts.items() if slug == entry.slug.casefold()]
        if len(fitting) == 1:
            return fitting[0]
    try:
        return find_record(opened.config, name, cwd=environment.cwd).path
    except UsageError:
        if looks_like_path(name) and slug in records:
            return records[slug].path
        raise


def _done(entry: IndexEntry, name: str) -> Done:
    if entry.status != "published" or not entry.id:
        message = f"{quoted(name)} is no draft: `{entry.path}` has {quoted(f'status: {entry.status}')}"
        raise UsageError(message, hint="only drafts get an ID; `ficli list --drafts` lists them")
    return Done(entry.id, entry.path, "", entry.slug)


def _candidate(
    opened: OpenRegistry,
    checked: CheckedRegistry,
    entry: IndexEntry,
    records: dict[str, IndexEntry],
    slugs: Counter[str],
) -> DraftToPublish:
    file = checked.records.get(entry.path)
    slug = entry.slug.casefold()
    record = records.get(slug)
    is_published = record is not None and record.status == "published"
    if record and is_published and is_published_form(file, checked.records.get(record.path)):
        return DraftToPublish(file, entry.slug, finished=record.id, record=record.path)
    reasons = []
    if (opened.root / entry.path).is_symlink():
        reasons.append("it is a link to another file")
    if slug and slugs[slug] > 1:
        reasons.append(f"another draft has the slug {quoted(entry.slug)} too")
    return DraftToPublish(file, entry.slug, reasons)
