"""Dates as styles write them: English names of months in any locale, at the precision that is known."""

from __future__ import annotations

from collections.abc import Sequence

from ficli.dates import MONTHS, PartialDate

THREE_LETTERS = tuple(name[:3] for name in MONTHS)
"""For the house style and NLM."""

ABBREVIATED = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
"""For MLA and IEEE."""


def month_first(day: PartialDate | None, months: Sequence[str] = MONTHS) -> str:
    """Write `June 5, 2026`, `June 2026` or `2026`; empty if there is no date."""
    match day.parts if day else ():
        case (year, month, number):
            return f"{months[month - 1]} {number}, {year:04}"
        case (year, month):
            return f"{months[month - 1]} {year:04}"
        case (year,):
            return f"{year:04}"
    return ""


def day_first(day: PartialDate | None, months: Sequence[str] = MONTHS) -> str:
    """Write `5 June 2026`, `June 2026` or `2026`; empty if there is no date."""
    match day.parts if day else ():
        case (year, month, number):
            return f"{number} {months[month - 1]} {year:04}"
    return month_first(day, months)


def year_first(day: PartialDate | None, months: Sequence[str] = THREE_LETTERS) -> str:
    """Write `2026 Jun 5`, `2026 Jun` or `2026`; empty if there is no date."""
    match day.parts if day else ():
        case (year, month, number):
            return f"{year:04} {months[month - 1]} {number}"
        case (year, month):
            return f"{year:04} {months[month - 1]}"
    return month_first(day)


def without_year(day: PartialDate | None, months: Sequence[str] = MONTHS) -> str:
    """Write `June 5` or `June`, for styles that put the year elsewhere; empty if only the year is known."""
    match day.parts if day else ():
        case (_, month, number):
            return f"{months[month - 1]} {number}"
        case (_, month):
            return months[month - 1]
    return ""
