"""Find the claims of a summary that can be checked (sums of money, dates, names), and look them up on a page.

A claim that is found is on the page. Whether it is true, and means the same there, is for a
person to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ficli.dates import PartialDate, find_dates
from ficli.prose.money import DOLLAR, Money, find_money
from ficli.prose.names import is_mentioned

if TYPE_CHECKING:
    from ficli.incident.record import Record

_LONGEST = 1_000_000
_AROUND = 60
"""Characters that are shown before and after a match."""


class ClaimAnswer(StrEnum):
    """Whether a page has a claim."""

    FOUND = "found"
    DIFFERS = "differs"
    NOT_FOUND = "not found"


class Claim(NamedTuple):
    """Something to look up: an `amount`, a `date` or a `name`, as it is written, and its parsed value."""

    sort: str
    written: str
    value: Money | PartialDate | str


class ClaimResult(NamedTuple):
    """The result for a claim: the answer, and the passage or the difference."""

    answer: ClaimAnswer
    detail: str = ""


class PageText:
    """The text of a page, in which claims are looked up; its amounts, dates and names are found once.

    Args:
        text: the text.

    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._money = list(find_money(text))
        self._dates = _dates_in(text)

    def look_up(self, claim: Claim) -> ClaimResult:
        """Look a claim up."""
        match claim.value:
            case Money():
                return self._amount(claim.value)
            case PartialDate():
                return self._date(claim.value)
            case _:
                return self._name(claim.value)

    def _amount(self, wanted: Money) -> ClaimResult:
        same = [money for money in self._money if money.value == wanted.value]
        for money in same:
            if money.currency == wanted.currency or DOLLAR in (money.currency, wanted.currency):
                return ClaimResult(ClaimAnswer.FOUND, self._around(money.start, money.start + len(money.written)))
        if same:
            first = same[0]
            passage = self._around(first.start, first.start + len(first.written))
            return ClaimResult(ClaimAnswer.DIFFERS, f"the page has {first.written.strip()}: {passage}")
        return ClaimResult(ClaimAnswer.NOT_FOUND)

    def _date(self, wanted: PartialDate) -> ClaimResult:
        other = None
        for day, start, end in self._dates:
            if day.parts[: len(wanted.parts)] == wanted.parts:
                return ClaimResult(ClaimAnswer.FOUND, self._around(start, end))
            if wanted.has_day and day.has_day and day.parts[:2] == wanted.parts[:2]:
                other = other or (start, end)
        if other is not None:
            return ClaimResult(ClaimAnswer.DIFFERS, f"the page has {self.text[slice(*other)]}: {self._around(*other)}")
        return ClaimResult(ClaimAnswer.NOT_FOUND)

    def _name(self, name: str) -> ClaimResult:
        at = self.text.find(name)
        if at >= 0:
            return ClaimResult(ClaimAnswer.FOUND, self._around(at, at + len(name)))
        if not is_mentioned(name, self.text):
            return ClaimResult(ClaimAnswer.NOT_FOUND)
        words = sorted(name.split(), key=len, reverse=True)
        at = next((place for word in words if (place := self.text.casefold().find(word.casefold())) >= 0), -1)
        return ClaimResult(ClaimAnswer.FOUND, self._around(at, at + len(words[0])) if at >= 0 else "in another form")

    def _around(self, start: int, end: int) -> str:
        before = self.text[max(0, start - _AROUND) : start]
        after = self.text[end : end + _AROUND]
        before = before if start <= _AROUND else f"…{before.partition(' ')[2]}"
        after = after if end + _AROUND >= len(self.text) else f"{after.rpartition(' ')[0]}…"
        return f"{before}{self.text[start:end]}{after}".replace("\n", " ").strip()


def _dates_in(text: str) -> list[tuple[PartialDate, int, int]]:
    """Find the dates that a text mentions, and where each starts and ends."""
    found = find_dates(text[:_LONGEST])
    return [(day, item.start, item.end) for item in found if (day := item.reading.date) is not None]


def claims_of(record: Record) -> Iterator[Claim]:
    """Yield the claims of a record's summary, each once: amounts, dates, and the names of the record in it."""
    summary = record.text("summary")
    seen: set[object] = set()
    for money in find_money(summary):
        if (money.value, money.currency) not in seen:
            seen.add((money.value, money.currency))
            yield Claim("amount", money.written.strip(), money)
    for day, start, end in _dates_in(summary):
        if day not in seen:
            seen.add(day)
            yield Claim("date", summary[start:end], day)
    for field in ("organizations", "systems"):
        for _, item in record.mappings(field):
            name = item.get("name")
            if isinstance(name, str) and name and item.get("anonymized") is not True and is_mentioned(name, summary):
                yield Claim("name", name, name)
