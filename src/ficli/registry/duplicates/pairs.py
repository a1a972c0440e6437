"""Find the records that may report one event, and those most like a given one, in near-linear time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from heapq import nlargest
from itertools import combinations
from typing import TYPE_CHECKING

from ficli.dates import PartialDate
from ficli.prose.names import spelling_key
from ficli.registry.duplicates.compare import DAYS, Comparison, Likeness

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

_NEIGHBOURS = 8
"""How many of the next records a record is compared with, if too many share one key (sorted neighbourhood)."""

_DATABASE = re.compile(r"(AIID|AVID|AML|CVE|GHSA)\b")

_RAREST = 3
"""Rare words of a title by which a similar title is found: all of them, or two that few titles have."""

_FEW = 40

_LEAST = 0.3
"""The least similarity of a title: a search shows more than a warning does."""

_WORTH_SHOWING = 1.2
"""Titles of this similarity reach this score by themselves; an organization does not."""


class Resemblance:
    """What the records of a registry have in common.

    Args:
        entries: all records.

    """

    def __init__(self, entries: Sequence[IndexEntry]) -> None:
        live = [entry for entry in entries if not entry.is_tombstone]
        self._entries = sorted(live, key=lambda entry: (entry.is_draft, len(entry.id), entry.id))

    @cached_property
    def duplicates(self) -> Sequence[Likeness]:
        """The likely duplicates, each with the most similar earlier record."""
        comparison = Comparison(self._entries)
        best: dict[int, Likeness] = {}
        for first, later in self._candidates(comparison):
            one, other = self._entries[later], self._entries[first]
            found = comparison.compare(one, other)
            if found is None or not found.likely or _is_settled(one, other):
                continue
            if later not in best or _better(found, best[later]):
                best[later] = found
        return [best[later] for later in sorted(best)]

    def _candidates(self, comparison: Comparison) -> Iterator[tuple[int, int]]:
        """Yield the pairs that are worth comparing, by position, the earlier record first."""
        numbered = [*enumerate(self._entries)]
        yield from _pairs_of((page, number) for number, entry in numbered for page in entry.sources if page)
        yield from _pairs_of((entry.quote, number) for number, entry in numbered if entry.quote)
        yield from _pairs_of((comparison.words(entry), number) for number, entry in numbered if entry.title)
        rarest = [(_rarest(entry, comparison), number) for number, entry in numbered if entry.title]
        yield from _pairs_of((words, number) for words, number in rarest if len(words) == _RAREST)
        # Blocking: two similar titles nearly always share two of their three rarest words.
        yield from _pairs_of(((pair, number) for words, number in rarest for pair in combinations(words, 2)), most=_FEW)
        yield from self._by_organization()

    def _by_organization(self) -> Iterator[tuple[int, int]]:
        """Yield pairs that name one organization and whose dates are near: neighbours in the order of dates."""
        blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            known = PartialDate.parse(entry.incident_date)
            if known is not None and known.has_day:
                day = date(*known.parts).toordinal()
                for name in filter(None, entry.organizations):
                    blocks[spelling_key(name)].append((day, number))
        for block in blocks.values():
            # Sorted neighbourhood: in the order of dates only the next few records are compared, not all pairs.
            block.sort()
            for place, (day, number) in enumerate(block):
                for other_day, other in block[place + 1 : place + 1 + _NEIGHBOURS]:
                    if other_day - day > DAYS:
                        break
                    if number != other:
                        yield (min(number, other), max(number, other))


def _is_settled(one: IndexEntry, other: IndexEntry) -> bool:
    return _are_one_name(one, other) or are_related(one, other) or _are_distinct_elsewhere(one, other)


def _are_one_name(one: IndexEntry, other: IndexEntry) -> bool:
    """Return whether two files have one ID or slug, which is a mistake with its own rule."""
    return (bool(one.id) and one.id == other.id) or (bool(one.slug) and one.slug == other.slug)


def are_related(one: IndexEntry, other: IndexEntry) -> bool:
    """Return whether a record names another as related, so that they are two."""
    return (bool(other.id) and other.id in one.related) or (bool(one.id) and one.id in other.related)


def _are_distinct_elsewhere(one: IndexEntry, other: IndexEntry) -> bool:
    """Return whether aliases settle it: two names in one curated database, or one alias that both records have."""
    ours, theirs = _named(one), _named(other)
    return any(ours[database] != theirs[database] for database in ours.keys() & theirs.keys()) or any(
        alias in other.aliases for alias in one.aliases if alias
    )


def _named(entry: IndexEntry) -> dict[str, str]:
    """Return the record's first name in each curated incident database; that of the OECD is filled by machine."""
    found = ((match[1], alias) for alias in entry.aliases if (match := _DATABASE.match(alias)) is not None)
    return dict(reversed([*found]))


def _rarest(entry: IndexEntry, comparison: Comparison) -> tuple[str, ...]:
    """Return the rarest words of a title that another title has too, in an order that is the same for all titles."""
    frequency = comparison.titles.frequency
    shared = [word for word in comparison.words(entry) if frequency(word) > 1]
    return tuple(sorted(sorted(shared, key=lambda word: (frequency(word), word))[:_RAREST]))


def _pairs_of(items: Iterable[tuple[object, int]], *, most: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield pairs of records with one key: each with the first that has it, and with the next few that follow.

    Args:
        items: a key and the position of a record that has it, the positions in order.
        most: a key that more records have is ignored.

    """
    first: dict[object, int] = {}
    blocks: dict[object, list[int]] = {}
    for key, number in items:
        before = first.setdefault(key, number)
        if before != number:
            blocks.setdefault(key, [before]).append(number)
    for block in blocks.values():
        if most is not None and len(block) > most:
            continue
        for place, number in enumerate(block):
            yield from ((number, other) for other in block[place + 1 : place + 1 + _NEIGHBOURS])
            if place > _NEIGHBOURS:
                yield (block[0], number)


def _better(found: Likeness, known: Likeness) -> bool:
    return (found.score, known.other.path) > (known.score, found.other.path)


def candidates(probe: IndexEntry, entries: Sequence[IndexEntry], *, most: int = 10) -> list[Likeness]:
    """Find the records most similar to one, best first; tombstones and drafts count as well.

    Args:
        probe: the known facts of the one: any of its title, date, organizations, sources and quotation. Its own entry,
            by path, is skipped.
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
    """Leave out records that share only an organization, which may have failed many times."""
    return likeness.likely or likeness.score >= _WORTH_SHOWING
