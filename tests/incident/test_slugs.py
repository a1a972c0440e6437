"""Tests of slugs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.incident.ids import LONGEST, MOST_WORDS, cut_from, free_slug, suggest_slug, why_no_slug

CASES = [
    ("Klarna reintroduces human agents after quality declines", ["Klarna"], "klarna-reintroduces-human-agents-quality-declines"),
    ("Chatbot of Example Bank invents fees", ["Example Bank"], "chatbot-example-bank-invents-fees"),
    ("A chatbot invents fees", ["Example Bank Ltd."], "example-bank-chatbot-invents-fees"),
    ("Fees that a chatbot of the house made up once again in spring for all of Example Bank", ["Example Bank"], "fees-chatbot-house-made-example-bank"),
    ("S.D.N.Y. sanctions attorneys for using fake ChatGPT citations", [], "sdny-sanctions-attorneys-fake-chatgpt-citations"),
    ("The bank's chatbot can't count to $290,000", [], "bank-chatbot-cant-count-290000"),
    ("Straße in Łódź verwechselt", [], "strasse-lodz-verwechselt"),
    ("Señor Müller fined", ["Żabka"], "zabka-senor-muller-fined"),
    ("Chatbot fails", ["Example Bank (the savings branch)"], "example-bank-chatbot-fails"),
    ("Chatbot fails", ["例え銀行", "Second Bank"], "second-bank-chatbot-fails"),
    ("Chatbot and chatbot fail", [], "chatbot-fail"),
    ("No refund without a court", [], "no-refund-without-court"),
    ("شات بوت يخترع رسوما", [], ""),
    ("😀😀", [], ""),
    ("x" * 500, [], ""),
    ("of the", [], ""),
    ("", [], ""),
    ("Electroencephalographically misinterpreted counterrevolutionaries telecommunications", [], "electroencephalographically-misinterpreted"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "organizations", "slug"), CASES)
def test_a_suggestion(title: str, organizations: list[str], slug: str) -> None:
    assert suggest_slug(title, organizations) == slug


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3))
def test_any_suggestion_is_a_slug_of_whole_words(title: str, organizations: list[str]) -> None:
    slug = suggest_slug(title, organizations)

    assert not slug or not why_no_slug(slug)
    assert len(slug) <= LONGEST
    assert len(slug.split("-")) <= MOST_WORDS
    assert cut_from(slug.rpartition("-")[2], title) == ""


@given(st.text("abcdef ", max_size=120), st.text("abcdefgh ", max_size=40))
def test_words_that_begin_alike_are_not_cut(title: str, organization: str) -> None:
    assert cut_from(suggest_slug(title, [organization]).rpartition("-")[2], title) == ""


@pytest.mark.parametrize("slug", ["Upper", "two--hyphens", "-a", "a-", "a b", "ä", "a" * 61, ""])
def test_what_is_no_slug(slug: str) -> None:
    assert why_no_slug(slug)


def test_a_slug_that_is_free() -> None:
    assert free_slug("example-bank", ["example-bank"]) == "example-bank-2"
    assert free_slug("example-bank", ["example-bank", "example-bank-2"]) == "example-bank-3"

    long = "-".join(["word"] * 12)
    assert free_slug(long, [long]) == "-".join(["word"] * 11) + "-2"
    assert len(free_slug("x" * 60, [])) == LONGEST
