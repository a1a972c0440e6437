"""The dates that a text mentions, as days, months or years."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ficli.dates import PartialDate
from ficli.sources.metadata.months import month_number, month_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 1_000_000
_YEAR = r"(?P<year>(?:19|20)\d\d)"


class Mention(NamedTuple):
    """A date in a text, and where it stands there."""

    day: PartialDate
    start: int
    end: int


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month, day = rf"(?P<month>{month_pattern()})\b\.?", r"(?<![\d.,])(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er|º)?"
    return (
        re.compile(rf"\b{month}\s+{day},?\s+{_YEAR}\b", re.IGNORECASE),
        re.compile(rf"{day}\s+(?:de\s+|of\s+)?{month}\s*,?\s*(?:de\s+|del\s+)?{_YEAR}\b", re.IGNORECASE),
        re.compile(rf"(?<![\d-]){_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
        re.compile(rf"{_YEAR}\s?[年년]\s?(?P<number>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]"),
        re.compile(rf"\b{month}\s+(?:of\s+|de\s+)?{_YEAR}\b", re.IGNORECASE),
        re.compile(rf"(?<![\d.,$€£¥-]){_YEAR}(?![\d%]|[.,]\d)"),
    )


def mentioned_dates(text: str) -> Iterator[Mention]:
    """Yield the dates of a text, the exact ones first; a year or month within an exact one is not told again."""
    taken: list[tuple[int, int]] = []
    for pattern in _patterns():
        for found in pattern.finditer(text[:_LONGEST]):
            if any(start < found.end() and found.start() < end for start, end in taken[-5000:]):
                continue
            day = _read(found)
            if day is not None:
                taken.append(found.span())
                yield Mention(day, *found.span())


def _read(found: re.Match[str]) -> PartialDate | None:
    parts = found.groupdict()
    month = parts.get("number") or (month_number(parts["month"]) if parts.get("month") else "")
    written = [f"{int(part):02}" for part in (month, parts.get("day")) if part]
    return PartialDate.parse("-".join([parts["year"], *written]))
