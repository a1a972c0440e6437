"""The words that make a claim somebody's claim."""

from __future__ import annotations

import pytest

from ficli.prose.english import find_hedge


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The bank allegedly lied.", "allegedly"),
        ("The alleged answers were deleted.", "alleged"),
        ("The lawsuit says that it lied.", "lawsuit"),
        ("According to a complaint it lied.", "According to"),
        ("Reportedly it lied.", "Reportedly"),
        ("Customers claim that it lied.", "claim"),
        ("She accuses the bank.", "accuses"),
        ("He sued the bank.", "sued"),
        ("A class action seeks damages.", "class action"),
        ("The bank may have lied.", "may have"),
        ("Researchers found that it lied.", "found that"),
        ("Parents' suit: the bot harmed their son.", "suit"),
    ],
)
def test_a_hedge(text: str, hedge: str) -> None:
    assert find_hedge(text) == hedge


@pytest.mark.parametrize(
    "text",
    [
        "The bank's chatbot told customers that every fee is refunded.",
        "The issue was pursued in May, and the agent deleted the table.",
        "A suitable model was used, and the reporter left.",
        "",
    ],
)
def test_no_hedge(text: str) -> None:
    assert find_hedge(text) == ""


def test_a_long_text_takes_no_longer_for_its_length() -> None:
    assert find_hedge("alle " * 20_000) == ""
