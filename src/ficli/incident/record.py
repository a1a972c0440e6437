"""A typed view of a record's plain data that never fails: a field of the wrong type reads as absent.

The shape rules say what is absent or wrong; every other rule can then ask for a title, the sources or a
date without looking at types again.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ficli.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ficli.diagnostics import FieldPath
    from ficli.incident.text.money import Money

TOMBSTONES = frozenset({"merged", "removed"})
_PROSE = ("title", "summary", "what_happened", "mechanism")
_PROSE_WITHIN = (
    ("failure_path", ("trigger", "model_step", "control_gap", "failure", "consequence")),
    ("impact", ("note",)),
)
_BETWEEN = "\n\n"
_TOO_MUCH = 10**15
_TOP_DATES = ("incident_date", "indexed_date", "retired_date")


class Record:
    """An incident, read from the plain data of one file.

    Args:
        data: what the YAML holds; anything that is no mapping reads as a record without fields.

    """

    def __init__(self, data: object) -> None:
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else {}

    def text(self, name: str) -> str:
        """Read a top-level text field; empty where it is absent or no text."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Read a top-level mapping field; empty where it is absent or no mapping."""
        value = self.data.get(name)
        return value if isinstance(value, dict) else {}

    def mappings(self, name: str) -> list[tuple[int, Mapping[str, Any]]]:
        """Read a top-level list of mappings, each with its 0-based position; other items are passed over."""
        value = self.data.get(name)
        if not isinstance(value, list):
            return []
        return [(number, item) for number, item in enumerate(value) if isinstance(item, dict)]

    def texts(self, name: str) -> list[tuple[int, str]]:
        """Read a top-level list of texts, each with its 0-based position; other items are passed over."""
        value = self.data.get(name)
        if not isinstance(value, list):
            return []
        return [(number, item) for number, item in enumerate(value) if isinstance(item, str)]

    @property
    def id(self) -> str:
        """The ID, or nothing in a draft."""
        return self.text("id")

    @property
    def slug(self) -> str:
        """The slug, or nothing."""
        return self.text("slug")

    @property
    def status(self) -> str:
        """`draft`, `published`, `merged`, `removed`, or whatever text stands there."""
        return self.text("status")

    @property
    def title(self) -> str:
        """The title, or nothing."""
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
        """The texts that tell the incident, each with its field path: title, summary, account and what explains it."""
        found: list[tuple[FieldPath, str]] = [((name,), text) for name in _PROSE if (text := self.text(name))]
        for name, keys in _PROSE_WITHIN:
            parts = self.mapping(name)
            found.extend(((name, key), part) for key in keys if isinstance(part := parts.get(key), str) and part)
        return found

    @cached_property
    def prose_text(self) -> str:
        """All of `prose`, one text below the other."""
        return _BETWEEN.join(text for _, text in self.prose)

    @cached_property
    def sums(self) -> list[tuple[FieldPath, str, Money]]:
        """The sums of money with a currency that `prose` names, each with the field path and the text it stands in."""
        from ficli.incident.text.money import find_money

        starts = list(accumulate((len(text) + len(_BETWEEN) for _, text in self.prose), initial=0))
        found = []
        for money in find_money(self.prose_text):
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
        data = self.data
        for name in _TOP_DATES:
            value = data.get(name)
            if isinstance(value, str):
                yield (name,), value
        for number, source in self.sources:
            for name in ("published", "accessed"):
                value = source.get(name)
                if isinstance(value, str):
                    yield ("sources", number, name), value
            archive = source.get("archive")
            if isinstance(archive, dict) and isinstance(captured := archive.get("captured"), str):
                yield ("sources", number, "archive", "captured"), captured
        for number, correction in self.mappings("corrections"):
            value = correction.get("date")
            if isinstance(value, str):
                yield ("corrections", number, "date"), value

    @cached_property
    def dates(self) -> dict[FieldPath, PartialDate]:
        """Every date that can be read, by its field path."""
        dates = {}
        for path, text in self.date_texts():
            if (parsed := PartialDate.parse(text)) is not None:
                dates[path] = parsed
        return dates


def texts_in(data: object) -> Iterator[tuple[FieldPath, str]]:
    """Yield every text of plain data with its field path, in no order; the walk keeps its own stack."""
    waiting: list[tuple[FieldPath, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, number), item) for number, item in enumerate(value))


def is_date_path(path: FieldPath) -> bool:
    """Tell whether a field path names a date field."""
    match path:
        case (str(name),):
            return name in _TOP_DATES
        case ("sources", int(), "published" | "accessed"):
            return True
        case ("sources", int(), "archive", "captured") | ("corrections", int(), "date"):
            return True
    return False
