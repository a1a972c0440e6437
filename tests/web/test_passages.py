"""Passages on a page: found in spite of typography, and what differs is marked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.web.passages import find_passage

PAGE = (
    "The bank said — in “May” — that 290,000 dollars were lost. Its chat\u00adbot told customers that “every fee is "
    "refunded within a day”… Café owners were not amused."
)


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        ('said - in "May" - that', "said — in “May” — that"),
        ("said –  in «May»\n– that", "said — in “May” — that"),
        ("Its chatbot told", "Its chat\u00adbot told"),
        ('"every fee is refunded within a day"', "every fee is refunded within a day"),
        ('"every fee is refunded within a day"...', "“every fee is refunded within a day”…"),
        ("Cafe\u0301 owners", "Café owners"),
    ],
)
def test_typography_does_not_count(passage: str, shown: str) -> None:
    match = find_passage(PAGE, passage)

    assert match.exact
    assert match.text == shown


@pytest.mark.parametrize(
    ("passage", "difference"),
    [
        ("that 190,000 dollars were lost", "that [-190,000-] {+290,000+} dollars were lost."),
        ("every fee is refunded within a week", '"every fee is refunded within a [-week-]'),
        ("The bank said once in May that", 'The bank said [-once-] {+-+} in "May" {+-+} that'),
        ("Café owners were not amused!", "Café owners were not [-amused!-] {+amused.+}"),
    ],
)
def test_what_comes_nearest_is_shown_with_its_difference(passage: str, difference: str) -> None:
    match = find_passage(PAGE, passage)

    assert not match.exact
    assert match.text
    assert match.difference == difference


@pytest.mark.parametrize("passage", ["nothing of the sort was ever written anywhere", "", '""', " "])
def test_nothing_comes_near(passage: str) -> None:
    assert find_passage(PAGE, passage) == (False, "", "")


def test_nothing_is_on_an_empty_page() -> None:
    assert find_passage("", "a passage") == (False, "", "")


@given(st.text(min_size=1, max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_a_part_of_a_page_is_found_on_it(passage: str, before: str, after: str) -> None:
    page = f"{before} {passage} {after}"
    match = find_passage(page, passage)

    assert match.exact or not match.text or match.difference or not passage.strip()


def test_a_long_page_takes_no_long_time() -> None:
    started = time.monotonic()
    find_passage("word and word or other " * 100_000, "a passage of some twenty words " * 4)

    assert time.monotonic() - started < 5
