"""Dates with the precision their sources support: a year, a month or a day, and how two of them compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

_SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; `parts` has one, two or three numbers.

    Two dates are ordered only as far as both are known: `2025-05` is neither before nor after `2025-05-08`.
    """

    parts: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None for anything else, and for a day no calendar has."""
        parts = _parts(text)
        return cls(parts) if parts else None

    @classmethod
    def of(cls, day: date) -> Self:
        """Take a calendar day."""
        return cls((day.year, day.month, day.day))

    def before(self, other: PartialDate) -> bool:
        """Tell whether this date is surely earlier than the other, compared at their common precision."""
        shared = min(len(self.parts), len(other.parts))
        return self.parts[:shared] < other.parts[:shared]

    @property
    def has_day(self) -> bool:
        """Whether the date names a day."""
        return len(self.parts) == 3  # noqa: PLR2004 - year, month, day

    def __str__(self) -> str:
        return "-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(self.parts))


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[int, ...]:
    """Take a date apart; nothing where it is none. The same few dates stand in many records."""
    match = _SHAPE.match(text)
    if match is None:
        return ()
    parts = tuple(int(part) for part in match.groups() if part is not None)
    try:
        date(*parts, *(1, 1)[len(parts) - 1 :])
    except ValueError:
        return ()
    return parts
