"""Find possible duplicates among records, drafts here and on other branches, tombstones, and rejected candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.registry.duplicates import FeatureKind, Likeness, Resemblance, candidates
from ficli.registry.git_history import open_history
from ficli.registry.index_entry import IndexEntry, index_record, page_mark
from ficli.registry.layout import DRAFTS, REJECTED_FILE, SUFFIX
from ficli.registry.records import record_data
from ficli.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.registry.rejected import Rejections

_MOST = 5


class DuplicateCandidate(NamedTuple):
    """A record, draft or rejected candidate that may describe the same event.

    Attributes:
        path: its file; for a draft on another branch, `branch:path`; for a rejected candidate, `rejected.yaml`.
        id: its ID, or empty.
        slug: its slug, or empty.
        status: its status; `rejected` for a rejected candidate.
        title: its title, or empty.
        why: what the two have in common, the strongest reason first.
        likely: whether that is enough to ask whether they are the same event.

    """

    path: str
    id: str
    slug: str
    status: str
    title: str
    why: tuple[str, ...]
    likely: bool


class BranchDrafts(NamedTuple):
    """The drafts on other branches, and why they could not be read, if so."""

    entries: Sequence[IndexEntry]
    trouble: str = ""


def find_candidates(
    probe: IndexEntry, entries: Sequence[IndexEntry], rejections: Rejections, *, most: int = _MOST
) -> list[DuplicateCandidate]:
    """Find possible duplicates of one entry, the most similar first; rejected candidates come before all."""
    return [*_turned_down(probe, rejections), *(_candidate(found) for found in candidates(probe, entries, most=most))]


def find_in_batch(
    probes: Sequence[IndexEntry], entries: Sequence[IndexEntry], rejections: Rejections
) -> Mapping[str, list[DuplicateCandidate]]:
    """Find, for each of many new entries by its path, the most similar one, also among themselves.

    The time grows with their number; a search for each alone would take that times the number of records.
    """
    # A tombstone has a title too, and the incident it stands for is not to be written up once more.
    before = [entry._replace(status="published") if entry.is_tombstone else entry for entry in entries]
    status = {entry.path: entry.status for entry in entries}
    found = {probe.path: _turned_down(probe, rejections) for probe in probes}
    for likeness in Resemblance([*before, *probes]).duplicates:
        other = likeness.other
        if likeness.one.path in found:
            found_likeness = likeness.__class__(
                likeness.one,
                other._replace(status=status.get(other.path, other.status)),
                likeness.signs,
                likeness.likely,
                likeness.score,
            )
            found[likeness.one.path].append(_candidate(found_likeness))
    return found


def drafts_elsewhere(environment: Environment, root: Path) -> BranchDrafts:
    """Read the drafts that only other local and remote branches have, without checking them out."""
    try:
        history = open_history(environment, root)
        if history is None:
            return BranchDrafts(())
        wanted: dict[str, str] = {}
        for branch in history.branches():
            if branch.commit != history.head:
                name = branch.name.removeprefix("refs/heads/").removeprefix("refs/remotes/")
                for file in history.files_at(branch.commit, DRAFTS):
                    if file.path.endswith(SUFFIX) and not (root / file.path).exists():
                        wanted.setdefault(file.blob, f"{name}:{file.path}")
        found = [
            index_record(wanted[blob], Record(data))
            for blob, raw in history.contents(wanted)
            if (data := record_data(raw)) is not None
        ]
    except FicliError as error:
        return BranchDrafts((), f"drafts on other branches were not looked at: {error.message}")
    return BranchDrafts(found)


def _turned_down(probe: IndexEntry, rejections: Rejections) -> list[DuplicateCandidate]:
    found = dict.fromkeys(rejections.by_page[page] for page in probe.sources if page in rejections.by_page)
    return [
        DuplicateCandidate(
            REJECTED_FILE,
            "",
            "",
            "rejected",
            item.title or item.url,
            (f"its page was turned down on {item.date}: {quoted(item.reason, longest=300)}",),
            likely=True,
        )
        for item in found
    ]


def _candidate(found: Likeness) -> DuplicateCandidate:
    other = found.other
    same_page = any(sign.kind is FeatureKind.PAGE for sign in found.signs)
    why = tuple(sign.text for sign in found.signs)
    return DuplicateCandidate(
        other.path, other.id, other.slug, other.status, other.title, why, likely=found.likely or same_page
    )


def probe_of(*, text: str = "", urls: Sequence[str] = ()) -> IndexEntry:
    """Build an entry from a text and addresses, to compare with others."""
    return IndexEntry("", "", "", "draft", text, sources=tuple(page_mark(url) for url in urls))
