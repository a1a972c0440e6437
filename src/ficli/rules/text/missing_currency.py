"""A sum of money has no currency, or a dollar sign that may be of several countries.

What: English prose says "fined 5,000" or "a settlement of 2.5 million" without a currency, or `$` in a record whose
`countries` have dollars of their own and not that of the United States.
Why: 5,000 of what? A reader elsewhere takes it for another sum, and totals over the index come out wrong.

Bad:

    summary: Example Bank was fined 5,000 for a chatbot that told customers that every fee is refunded.

Good:

    summary: Example Bank was fined €5,000 for a chatbot that told customers that every fee is refunded.

Fix: write the currency with the figure, such as €5,000, US$5,000 or CHF 5,000.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import FieldPath, Rule, Scope, Severity, field_name
from ficli.prose.english import is_english
from ficli.prose.money import DOLLAR, find_bare_sum, may_lack_currency
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.incident.record import Record

RULE = Rule("missing-currency", Severity.WARNING, Scope.FILE, since="0.1.0")

_DOLLARS = {"AU": "A$", "CA": "C$", "HK": "HK$", "NZ": "NZ$", "SG": "S$", "TW": "NT$"}
_UNITED_STATES_DOLLAR = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "EC", "SV", "PA", "TL", "MH", "FM", "PW", "ZW"})


def check(record: RecordContext) -> Iterator[Problem]:
    """Check the sums of each text."""
    known = record.record
    if may_lack_currency(known.prose_text) and is_english(known.prose_text):
        for path, text in known.prose:
            if bare := find_bare_sum(text):
                yield _problem(path, bare, "has no currency", "write the currency with the figure, such as €5,000")
    sign = _sign_of_own_dollar(known)
    reported: set[FieldPath] = set()
    for path, _, money in known.sums if sign else ():
        if money.currency == DOLLAR and path not in reported:
            reported.add(path)
            amount = money.written.replace("$", "")
            advice = f"write {quoted(f'{sign}{amount}')} or {quoted(f'US${amount}')}"
            yield _problem(path, money.written, "does not say whose dollar it is", advice)


def _sign_of_own_dollar(record: Record) -> str:
    """Return the sign of the dollar that the record's countries have, unless the United States is one of them."""
    countries = [country for _, country in record.texts("countries")]
    if not _UNITED_STATES_DOLLAR.isdisjoint(countries):
        return ""
    return next((sign for country in countries if (sign := _DOLLARS.get(country))), "")


def _problem(path: FieldPath, piece: str, fault: str, advice: str) -> Problem:
    message = f"{quoted(piece)} in {quoted(field_name(path))} {fault}"
    return Problem(at=path, message=message, help=advice, piece=piece)
