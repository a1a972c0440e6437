"""When the last word of a slug was cut off from a word of the title."""

from __future__ import annotations

import pytest

from ficli.incident.ids import cut_from


@pytest.mark.parametrize(
    ("word", "title", "whole"),
    [
        ("hallucin", "Lawyer fined over chatbot hallucination", "hallucination"),
        ("citat", "Lawyers fined over invented citations", "citations"),
        ("cust", "Chatbot misleads customers", "customers"),
        ("autono", "Autonomous shuttle stops on a crossing", "autonomous"),
        ("reun", "Assistant in Réunion names the wrong hospital", "reunion"),
        ("discriminat", "Court finds discrimination in a tenant score", "discrimination"),
    ],
)
def test_cut(word: str, title: str, whole: str) -> None:
    assert cut_from(word, title) == whole


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("citations", "Lawyers fined over invented citations"),
        ("chat", "Chat with a chatbot ends in a refund"),
        ("chatbot", "Two chatbots mislead customers"),
        ("process", "Court processes stopped by an assistant"),
        ("ban", "City banned the cameras"),
        ("legal", "Bot advises legally on nothing"),
        ("lie", "Bot lied to customers"),
        ("chat", "Chatting with a bank"),
        ("ai", "Airline misled by an assistant"),
        ("2", "2024 model fails"),
        ("gpt4", "GPT4all gives away a key"),
        ("bereavement", "Airline liable for its assistant's advice"),
        ("", "Airline liable"),
        ("recognition", "Rite Aid banned from using facial recognition after FTC settlement"),
        ("service", "Klarna reintroduces human agents after AI customer service quality declines"),
    ],
)
def test_whole(word: str, title: str) -> None:
    assert cut_from(word, title) == ""
