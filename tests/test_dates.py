"""Dates of a year, a month or a day: read, written, and compared only as far as both are known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.dates import PartialDate

PARTIAL_DATES = st.dates().flatmap(
    lambda day: st.sampled_from([(day.year,), (day.year, day.month), (day.year, day.month, day.day)])
).map(PartialDate)  # fmt: skip


def read(text: str) -> PartialDate:
    """Read a date that is one."""
    parsed = PartialDate.parse(text)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2025", (2025,)),
        ("2025-05", (2025, 5)),
        ("2025-05-08", (2025, 5, 8)),
        ("2024-02-29", (2024, 2, 29)),
        ("0001-01-01", (1, 1, 1)),
    ],
)
def test_a_date_is_read(text: str, parts: tuple[int, ...]) -> None:
    assert read(text).parts == parts
    assert read(text).has_day == (len(parts) == 3)


@pytest.mark.parametrize(
    "text",
    [
        "", "25", "20255", "2025-5", "2025-05-8", "2025/05/08", "2025-05-", " 2025", "2025 ", "2025\n", "2025-13",
        "2025-00", "0000", "2025-02-30", "2025-02-29", "2025-05-08T00:00", "\uff12\uff10\uff12\uff15",
        "May 2025", "-2025",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert PartialDate.parse(text) is None


def test_a_calendar_day_is_taken() -> None:
    assert PartialDate.of(date(2026, 11, 23)) == read("2026-11-23")


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2024", "2025", True),
        ("2025", "2025", False),
        ("2025", "2025-05", False),
        ("2025-05", "2025", False),
        ("2024-12", "2025", True),
        ("2024", "2025-01-01", True),
        ("2025-04", "2025-05-01", True),
        ("2025-05-08", "2025-05", False),
        ("2025-05-08", "2025-05-09", True),
        ("2025-05-09", "2025-05-08", False),
    ],
)
def test_order_is_told_only_at_the_common_precision(one: str, other: str, *, before: bool) -> None:
    assert read(one).before(read(other)) is before


@given(PARTIAL_DATES)
def test_what_is_written_is_read_again(date_: PartialDate) -> None:
    assert PartialDate.parse(str(date_)) == date_


@given(PARTIAL_DATES, PARTIAL_DATES)
def test_of_two_dates_one_at_most_is_before_the_other(one: PartialDate, other: PartialDate) -> None:
    assert not (one.before(other) and other.before(one))
    assert not one.before(one)
