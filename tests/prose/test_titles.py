"""The style of titles: ends, Title Case, capitals."""

from __future__ import annotations

import pytest

from ficli.prose.titles import is_in_capitals, is_title_case, tidied


@pytest.mark.parametrize(
    ("title", "mended"),
    [
        ("Chatbot lies.", "Chatbot lies"),
        (" Chatbot lies\u00a0", "Chatbot lies"),
        ("Chatbot lies .", "Chatbot lies"),
        ("聊天机器人说谎。", "聊天机器人说谎"),
        (".", ""),
    ],
)
def test_untidy(title: str, mended: str) -> None:
    assert tidied(title) == mended
    assert tidied(mended) == mended


@pytest.mark.parametrize(
    "title", ["Chatbot lies", "Chatbot lies in the U.S.", "Chatbot of Initech Inc.", "It lies...", "Why?"]
)
def test_tidy(title: str) -> None:
    assert tidied(title) == title


@pytest.mark.parametrize(
    "title",
    [
        "Bank's Chatbot Promises Refunds That Do Not Exist",
        "Tesla on Autopilot Crashed into Trailer Truck in Florida, Killing Driver",
        "AI-Generated Deepfake Videos Used in Scams and Misinformation in Taiwan",
        "Waze Navigates Motorists into Wildfires",
        "Fake AI 'Nudify' Sites Reportedly Linked to Malware by FIN7",
    ],
)
def test_title_case(title: str) -> None:
    assert is_title_case(title)


@pytest.mark.parametrize(
    "title",
    [
        "Klarna reintroduces human agents after AI customer service quality declines",
        "Rite Aid banned from using facial recognition after FTC settlement",
        "The New York Times sues OpenAI, Microsoft over copyright abuse",
        "S.D.N.Y. sanctions attorneys for using fake ChatGPT citations",
        "Moffatt v. Air Canada and Other Carriers",
        "Vermeer Girl with a Pearl Earring AI facsimile causes controversy",
        "Chatbot der Bank verspricht Kunden Erstattungen",
        "Chatbot Lies",
        "聊天机器人说谎",
        "",
    ],
)
def test_sentence_case(title: str) -> None:
    assert not is_title_case(title)


def test_capitals() -> None:
    assert is_in_capitals("CHATBOT LIES TO CUSTOMERS")
    assert not is_in_capitals("FTC VS. AI")
    assert not is_in_capitals("Chatbot lies")


def test_a_long_title_takes_no_longer_for_its_length() -> None:
    assert is_title_case("Word " * 20_000)
    assert not is_title_case("a'" * 50_000)
