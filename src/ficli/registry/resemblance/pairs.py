"""Finds the records of a registry that may tell one event, in time that grows with their number.

Only records that share a page, a quotation, an organization within days or two rare words of the title are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from ficli.incident.dates import PartialDate
from ficli.incident.text.names import spelling_key
from ficli.registry.resemblance.compare import Comparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ficli.registry.entry import Entry
    from ficli.registry.resemblance.compare import Likeness

_NEIGHBOURS = 8
"""With how many of those that follow a record is compared, where more share one thing than would be worth comparing."""

_DATABASE = re.compile(r"(AIID|AVID|AML|CVE)\b")

_RAREST = 3
"""Rare words of a title by which it is found again; two of them must be shared."""


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
        for first, later in set(self._candidates(comparison)):
            one, other = self._entries[later], self._entries[first]
            if are_one_name(one, other) or are_related(one, other) or are_told_apart(one, other):
                continue
            found = comparison.compare(one, other)
            if found is not None and found.likely and (later not in best or _better(found, best[later])):
                best[later] = found
        return [best[later] for later in sorted(best)]

    def _candidates(self, comparison: Comparison) -> Iterator[tuple[int, int]]:
        """Yield pairs that are worth comparing, by position, the one that was there before first."""
        for block in (*self._by_page(), *self._by_quote(), *self._by_title(comparison)):
            yield from _pairs(block)
        yield from self._by_organization()

    def _by_page(self) -> Iterable[list[int]]:
        return _blocks((page, number) for number, entry in enumerate(self._entries) for page in entry.sources if page)

    def _by_quote(self) -> Iterable[list[int]]:
        return _blocks((entry.quote, number) for number, entry in enumerate(self._entries) if entry.quote)

    def _by_title(self, comparison: Comparison) -> Iterable[list[int]]:
        return _blocks(
            (pair, number)
            for number, entry in enumerate(self._entries)
            for pair in combinations(_rarest(entry, comparison), 2)
        )

    def _by_organization(self) -> Iterator[tuple[int, int]]:
        """Yield those that name one organization and whose dates are near: next to each other, by date."""
        keys: dict[str, str] = {}
        blocks: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            if PartialDate.parse(entry.incident_date) is None:
                continue
            for name in filter(None, entry.organizations):
                key = keys.get(name) or keys.setdefault(name, spelling_key(name))
                blocks[key].append((entry.incident_date, number))
        for block in blocks.values():
            block.sort()
            for place, (day, number) in enumerate(block):
                for other_day, other in block[place + 1 : place + 1 + _NEIGHBOURS]:
                    if other_day[:7] > _month_after(day[:7]):
                        break
                    if number != other:
                        yield (min(number, other), max(number, other))


def are_one_name(one: Entry, other: Entry) -> bool:
    """Tell whether two files go by one ID or slug, which is a mistake of its own."""
    return (bool(one.id) and one.id == other.id) or (bool(one.slug) and one.slug == other.slug)


def are_related(one: Entry, other: Entry) -> bool:
    """Tell whether a record names another as related, which says that they are two."""
    return (bool(other.id) and other.id in one.related) or (bool(one.id) and one.id in other.related)


def are_told_apart(one: Entry, other: Entry) -> bool:
    """Tell whether a database that gives each incident one name has names for both, so that their aliases settle it."""
    ours, theirs = _named(one), _named(other)
    return any(ours[database] != theirs[database] for database in ours.keys() & theirs.keys()) or any(
        alias in other.aliases for alias in one.aliases if alias
    )


def _named(entry: Entry) -> dict[str, str]:
    """Give the record's first name in each database that names with care; that of the OECD gathers news by machine."""
    found = ((match[1], alias) for alias in entry.aliases if (match := _DATABASE.match(alias)) is not None)
    return dict(reversed([*found]))


def _rarest(entry: Entry, comparison: Comparison) -> list[str]:
    """Choose the rarest words of a title that another title has too, in an order that does not depend on the title."""
    frequency = comparison.titles.frequency
    shared = [word for word in comparison.words(entry) if frequency(word) > 1]
    return sorted(sorted(shared, key=lambda word: (frequency(word), word))[:_RAREST])


def _blocks(items: Iterable[tuple[object, int]]) -> Iterable[list[int]]:
    """Gather what has one key; a key that stands alone makes no block."""
    first: dict[object, int] = {}
    blocks: dict[object, list[int]] = {}
    for key, number in items:
        before = first.setdefault(key, number)
        if before != number:
            blocks.setdefault(key, [before]).append(number)
    return blocks.values()


def _pairs(block: list[int]) -> Iterator[tuple[int, int]]:
    """Pair each of a block with the first and with those that follow it."""
    for place, number in enumerate(block):
        for other in block[place + 1 : place + 1 + _NEIGHBOURS]:
            yield (number, other)
        if place > _NEIGHBOURS:
            yield (block[0], number)


def _better(found: Likeness, known: Likeness) -> bool:
    return (found.score, known.other.path) > (known.score, found.other.path)


def _month_after(month: str) -> str:
    """Give the month after one, as far as a comparison of texts needs it."""
    year, _, number = month.partition("-")
    if not number:
        return f"{year}-99"
    return f"{year}-{int(number) + 1:02}" if number < "12" else f"{int(year) + 1:04}-01"
