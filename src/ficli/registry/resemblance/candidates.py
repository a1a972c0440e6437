"""Finds the records most like one that is not in the registry yet: a draft, a text, the page of a source."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING

from ficli.registry.resemblance.compare import Comparison

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.registry.entry import Entry
    from ficli.registry.resemblance.compare import Likeness

_LEAST = 0.3
"""How like a title has to be: who looks for something wants to see more than who is warned."""

_WORTH_SHOWING = 1.2
"""Titles that are as like as that come to this much by themselves, an organization does not."""


def candidates(probe: Entry, entries: Sequence[Entry], *, most: int = 10) -> list[Likeness]:
    """Find the records most like one, the most alike first; tombstones and drafts count as well.

    Args:
        probe: what is known of the one: any of its title, date, organizations, sources and quotation. Its own entry,
            by path, is passed over.
        entries: the records of the registry, and drafts from elsewhere.
        most: how many at most.

    """
    comparison = Comparison((*entries, probe))
    found = (
        comparison.compare(probe, entry, least=_LEAST)
        for entry in entries
        if not probe.path or entry.path != probe.path
    )
    alike = (likeness for likeness in found if likeness is not None and _says_something(likeness))
    return nlargest(most, alike, key=lambda likeness: (likeness.likely, likeness.score))


def _says_something(likeness: Likeness) -> bool:
    """Leave out what has nothing in common but an organization, which may have failed many times."""
    return likeness.likely or likeness.score >= _WORTH_SHOWING
