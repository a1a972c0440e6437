"""What is said of a text that is no date, and which date it is taken to mean."""

from __future__ import annotations

import pytest

from ficli.rules.shape._dates import explain


@pytest.mark.parametrize(
    ("text", "reason", "reading"),
    [
        ("2024-13-45", "there is no month 13", ""),
        ("2024-00", "there is no month 00", ""),
        ("2023-02-30", "February 2023 has no day 30", ""),
        ("2025-06-31", "June 2025 has no day 31", ""),
        ("0000-01-01", "the year cannot be 0000", ""),
        ("0997-05", "the year cannot be 0997", ""),
        ("05/08/2025", "it may be 5 August 2025 or 8 May 2025", ""),
        ("05.08.2025", "it may be 5 August 2025 or 8 May 2025", ""),
        ("25/08/2025", "the year stands last", "2025-08-25"),
        ("08/25/2025", "the year stands last", "2025-08-25"),
        ("08/08/2025", "the year stands last", "2025-08-08"),
        ("32/08/2025", "the year stands last", ""),
        ("2025-5-8", "it is not of the form `YYYY-MM-DD`", "2025-05-08"),
        ("2025/05/08", "it is not of the form `YYYY-MM-DD`", "2025-05-08"),
        ("2025.5", "it is not of the form `YYYY-MM-DD`", "2025-05"),
        ("20250508", "it is not of the form `YYYY-MM-DD`", "2025-05-08"),
        ("202505", "it is not of the form `YYYY-MM-DD`", "2025-05"),
        ("2025-5/8", "", ""),
        ("2025-5-32", "it is not of the form `YYYY-MM-DD`", ""),
        ("8 May 2025", "the month is a word", "2025-05-08"),
        ("8th of May, 2025", "the month is a word", "2025-05-08"),
        ("May 8, 2025", "the month is a word", "2025-05-08"),
        ("May 8th 2025", "the month is a word", "2025-05-08"),
        ("Sept. 8, 2025", "the month is a word", "2025-09-08"),
        ("May 2025", "the month is a word", "2025-05"),
        ("Mai 2025", "", ""),
        ("30 February 2025", "the month is a word", ""),
        ("2025-05-08T10:00:00Z", "it has a time of day", "2025-05-08"),
        ("2025-05-08 10:00", "it has a time of day", "2025-05-08"),
        (" 2025-05-08\n", "it has spaces or a line end around it", "2025-05-08"),
        ("last spring", "", ""),
        ("\uff12025-05-08", "", ""),
    ],
)
def test_explanation(text: str, reason: str, reading: str) -> None:
    assert explain(text)[:2] == (reason, reading)


def test_a_reading_that_drops_the_time_of_day_is_not_complete() -> None:
    assert not explain("2025-05-08T10:00:00Z").complete
    assert explain("8 May 2025").complete
