"""When two texts are the same, or nearly so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.prose.similarity import fingerprint, nearly_equal, normal_form

SENTENCE = "A support chatbot of the bank told customers that every fee is refunded."


def test_capitals_punctuation_and_blanks_do_not_count() -> None:
    assert normal_form("“The bank’s\n  chatbot — LIED!”") == "the bank's chatbot lied"


@given(st.text())
def test_a_normal_form_is_its_own(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@pytest.mark.parametrize(
    "other", [SENTENCE, SENTENCE.upper(), SENTENCE.replace("customers", "clients"), f"“{SENTENCE}”"]
)
def test_nearly_equal(other: str) -> None:
    assert nearly_equal(SENTENCE, other)
    assert nearly_equal(other, SENTENCE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SENTENCE, SENTENCE.replace("customers", "clients").replace("every", "no")),
        (SENTENCE, f"{SENTENCE} It was wrong."),
        ("The bank lied.", "The bank paid."),
        ("", ""),
        ("", SENTENCE),
    ],
)
def test_not_nearly_equal(one: str, other: str) -> None:
    assert not nearly_equal(one, other)


def test_a_few_words_have_to_be_the_same() -> None:
    assert nearly_equal("The bank lied.", "the bank lied")


def test_a_fingerprint_is_short_and_of_the_words() -> None:
    assert len(fingerprint(SENTENCE)) == 16
    assert fingerprint(SENTENCE) == fingerprint(f"“{SENTENCE.upper()}” 12")
    assert fingerprint(SENTENCE) != fingerprint(SENTENCE.replace("every", "no"))
    assert fingerprint("No comment.", fewest_words=5) == ""
    assert fingerprint("one \ud800 two")
