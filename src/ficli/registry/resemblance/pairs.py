"""Finds the records of a registry that may tell one event, in time that grows with their number.

Only records that share a page, a quotation, an organization within days or two rare words of the title are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from ficli.dates import PartialDate
from ficli.incident.text.names import spelling_key
from ficli.registry.resemblance.compare import DAYS, Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ficli.registry.entry import Entry
    from ficli.registry.resemblance.compare import Likeness

_NEIGHBOURS = 8
"""With how many of those that follow a record is compared, where more share one thing than would be worth comparing."""

_DATABASE = re.compile(r"(AIID|AVID|AML|CVE|GHSA)\b")

_RAREST = 3
"""Rare words of a title by which a title like it is found: all of them, or two that few titles have."""

_FEW = 40


class Resemblance:
    """What the records of a registry have in common.

    Args:
        entries: all records.

    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        live = [entry for entry in entries if not entry.is_tombstone]
        self._entries = sorted(live, key=lambda entry: (entry.is_draft, len(entry.id), entry.id))

    @cached_property
    def duplicates(self) -> Sequence[Likeness]:
        """The records that tell an event another one tells, each with the one most like it that was there before."""
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
        """Yield pairs that are worth comparing, by position, the one that was there before first."""
        numbered = [*enumerate(self._entries)]
        yield from _pairs_of((page, number) for number, entry in numbered for page in entry.sources if page)
        yield from _pairs_of((entry.quote, number) for number, entry in numbered if entry.quote)
        yield from _pairs_of((comparison.words(entry), number) for number, entry in numbered if entry.title)
        rarest = [(_rarest(entry, comparison), number) for number, entry in numbered if entry.title]
        yield from _pairs_of((words, number) for words, number in rarest if len(words) == _RAREST)
        yield from _pairs_of(((pair, number) for words, number in rarest for pair in combinations(words, 2)), most=_FEW)
        yield from self._by_organization()

    def _by_organization(self) -> Iterator[tuple[int, int]]:
        """Yield those that name one organization and whose dates are near: next to each other, by date."""
        blocks: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            known = PartialDate.parse(entry.incident_date)
            if known is not None and known.has_day:
                day = date(*known.parts).toordinal()
                for name in filter(None, entry.organizations):
                    blocks[spelling_key(name)].append((day, number))
        for block in blocks.values():
            block.sort()
            for place, (day, number) in enumerate(block):
                for other_day, other in block[place + 1 : place + 1 + _NEIGHBOURS]:
                    if other_day - day > DAYS:
                        break
                    if number != other:
                        yield (min(number, other), max(number, other))


def _is_settled(one: Entry, other: Entry) -> bool:
    return _are_one_name(one, other) or are_related(one, other) or _are_told_apart(one, other)


def _are_one_name(one: Entry, other: Entry) -> bool:
    """Tell whether two files go by one ID or slug, which is a mistake of its own."""
    return (bool(one.id) and one.id == other.id) or (bool(one.slug) and one.slug == other.slug)


def are_related(one: Entry, other: Entry) -> bool:
    """Tell whether a record names another as related, which says that they are two."""
    return (bool(other.id) and other.id in one.related) or (bool(one.id) and one.id in other.related)


def _are_told_apart(one: Entry, other: Entry) -> bool:
    """Tell whether a database that gives each incident one name has names for both, so that their aliases settle it."""
    ours, theirs = _named(one), _named(other)
    return any(ours[database] != theirs[database] for database in ours.keys() & theirs.keys()) or any(
        alias in other.aliases for alias in one.aliases if alias
    )


def _named(entry: Entry) -> dict[str, str]:
    """Give the record's first name in each database that names with care; that of the OECD gathers news by machine."""
    found = ((match[1], alias) for alias in entry.aliases if (match := _DATABASE.match(alias)) is not None)
    return dict(reversed([*found]))


def _rarest(entry: Entry, comparison: Comparison) -> tuple[str, ...]:
    """Choose the rarest words of a title that another title has too, in an order that does not depend on the title."""
    frequency = comparison.titles.frequency
    shared = [word for word in comparison.words(entry) if frequency(word) > 1]
    return tuple(sorted(sorted(shared, key=lambda word: (frequency(word), word))[:_RAREST]))


def _pairs_of(items: Iterable[tuple[object, int]], *, most: int | None = None) -> Iterator[tuple[int, int]]:
    """Pair the records that have one key: each with the first that has it, and with the next few that follow.

    Args:
        items: a key and the position of a record that has it, the positions in order.
        most: a key that more records have says nothing, and is passed over.

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
