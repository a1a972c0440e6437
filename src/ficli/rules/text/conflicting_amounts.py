"""One figure stands with two currencies.

What: the same sum occurs in two currencies in the texts or in `impact.amounts`, such as `$290,000` and `A$290,000`; `$`
alone counts as US$. A small or round figure in unlike currencies, such as €5 million and $5 million, may be two sums
and does not count, nor does a conversion in brackets.
Why: one of the two is wrong, by as much as the rate of exchange.

Bad:

    summary: Example Bank had to pay back $290,000 after its chatbot told customers that every fee is refunded.
    what_happened: The bank declined the requests at first. It later paid A$290,000 to its customers.

Good:

    summary: Example Bank had to pay back A$290,000 after its chatbot told customers that every fee is refunded.
    what_happened: The bank declined the requests at first. It later paid A$290,000 to its customers.

Fix: look the currency up in the source, and write the same in both places.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import FieldPath, Rule, Scope, Severity
from ficli.prose.money import Money, differ
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.incident.record import Record

RULE = Rule("conflicting-amounts", Severity.ERROR, Scope.FILE, since="0.1.0")

_LONGEST_TURN = 20
_TURNS = ("(", "/", "=", "[", " or ")
"""The text between a sum and its conversion into another currency."""


class _Sum(NamedTuple):
    """A sum of money and its text."""

    at: FieldPath
    text: str
    money: Money


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare every sum with the first one of the same figure."""
    if not record.record.sums:
        return
    first_named: dict[Decimal, _Sum] = {}
    reported: set[Decimal] = set()
    for found in _sums(record.record):
        value = found.money.value
        first = first_named.setdefault(value, found)
        if value not in reported and differ(first.money, found.money) and not _is_conversion(first, found):
            reported.add(value)
            yield _problem(first, found)


def _sums(record: Record) -> Iterator[_Sum]:
    for path, text, money in record.sums:
        yield _Sum(path, text, money)
    for number, value, currency in record.amounts:
        money = Money(Decimal(str(value)), currency, f"{currency} {value:,}")
        yield _Sum(("impact", "amounts", number, "currency"), "", money)


def _is_conversion(first: _Sum, second: _Sum) -> bool:
    """Return whether the second sum is the first one converted at a rate near 1: "€12.1 million ($12.1 million)"."""
    if first.at != second.at or not first.text:
        return False
    between = second.text[first.money.start + len(first.money.written) : second.money.start]
    return len(between) <= _LONGEST_TURN and any(turn in between for turn in _TURNS)


def _problem(first: _Sum, second: _Sum) -> Problem:
    return Problem(
        at=second.at,
        message=f"the same figure stands in two currencies: {quoted(first.money.written)} and "
        f"{quoted(second.money.written)}",
        help="look the currency up in the source, and write the same in both places",
        related=(Label(first.at, "the other currency", piece=first.money.written),),
        piece=second.money.written if second.text else "",
    )
