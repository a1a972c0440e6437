"""Compares two records by what they have in common, and tells whether that makes them one event told twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ficli.incident.dates import PartialDate
from ficli.incident.text.names import spelling_key
from ficli.registry.resemblance.titles import TitleWords, telling_words
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.diagnostics import FieldPath
    from ficli.registry.entry import Entry

DAYS = 3
"""Two dates are near when no more days are between them."""

_SAME_TITLE = 0.85
_NEAR_TITLE = 0.65
_LIKE_TITLE = 0.35
_FEWEST_WORDS = 3
_MONTH = 31
_YEAR = 366


class SignKind(Enum):
    """What two records have in common, the most telling first."""

    PAGE = "page"
    QUOTE = "quote"
    TITLE = "title"
    ORGANIZATION = "organization"
    DATE = "date"


class Sign(NamedTuple):
    """One thing that two records have in common.

    Attributes:
        kind: what it is.
        text: the same in words, to follow "the same event, by".
        at: the field in the first record that shows it.
        there: the field in the other record.

    """

    kind: SignKind
    text: str
    at: FieldPath
    there: FieldPath


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records and what they have in common.

    Attributes:
        one: the later one, which would give way.
        other: the one that was there before.
        signs: what they have in common, the most telling first; never empty.
        likely: whether that is enough to take them for one event.
        score: how much it is: for an order, not a probability.

    """

    one: Entry
    other: Entry
    signs: tuple[Sign, ...]
    likely: bool
    score: float


class Comparison:
    """Compares records of one registry.

    Args:
        entries: the records, from whose titles it learns which words are common.

    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._words: dict[str, frozenset[str]] = {}
        self.titles = TitleWords(self.words(entry) for entry in entries)

    def words(self, entry: Entry) -> frozenset[str]:
        """Give the telling words of a record's title."""
        known = self._words.get(entry.title)
        if known is None:
            known = self._words[entry.title] = telling_words(entry.title)
        return known

    def compare(self, one: Entry, other: Entry) -> Likeness | None:
        """Tell what two records have in common; None where that is nothing, or a date alone."""
        page = _shared_page(one, other)
        organization = _shared_organization(one, other)
        quote = bool(one.quote) and one.quote == other.quote
        days = _days_between(one.incident_date, other.incident_date)
        title = self._likeness(one, other, organization)
        near = days is not None and days <= DAYS and _both_name_a_day(one, other)
        signs = [sign for sign in (page, _quote(one, other), _title(title), organization) if sign is not None]
        if not signs:
            return None
        if near:
            signs.append(Sign(SignKind.DATE, _near(days or 0), ("incident_date",), ("incident_date",)))
        others = any(one.organizations) and any(other.organizations) and organization is None
        also = (organization is not None) + near + (title >= _LIKE_TITLE)
        likely = (
            (page is not None and (also > 1 or title >= _NEAR_TITLE))
            or (quote and (also > 0 or page is not None))
            or (title >= _SAME_TITLE and (days is None or days <= _MONTH))
            or (title >= _NEAR_TITLE and near and not others)
            or (title >= _NEAR_TITLE and organization is not None and days is not None and days <= _YEAR)
            or (title >= _LIKE_TITLE and near and organization is not None)
        )
        score = 3 * (page is not None) + 3 * quote + 4 * title + (organization is not None) + near
        return Likeness(one, other, tuple(signs), likely, score)

    def _likeness(self, one: Entry, other: Entry, organization: Sign | None) -> float:
        ours, theirs = self.words(one), self.words(other)
        if min(len(ours), len(theirs)) < _FEWEST_WORDS or _numbers(ours) != _numbers(theirs):
            return 0.0 if ours != theirs or not ours else 1.0
        if organization is not None:  # which is said already, and would make all titles about one firm alike
            name = telling_words(one.organizations[int(organization.at[1])])
            ours, theirs = ours - name, theirs - name
        return self.titles.likeness(ours, theirs)


def _numbers(words: frozenset[str]) -> frozenset[str]:
    """Find the words that number something: two titles that differ in them are two of a series."""
    return frozenset(word for word in words if any(character.isdigit() for character in word))


def _shared_page(one: Entry, other: Entry) -> Sign | None:
    for number, page in enumerate(one.sources):
        if page and page in other.sources:
            there = other.sources.index(page)
            text = f"source {number + 1} is the same page as its source {there + 1}"
            return Sign(SignKind.PAGE, text, ("sources", number, "url"), ("sources", there, "url"))
    return None


def _shared_organization(one: Entry, other: Entry) -> Sign | None:
    theirs = {spelling_key(name): number for number, name in reversed([*enumerate(other.organizations)]) if name}
    for number, name in enumerate(one.organizations):
        if name and (there := theirs.get(spelling_key(name))) is not None:
            at, elsewhere = ("organizations", number, "name"), ("organizations", there, "name")
            return Sign(SignKind.ORGANIZATION, f"both name {quoted(name)}", at, elsewhere)
    return None


def _quote(one: Entry, other: Entry) -> Sign | None:
    if not one.quote or one.quote != other.quote:
        return None
    return Sign(SignKind.QUOTE, "the quote is the same", ("quote", "text"), ("quote", "text"))


def _title(likeness: float) -> Sign | None:
    if likeness < _LIKE_TITLE:
        return None
    text = "the titles are all but the same" if likeness >= _SAME_TITLE else "the titles are alike"
    return Sign(SignKind.TITLE, text, ("title",), ("title",))


def _near(days: int) -> str:
    if days == 0:
        return "the date is the same"
    return f"the dates are {days} day{'s' if days > 1 else ''} apart"


def _days_between(one: str, other: str) -> int | None:
    """Count the days between two dates; None where one of them names no day, and they may be the same."""
    ours, theirs = _ordinal(one), _ordinal(other)
    if ours is None or theirs is None:
        first, second = PartialDate.parse(one), PartialDate.parse(other)
        if first is None or second is None or not (first.before(second) or second.before(first)):
            return None
        return (abs(_months(first) - _months(second)) - 1) * _MONTH + 1
    return abs(ours - theirs)


def _both_name_a_day(one: Entry, other: Entry) -> bool:
    return _ordinal(one.incident_date) is not None and _ordinal(other.incident_date) is not None


def _months(known: PartialDate) -> int:
    year, month = (*known.parts, 6)[:2]
    return year * 12 + month


@lru_cache(maxsize=4096)
def _ordinal(text: str) -> int | None:
    known = PartialDate.parse(text)
    return date(*known.parts).toordinal() if known is not None and known.has_day else None
