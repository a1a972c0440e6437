"""Tests of dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from ficli.dates import PartialDate
from hypothesis import given
from hypothesis import strategies as st

from ficli.incident.typed_dates import readings, why_not_past

ONE = {
    "2025": "2025",
    "2025-05": "2025-05",
    "2025-5-8": "2025-05-08",
    "2025/05/08": "2025-05-08",
    "2025-05-08T10:00:00Z": "2025-05-08",
    "2025-05-08 10:00:00.5+02:00": "2025-05-08",
    "May 2025": "2025-05",
    "may, 2025": "2025-05",
    "Sept. 2024": "2024-09",
    "8 May 2025": "2025-05-08",
    "  8   MAY  2025 ": "2025-05-08",
    "8th of May, 2025": "2025-05-08",
    "May 8, 2025": "2025-05-08",
    "May 1st 2025": "2025-05-01",
    "8-May-2025": "2025-05-08",
    "2025 May 8": "2025-05-08",
    "25/05/2025": "2025-05-25",
    "05/25/2025": "2025-05-25",
    "05/05/2025": "2025-05-05",
    "5/2025": "2025-05",
    "29 February 2024": "2024-02-29",
}
NONE = [
    "", "spring 2025", "31 February 2025", "29 February 2025", "May 25", "13/13/2025", "٢٠٢٥", "20250508", "yesterday", "May",
    "Ma 2025", "2025-00", "0000-01-01", "8 May 2025 or so", "x" * 1000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), ONE.items())
def test_one_reading(text: str, day: str) -> None:
    assert [str(found) for found in readings(text)] == [day]


@pytest.mark.parametrize("text", ["05/08/2025", "5.8.2025", "05-08-2025"])
def test_two_readings_the_day_first(text: str) -> None:
    assert [str(found) for found in readings(text)] == ["2025-08-05", "2025-05-08"]


@pytest.mark.parametrize("text", NONE)
def test_no_reading(text: str) -> None:
    assert readings(text) == []


@given(st.dates(date(1900, 1, 1)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y"]))
def test_every_day_is_read_as_itself(day: date, form: str) -> None:
    assert readings(day.strftime(form)) == [PartialDate.of(day)]


@given(st.text(max_size=40))
def test_any_text_has_at_most_two(text: str) -> None:
    assert len(readings(text)) <= 2


def test_the_future() -> None:
    today = date(2026, 11, 23)

    assert "is in the future" in why_not_past(PartialDate((2026, 11, 24)), today)
    assert why_not_past(PartialDate((2027,)), today)
    assert not why_not_past(PartialDate((2026,)), today)
    assert not why_not_past(PartialDate.of(today), today)
