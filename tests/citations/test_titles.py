"""Title case, quotation marks inside quotation marks, and the period that a title swallows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.citations.titles import in_quotes, singled_curly, singled_straight, title_case


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("Klarna reintroduces human agents after AI customer service quality declines", "Klarna Reintroduces Human Agents after AI Customer Service Quality Declines"),
        ("chatbot lies to a customer and the bank", "Chatbot Lies to a Customer and the Bank"),
        ("Bot with no one to turn to", "Bot with No One to Turn To"),
        ("Chatbot in court: a case of fake citations", "Chatbot in Court: A Case of Fake Citations"),
        ("Who lies? the bot does", "Who Lies? The Bot Does"),
        ("iPhone assistant of eBay seller", "iPhone Assistant of eBay Seller"),
        ("a gpt-4 agent with node.js", "A gpt-4 Agent with node.js"),
        ("AI-first shop has state-of-the-art bot", "AI-First Shop Has State-of-the-Art Bot"),
        ("Bot re-identifies patients", "Bot Re-identifies Patients"),
        ("Bot shuts down and rolls out", "Bot Shuts Down and Rolls Out"),
        ("Bot says “never mind” and 'no'", "Bot Says “Never Mind” and 'No'"),
        ("Between two models through the night", "Between Two Models Through the Night"),
        ("Mata v. Avianca: fake cases", "Mata v. Avianca: Fake Cases"),
        ("émigré's data in the straße", "Émigré's Data in the Straße"),
        ("ßtrange word", "ßtrange Word"),
        ("聊天机器人对客户说谎", "聊天机器人对客户说谎"),
        ("", ""),
        ("- … 42", "- … 42"),
    ],
)  # fmt: skip
def test_title_case(title: str, cased: str) -> None:
    assert title_case(title) == cased
    assert title_case(cased) == cased


@given(st.text())
def test_title_case_changes_the_case_of_letters_and_nothing_else(title: str) -> None:
    cased = title_case(title)

    assert len(cased) == len(title)
    assert all(new in (old, old.upper()) for new, old in zip(cased, title, strict=True))


@pytest.mark.parametrize(
    ("title", "straight", "curly"),
    [
        ('Bot says "yes"', "Bot says 'yes'", "Bot says ‘yes’"),
        ('Bot says "yes" and "no"', "Bot says 'yes' and 'no'", "Bot says ‘yes’ and ‘no’"),
        ('Bot says "yes', 'Bot says "yes', 'Bot says "yes'),
        ('Bot "a" says "yes', 'Bot "a" says "yes', 'Bot "a" says "yes'),
        ("Bot says “yes”", "Bot says “yes”", "Bot says ‘yes’"),
        ("Bot says “yes", "Bot says “yes", "Bot says “yes"),
        ("Bot’s 'yes'", "Bot’s 'yes'", "Bot’s 'yes'"),
    ],
)
def test_quotation_marks_inside(title: str, straight: str, curly: str) -> None:
    assert singled_straight(title) == straight
    assert singled_curly(title) == curly


@pytest.mark.parametrize(
    ("title", "end", "quoted"),
    [
        ("Bot lies", ".", "“Bot lies.”"),
        ("Bot lies", ",", "“Bot lies,”"),
        ("Does it lie?", ".", "“Does it lie?”"),
        ("Does it lie?", ",", "“Does it lie?,”"),
        ('It says "why?"', ".", "“It says ‘why?’”"),
        ("机器人说谎。", ".", "“机器人说谎。”"),
    ],
)
def test_in_quotes(title: str, end: str, quoted: str) -> None:
    assert in_quotes(title, end) == quoted
