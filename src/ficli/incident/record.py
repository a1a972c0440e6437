"""A typed view of a record's plain data that never fails: a field of the wrong type reads as missing.

The shape rules report what is missing or wrong; every other rule can read a title, the sources or a
date without checking types again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ficli.dates import PartialDate
from ficli.incident.fields import BY_PLACE, DATED, Field
from ficli.wording import as_text

if TYPE_CHECKING:
    from ficli.diagnostics import FieldPath
    from ficli.prose.money import Money

TOMBSTONES = frozenset({"merged", "removed"})
_TELLING = sorted((place for place, field in BY_PLACE.items() if field.narrative), key=len)
_BETWEEN = "\n\n"
_TOO_MUCH = 10**15


class Record:
    """An incident, read from the plain data of one file.

    Args:
        data: the data of the YAML file; anything that is not a mapping reads as a record without fields.

    """

    def __init__(self, data: object) -> None:
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}

    def text(self, name: str) -> str:
        """Read a top-level text field; empty if it is missing or not a text."""
        return as_text(self.data.get(name))

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Read a top-level mapping field; empty if it is missing or not a mapping."""
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}

    def mappings(self, name: str) -> list[tuple[int, Mapping[str, Any]]]:
        """Read a top-level list of mappings, each with its 0-based position; other items are skipped."""
        value = self.data.get(name)
        if not isinstance(value, list):
            return []
        return [(number, item) for number, item in enumerate(value) if isinstance(item, dict)]

    def texts(self, name: str) -> list[tuple[int, str]]:
        """Read a top-level list of texts, each with its 0-based position; other items are skipped."""
        value = self.data.get(name)
        if not isinstance(value, list):
            return []
        return [(number, item) for number, item in enumerate(value) if isinstance(item, str)]

    @property
    def id(self) -> str:
        """The ID, or empty in a draft."""
        return self.text("id")

    @property
    def slug(self) -> str:
        """The slug, or empty."""
        return self.text("slug")

    @property
    def status(self) -> str:
        """`draft`, `published`, `merged`, `removed`, or any other text in the field."""
        return self.text("status")

    @property
    def title(self) -> str:
        """The title, or empty."""
        return self.text("title")

    @property
    def is_tombstone(self) -> bool:
        """Whether the record was merged into another or removed."""
        return self.status in TOMBSTONES

    @cached_property
    def sources(self) -> list[tuple[int, Mapping[str, Any]]]:
        """The sources, each with its 0-based position."""
        return self.mappings("sources")

    @cached_property
    def prose(self) -> list[tuple[FieldPath, str]]:
        """The texts about the incident, each with its field path: title, summary, account and explanations."""
        found: list[tuple[FieldPath, str]] = []
        for place in _TELLING:
            holder = self.mapping(place[0]) if place[1:] else self.data
            if isinstance(text := holder.get(place[-1]), str) and text:
                found.append((place, text))
        return found

    @cached_property
    def prose_text(self) -> str:
        """All texts of `prose`, joined by line feeds."""
        return _BETWEEN.join(text for _, text in self.prose)

    @cached_property
    def sums(self) -> list[tuple[FieldPath, str, Money]]:
        """The sums of money with a currency in `prose`, each with the field path and its text."""
        from ficli.prose.money import find_money

        starts = list(accumulate((len(text) + len(_BETWEEN) for _, text in self.prose), initial=0))
        found = []
        for money in find_money(self.prose_text):
            # All texts are searched at once; binary search in their starts finds the one that a sum is in.
            number = bisect_right(starts, money.start) - 1
            found.append((*self.prose[number], money._replace(start=money.start - starts[number])))
        return found

    @cached_property
    def amounts(self) -> list[tuple[int, float, str]]:
        """The items of `impact.amounts` that can be sums of money: the 0-based position, the value and the currency."""
        listed = self.mapping("impact").get("amounts")
        found = []
        for number, item in enumerate(listed if isinstance(listed, list) else ()):
            value, currency = (item.get("value"), item.get("currency")) if isinstance(item, dict) else (None, None)
            if isinstance(value, bool) or not isinstance(value, int | float) or not isinstance(currency, str):
                continue
            if 0 < value < _TOO_MUCH:
                found.append((number, value, currency))
        return found

    def date_texts(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield every date field that holds a text, in the order of the record."""
        return _dates_in(self.data, DATED, ())

    @cached_property
    def dates(self) -> dict[FieldPath, PartialDate]:
        """Every date that can be read, by its field path."""
        dates = {}
        for path, text in self.date_texts():
            if (parsed := PartialDate.parse(text)) is not None:
                dates[path] = parsed
        return dates


def texts_in(data: object) -> Iterator[tuple[FieldPath, str]]:
    """Yield every text of plain data with its field path, in no particular order; iterative, with its own stack."""
    waiting: list[tuple[FieldPath, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, number), item) for number, item in enumerate(value))


def _dates_in(data: Mapping[str, Any], fields: tuple[Field, ...], before: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    for field in fields:
        value, path = data.get(field.name), (*before, field.name)
        if isinstance(value, str):
            if field.date:
                yield path, value
        elif field.many and isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    yield from _dates_in(item, field.fields, (*path, number))
        elif field.fields and not field.many and isinstance(value, dict):
            yield from _dates_in(value, field.fields, path)
