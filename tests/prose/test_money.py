"""Sums of money: their value and currency, those that lack one, and when two of them contradict each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ficli.prose.money import Money, differ, find_bare_sum, find_money, may_lack_currency

LONG = 100_000


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$290,000", "290000", "$"),
        ("A$290,000", "290000", "AUD"),
        ("AU$290,000", "290000", "AUD"),
        ("US$2.5 million", "2500000", "USD"),
        ("US $5", "5", "$"),
        ("C$650.88", "650.88", "CAD"),
        ("CAD $500", "500", "CAD"),
        ("$500 CAD", "500", "CAD"),
        ("500 Canadian dollars", "500", "CAD"),
        ("5 U.S. dollars", "5", "USD"),
        ("HK$200 million", "200000000", "HKD"),
        ("EUR 5 million", "5000000", "EUR"),
        ("20,000 euros", "20000", "EUR"),
        ("1.290.000 €", "1290000", "EUR"),
        ("5€", "5", "EUR"),
        ("£3.2m", "3200000", "GBP"),
        ("$1.5bn", "1500000000", "$"),
        ("$5k", "5000", "$"),
        ("a 5-million-dollar fine", "5000000", "$"),
        ("₹3.5 crore", "35000000", "INR"),
        ("₹1.83 lakh", "183000", "INR"),
        ("¥500", "500", "¥"),
        ("RMB100,000, or 20 dollars", "100000", "CNY"),
        ("It cost $20,000, and more.", "20000", "$"),
        ("5 million pesos or dollars", "5000000", "peso"),
    ],
)
def test_a_sum(text: str, value: str, currency: str) -> None:
    first = next(find_money(text))

    assert (first.value, first.currency) == (Decimal(value), currency)
    assert text[first.start :].startswith(first.written)


@pytest.mark.parametrize(
    "text",
    ["", "$", "$$$", "in 2023", "5 dollarish", "$x", "version 3.5", "$1,5 million", "U$1", "1,00,000 euros", "€"],
)
def test_no_sum(text: str) -> None:
    assert list(find_money(text)) == []


def test_sums_in_the_order_of_the_text() -> None:
    assert [money.written for money in find_money("£5, then $1.5bn, 20 € and £6")] == ["£5", "$1.5bn", "20 €", "£6"]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The bank was fined 5,000 for it.", "5,000"),
        ("It paid a fine of 2.5 million.", "2.5 million"),
        ("It was ordered to pay about 650,000 in damages.", "650,000"),
        ("The suit was settled for more than 1,200,000", "1,200,000"),
        ("a settlement of 30 billion, after years", "30 billion"),
    ],
)
def test_a_sum_without_a_currency(text: str, figure: str) -> None:
    assert may_lack_currency(text)
    assert find_bare_sum(text) == figure


@pytest.mark.parametrize(
    "text",
    [
        "The bank was fined €5,000 for it.",
        "It was ordered to pay 650,000 euros in damages.",
        "It was ordered to pay 650,000 Swiss francs.",
        "The police fined 1,200 for jaywalking.",
        "It agreed to pay 2,000 workers for it.",
        "a fine of 5,000, 6,000 or 7,000 euros",
        "a settlement of 5,000 (€4,000)",
        "fined 2023 for it",
        "The app was fined 12 times.",
        "damages of 5,000 to 6,000 dollars",
        "It cost 650,000 jobs.",
        "",
    ],
)
def test_nothing_lacks_a_currency(text: str) -> None:
    assert find_bare_sum(text) == ""


def money(value: int, currency: str) -> Money:
    return Money(Decimal(value), currency, "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (money(290_000, "$"), money(290_000, "AUD")),
        (money(5_000, "$"), money(5_000, "CAD")),
        (money(5_100, "USD"), money(5_100, "CAD")),
        (money(1_250_000, "EUR"), money(1_250_000, "USD")),
        (money(12_000, "¥"), money(12_000, "EUR")),
    ],
)
def test_one_figure_in_two_currencies(one: Money, other: Money) -> None:
    assert differ(one, other)
    assert differ(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (money(290_000, "$"), money(290_000, "USD")),
        (money(290_000, "$"), money(291_000, "AUD")),
        (money(5_000_000, "EUR"), money(5_000_000, "$")),
        (money(5_000, "USD"), money(5_000, "CAD")),
        (money(22, "EUR"), money(22, "$")),
        (money(12_000, "¥"), money(12_000, "JPY")),
        (money(12_000, "CNY"), money(12_000, "¥")),
    ],
)
def test_sums_that_may_both_be_right(one: Money, other: Money) -> None:
    assert not differ(one, other)
    assert not differ(other, one)


@pytest.mark.parametrize(
    "piece",
    ["1", "1,111,", "$", "$1", "1.555.", "EUR ", "US$ 1 ", "fine of ", "was fined 999,999,999,999 ", "- 1 dollar"],
)
def test_a_long_text_takes_no_longer_for_its_length(piece: str) -> None:
    text = (piece * LONG)[:LONG]

    list(find_money(text))
    find_bare_sum(text)
