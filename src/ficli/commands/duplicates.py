"""What may be written up already: records, drafts here and on other branches, tombstones, and what was turned down."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.registry.entry import Entry, entry_of, page_mark
from ficli.registry.history import open_history
from ficli.registry.layout import DRAFTS, REJECTED_FILE, SUFFIX
from ficli.registry.records import record_data
from ficli.registry.rejected import Rejections
from ficli.registry.resemblance import Likeness, Resemblance, SignKind, candidates
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.registry.rejected import Rejections

_MOST = 5


class Candidate(NamedTuple):
    """Something that may tell the same event.

    Attributes:
        path: its file; for a draft on another branch, `branch:path`; for what was turned down, `rejected.yaml`.
        id: its ID, or nothing.
        slug: its slug, or nothing.
        status: its status; `rejected` for what was turned down.
        title: its title, or nothing.
        why: what the two have in common, the most telling first.
        likely: whether that is enough to ask whether they are one.

    """

    path: str
    id: str
    slug: str
    status: str
    title: str
    why: tuple[str, ...]
    likely: bool


class Elsewhere(NamedTuple):
    """The drafts on other branches, and what kept them from being looked at, if anything."""

    entries: Sequence[Entry]
    trouble: str = ""


def find_candidates(
    probe: Entry, entries: Sequence[Entry], rejections: Rejections, *, most: int = _MOST
) -> list[Candidate]:
    """Find what may tell the same event as one entry, the most alike first; what was turned down stands first."""
    return [*_turned_down(probe, rejections), *(_candidate(found) for found in candidates(probe, entries, most=most))]


def find_in_batch(
    probes: Sequence[Entry], entries: Sequence[Entry], rejections: Rejections
) -> Mapping[str, list[Candidate]]:
    """Find, for each of many new entries by its path, the one most like it, also among themselves.

    The time grows with their number, where asking for each by itself would take it times the number of records.
    """
    # A tombstone has a title too, and the incident it stands for is not to be written up once more.
    before = [entry._replace(status="published") if entry.is_tombstone else entry for entry in entries]
    status = {entry.path: entry.status for entry in entries}
    found = {probe.path: _turned_down(probe, rejections) for probe in probes}
    for likeness in Resemblance([*before, *probes]).duplicates:
        other = likeness.other
        if likeness.one.path in found:
            told = likeness.__class__(
                likeness.one,
                other._replace(status=status.get(other.path, other.status)),
                likeness.signs,
                likeness.likely,
                likeness.score,
            )
            found[likeness.one.path].append(_candidate(told))
    return found


def drafts_elsewhere(environment: Environment, root: Path) -> Elsewhere:
    """Read the drafts that only other local and remote branches have, without checking them out."""
    try:
        history = open_history(environment, root)
        if history is None:
            return Elsewhere(())
        wanted: dict[str, str] = {}
        for branch in history.branches():
            if branch.commit != history.head:
                name = branch.name.removeprefix("refs/heads/").removeprefix("refs/remotes/")
                for file in history.files_at(branch.commit, DRAFTS):
                    if file.path.endswith(SUFFIX) and not (root / file.path).exists():
                        wanted.setdefault(file.blob, f"{name}:{file.path}")
        found = [
            entry_of(wanted[blob], Record(data))
            for blob, raw in history.contents(wanted)
            if (data := record_data(raw)) is not None
        ]
    except FicliError as error:
        return Elsewhere((), f"drafts on other branches were not looked at: {error.message}")
    return Elsewhere(found)


def _turned_down(probe: Entry, rejections: Rejections) -> list[Candidate]:
    found = dict.fromkeys(rejections.by_page[page] for page in probe.sources if page in rejections.by_page)
    return [
        Candidate(
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


def _candidate(found: Likeness) -> Candidate:
    other = found.other
    same_page = any(sign.kind is SignKind.PAGE for sign in found.signs)
    why = tuple(sign.text for sign in found.signs)
    return Candidate(other.path, other.id, other.slug, other.status, other.title, why, likely=found.likely or same_page)


def probe_of(*, text: str = "", urls: Sequence[str] = ()) -> Entry:
    """Make an entry of a text and addresses, to ask what is like it."""
    return Entry("", "", "", "draft", text, sources=tuple(page_mark(url) for url in urls))
