"""Sums of money in prose: those with a currency, with their value, and those without one.

A dollar sign alone leaves open which dollar it is. Figures are read as English writes them, with commas between
thousands; two points in a figure are read the same way. Other figures are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

DOLLAR = "$"
"""The currency of a sum in dollars of an unnamed country."""

_CODES = (
    "USD|EUR|GBP|AUD|CAD|NZD|CHF|JPY|CNY|RMB|INR|SGD|HKD|TWD|KRW|SEK|NOK|DKK|PLN|CZK|HUF|TRY|ZAR|BRL|MXN|ILS|RUB|AED"
)
_CURRENCIES = {
    **{code: code for code in _CODES.split("|")},
    "RMB": "CNY",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "NT$": "TWD",
    "R$": "BRL",
    "MX$": "MXN",
    "$": DOLLAR,
    "€": "EUR",
    "£": "GBP",
    "¥": "¥",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "₽": "RUB",
    "US DOLLAR": "USD",
    "AMERICAN DOLLAR": "USD",
    "AUSTRALIAN": "AUD",
    "AUSTRALIAN DOLLAR": "AUD",
    "CANADIAN": "CAD",
    "CANADIAN DOLLAR": "CAD",
    "NEW ZEALAND DOLLAR": "NZD",
    "SINGAPORE DOLLAR": "SGD",
    "HONG KONG DOLLAR": "HKD",
    "DOLLAR": DOLLAR,
    "EURO": "EUR",
    "POUND": "GBP",
    "YEN": "JPY",
    "YUAN": "CNY",
    "RUPEE": "INR",
    "SWISS FRANC": "CHF",
    "PESO": "peso",
}
"""Names and signs beside a figure, in capitals and in the singular, and the currency of each."""

_DOLLARS = frozenset({DOLLAR, "USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD"})
_MAY_BE_ALIKE = ({DOLLAR, "USD"}, {"¥", "JPY"}, {"¥", "CNY"})
_LARGE_SUM = 1000
_SCALES = {
    "K": 10**3,
    "THOUSAND": 10**3,
    "M": 10**6,
    "MN": 10**6,
    "MILLION": 10**6,
    "B": 10**9,
    "BN": 10**9,
    "BILLION": 10**9,
    "TRILLION": 10**12,
    "LAKH": 10**5,
    "CRORE": 10**7,
}
_SIGNS = "$€£¥₹₩₪₽"
_NAMES = ("dollar", "euro", "USD", "EUR", "GBP", "AUD", "CAD")
"""In a text with none of these, only figures beside a sign are examined."""

_RUN = re.compile(r"[0-9][0-9.,]*")
_FIGURE = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{3}){0,5}(?:\.[0-9]{1,2})?")
_BEFORE = re.compile(
    r"(?<![A-Za-z$])(?:(US\$|AU?\$|CA?\$|NZ\$|S\$|HK\$|NT\$|R\$|MX\$|[$€£¥₹₩₪₽])"
    rf"|({_CODES})[ \u00a0]?[$€£]?)[ \u00a0]?\Z",
)
_AFTER = re.compile(
    r"(?P<scale>[ \u00a0-]?(?:thousand|million|billion|trillion|lakh|crore|mn|bn|[kmb])\b)?"
    rf"(?P<currency>[ \u00a0-]?(?:€|£|(?:{_CODES})\b(?![ \u00a0]?[0-9$€£¥])"
    r"|(?:dollar|euro|pound|rupee|Swiss franc|peso)s?\b"
    r"|(?:U\.?S\.?|American|Australian|Canadian|New Zealand|Singapore|Hong Kong) dollars?\b|(?:Canadian|Australian)\b"
    r"|yen\b|yuan\b))?",
    re.IGNORECASE,
)
_WIDEST_SIGN = 6
_LONGEST_FIGURE = 24

_LEADS = (
    " fined ",
    " to pay ",
    "settled for ",
    "fine of ",
    "penalty of ",
    "sanction of ",
    "settlement of ",
    "damages of ",
    "compensation of ",
    "restitution of ",
    "refund of ",
)
"""Words after which a large figure is money; "fined" and "to pay" are so only after the words in `_PASSIVE`."""

_PASSIVE = re.compile(r"\b(?:was|were|been|being) fined \Z|\b(?:ordered|agreed|had) to pay \Z")
_ACTIVE = (" fined ", " to pay ")
_BARE = re.compile(
    r"(?:(?:about|around|approximately|roughly|nearly|almost|over|some|up to|at least|more than|only) )?"
    r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,6}(?:\.[0-9]{1,3})?[ -](?:million|billion))"
    r"(?=[.;:!?](?:\s|\Z)|,\s(?![0-9$€£])|\Z| in (?:damages|fines?|penalt(?:y|ies)|compensation|costs|fees|sanctions"
    r"|restitution|refunds?)\b| (?:for|after|because|when|but|as)\b)",
)
_LONGEST_LEAD = 24


class Money(NamedTuple):
    """A sum of money.

    Attributes:
        value: in whole units of the currency.
        currency: an ISO 4217 code, or a sign that leaves it open.
        written: the sum as written in the text.
        start: its offset in the text, in characters.

    """

    value: Decimal
    currency: str
    written: str
    start: int = 0

    @property
    def is_round(self) -> bool:
        """Whether the figure has a single digit besides zeros, as 300,000 has."""
        return len(f"{self.value:f}".replace(".", "").strip("0")) <= 1


def find_money(text: str) -> Iterator[Money]:
    """Yield the sums of a text that have a currency, in the order of the text."""
    for start in _places(text):
        run = _RUN.match(text, start)
        figure = run.group().rstrip(".,") if run else ""
        if not _FIGURE.fullmatch(figure):
            continue
        # A short slice: a pattern with `\Z` would otherwise be tried at each place of the text before.
        before = _BEFORE.search(text[max(0, start - _WIDEST_SIGN) : start])
        after = _AFTER.match(text, start + len(figure))
        if after is None or not (before or after["currency"]):
            continue
        written = after["currency"] or (before[1] or before[2] if before else "")
        scale = _SCALES.get((after["scale"] or "").strip(" \u00a0-").upper(), 1)
        begin = start - (len(before.group()) if before else 0)
        yield Money(_value(figure) * scale, _currency(written), text[begin : after.end()], begin)


def _places(text: str) -> list[int]:
    """Return the offsets of figures that may be money: all, or those beside a sign if no currency is named."""
    if any(name in text for name in _NAMES):
        return [run.start() for run in _RUN.finditer(text)]
    # Searches for single signs run in C, and most texts have few; the figures themselves are many.
    return sorted({place for sign in _SIGNS for place in _places_beside(text, sign)})


def _places_beside(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place != -1:
        after = place + 2 if text[place + 1 : place + 2].isspace() else place + 1
        low = max(0, place - _LONGEST_FIGURE)
        before = text[low:place].rstrip()
        if text[after : after + 1].isdigit():
            yield after
        elif before[-1:].isdigit():
            yield low + len(before.rstrip("0123456789.,"))
        place = text.find(sign, place + 1)


def may_lack_currency(text: str) -> bool:
    """Return, at little cost, whether a text may have a sum without a currency."""
    return any(lead in text for lead in _LEADS)


def find_bare_sum(text: str) -> str:
    """Return the first sum of a text that is certainly money and has no currency: "was fined 5,000 for"; or empty."""
    for lead in _LEADS:
        place = text.find(lead)
        while place != -1:
            end = place + len(lead)
            found = _BARE.match(text, end)
            if found and (lead not in _ACTIVE or _PASSIVE.search(text[max(0, end - _LONGEST_LEAD) : end])):
                return found[1]
            place = text.find(lead, end)
    return ""


def differ(one: Money, other: Money) -> bool:
    """Return whether one figure is used with two currencies, which cannot both be right.

    `$` alone is read as the dollar of the United States, as most writers mean it. Small and round figures, such as
    €5 million and $5 million, may be two sums; but `$` and another dollar are a mistake for any figure.
    """
    currencies = {one.currency, other.currency}
    if one.value != other.value or len(currencies) == 1 or currencies in _MAY_BE_ALIKE:
        return False
    return (DOLLAR in currencies and currencies <= _DOLLARS) or not (one.is_round or one.value < _LARGE_SUM)


def _value(figure: str) -> Decimal:
    plain = figure.replace(",", "")
    return Decimal(plain.replace(".", "") if plain.count(".") > 1 else plain)


def _currency(written: str) -> str:
    sign = written.strip(" \u00a0-").upper().replace("U.S.", "US")
    return _CURRENCIES.get(sign) or _CURRENCIES.get(sign.removesuffix("S"), sign)
