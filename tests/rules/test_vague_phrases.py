"""The phrases that make a date doubtful: each fires for its own time, and for no other."""

from __future__ import annotations

import pytest

from ficli.dates import PartialDate
from ficli.rules.dates.false_precision import vague_phrase


def found(date: str, text: str) -> tuple[str, str] | None:
    """Return the phrase that was found, and the date it supports."""
    parsed = PartialDate.parse(date)
    assert parsed is not None
    phrase = vague_phrase(parsed, [text])
    return (phrase.text, phrase.supported) if phrase else None


@pytest.mark.parametrize(
    ("date", "text", "phrase", "supported"),
    [
        ("2023-04-01", "In early 2023 the bank's chatbot failed.", "early 2023", "2023"),
        ("2023-01", "Early in 2023 the bank's chatbot failed.", "Early in 2023", "2023"),
        ("2023-06-01", "The agent was switched off in mid-2023.", "mid-2023", "2023"),
        ("2023-07-01", "by the middle of 2023", "middle of 2023", "2023"),
        ("2023-10-01", "Late 2023 brought more complaints.", "Late 2023", "2023"),
        ("2023-04-01", "In spring 2023, patients complained.", "spring 2023", "2023"),
        ("2023-07-01", "over the summer of 2023", "summer of 2023", "2023"),
        ("2023-10-01", "in the fall of 2023", "fall of 2023", "2023"),
        ("2023-01-01", "in the winter of 2023", "winter of 2023", "2023"),
        ("2023-01-01", "at the beginning of 2023", "beginning of 2023", "2023"),
        ("2023-12-01", "by the end of 2023", "end of 2023", "2023"),
        ("2023-04-01", "in the second quarter of 2023", "second quarter of 2023", "2023"),
        ("2023-09-01", "around 2023", "around 2023", "2023"),
        ("2023-09-01", "sometime in 2023", "sometime in 2023", "2023"),
        ("2023-01-01", "In 2023, a chatbot told customers", "In 2023", "2023"),
        ("2023-01", "In 2023, a chatbot told customers", "In 2023", "2023"),
        ("2023-03-01", "In late March, the agent deleted files.", "late March", "2023-03"),
        ("2023-03-01", "in late March 2023", "late March", "2023-03"),
        ("2023-03-01", "mid-March", "mid-March", "2023-03"),
        ("2023-03-01", "around Mar. 2023", "around Mar.", "2023-03"),
        ("2023-03-01", "In early 2023, in mid-March, it failed.", "mid-March", "2023-03"),
    ],
)
def test_a_phrase_of_the_same_time(date: str, text: str, phrase: str, supported: str) -> None:
    assert found(date, text) == (phrase, supported)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2023-04-01", "On April 1 the chatbot failed; complaints came in spring 2023."),
        ("2023-04-01", "On 1 April 2023, after complaints in early 2023, it failed."),
        ("2023-04-01", "On Apr. 1st it failed, in early 2023."),
        ("2023-04-01", "on the first of April, in spring 2023"),
        ("2023-04-01", "(2023-04-01, early 2023)"),
        ("2023-01", "In January 2023, a chatbot failed. In 2023 the bank paid."),
        ("2023-04-01", "The company withdrew the system in late 2023."),
        ("2023-04-01", "In early 2022 the bank had bought the system."),
        ("2023-04-01", "In 2023, a chatbot told customers"),
        ("2023-01-01", "in 2023 and 2024"),
        ("2023-03-01", "In late March 2024 the court ruled."),
        ("2023-03-01", "In late March, 2024, the court ruled."),
        ("2023-03-01", "In late April it failed."),
        ("2023-03-01", "around March 14"),
        ("2023-03", "In late March, the agent deleted files."),
        ("2023-04-01", "In April 2023 the agent deleted files."),
        ("2023-04-01", "clearly 2023"),
        ("2023-04-01", "an early 2023-24 plan"),
        ("2023-09-01", "a report about 2023"),
        ("2023-04-01", ""),
    ],
)
def test_what_leaves_the_date_alone(date: str, text: str) -> None:
    assert found(date, text) is None


def test_the_text_is_named_by_its_number() -> None:
    date = PartialDate((2023, 4, 1))

    phrase = vague_phrase(date, ["Chatbot fails", "It failed.", "It failed in spring 2023."])

    assert phrase is not None
    assert phrase.number == 2
