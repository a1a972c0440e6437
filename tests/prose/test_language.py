"""What is surely English, and what is not or cannot be told."""

from __future__ import annotations

import pytest

from ficli.prose.english import is_english


@pytest.mark.parametrize(
    "text",
    [
        "The chatbot of the bank told customers that every fee is refunded.",
        "A court in New York sanctioned two lawyers who had used it for their brief.",
        "Klarna's chief executive said that the quality of the service had suffered.",
        "In “Die Welt” the bank said that its chatbot was wrong about the fee, and the case is pending.",
    ],
)
def test_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ein Chatbot der Bank hat den Kunden versprochen, dass jede Gebühr erstattet wird, und das war falsch.",
        "Un chatbot de la banque a promis aux clients que les frais seraient remboursés, ce qui est faux.",
        "Een chatbot van de bank heeft klanten beloofd dat het geld terug is, en dat is niet zo.",
        "El chatbot del banco dijo a los clientes que la tarifa se devuelve, pero no es así.",
        "En chatbot för banken lovade att avgiften är gratis, och det är inte sant.",
        "示例银行的客服聊天机器人告诉客户，所有费用都可以退还。",
        "Чат-бот банка пообещал клиентам вернуть деньги.",
        "Chatbot promises refunds",
        "",
    ],
)
def test_another_language_or_too_little(text: str) -> None:
    assert not is_english(text)
