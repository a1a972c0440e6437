"""Compares two records by what they have in common, and tells whether that makes them one event told twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ficli.dates import PartialDate
from ficli.incident.text.names import spelling_key
from ficli.registry.resemblance.titles import TitleWords, telling_words
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.diagnostics import FieldPath
    from ficli.registry.entry import Entry

DAYS = 3
"""Two dates are near when no more days are between them."""

_SAME_TITLE = 0.85
_NEAR_TITLE = 0.65
LIKE_TITLE = 0.4
_FEWEST_WORDS = 3
_MOST_FACTS = 20_000
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


class _Facts(NamedTuple):
    """What is compared of a record, worked out once.

    `numbers` and `names` are those of its title's words that number something or are of an organization's name,
    `organizations` is by spelling key, `day` counts days.
    """

    words: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    organizations: dict[str, int]
    day: int | None


class Comparison:
    """Compares records of one registry.

    Args:
        entries: the records, from whose titles it learns which words are common.

    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.titles = TitleWords(telling_words(entry.title) for entry in entries)
        self._facts: dict[str, _Facts] = {}

    def compare(self, one: Entry, other: Entry, *, least: float = LIKE_TITLE) -> Likeness | None:
        """Tell what two records have in common; None where that is nothing, or a date alone.

        Args:
            one: the later record, which would give way.
            other: the one that was there before.
            least: how like titles have to be to count as something in common.

        """
        ours, theirs = self._facts_of(one), self._facts_of(other)
        page = _shared_page(one, other)
        organization = _shared_organization(one, ours, theirs)
        title = self._likeness(ours, theirs, organization)
        quote = bool(one.quote) and one.quote == other.quote
        if page is None and organization is None and title < least and not quote:
            return None
        days = _days_between(one, other, ours, theirs)
        near = days is not None and days <= DAYS and None not in (ours.day, theirs.day)
        others = bool(ours.organizations and theirs.organizations) and organization is None
        also = (organization is not None) + near + (title >= LIKE_TITLE)
        likely = (
            (page is not None and (also > 1 or title >= _NEAR_TITLE))
            or (page is not None and organization is not None and _are_of_one_month(one, other))
            or (quote and (also > 0 or page is not None))
            or (title >= _SAME_TITLE and (days is None or days <= _MONTH))
            or (title >= _NEAR_TITLE and near and not others)
            or (title >= _NEAR_TITLE and organization is not None and days is not None and days <= _MONTH)
            or (title >= LIKE_TITLE and near and organization is not None)
        )
        signs = (page, _QUOTE if quote else None, _title(title, least), organization, _date(days) if near else None)
        score = 3 * (page is not None) + 3 * quote + 4 * title + (organization is not None) + near
        return Likeness(one, other, tuple(sign for sign in signs if sign is not None), likely, score)

    def words(self, entry: Entry) -> frozenset[str]:
        """Give the telling words of a record's title."""
        return self._facts_of(entry).words

    def _facts_of(self, entry: Entry) -> _Facts:
        known = self._facts.get(entry.path)
        if known is None:
            if len(self._facts) >= _MOST_FACTS:
                self._facts.clear()  # what is compared next is near by as a rule, and memory is bounded
            words = telling_words(entry.title)
            keys = {spelling_key(name): number for number, name in reversed([*enumerate(entry.organizations)]) if name}
            known = self._facts[entry.path] = _Facts(
                words,
                frozenset(word for word in words if not word.isalpha() and any(map(str.isdigit, word))),
                words & telling_words(" ".join(entry.organizations)),
                keys,
                _ordinal(entry.incident_date),
            )
        return known

    def _likeness(self, ours: _Facts, theirs: _Facts, organization: Sign | None) -> float:
        """Tell how like the titles are; two that differ in a number are two of a series, and not alike."""
        if min(len(ours.words), len(theirs.words)) < _FEWEST_WORDS or ours.numbers != theirs.numbers:
            return float(bool(ours.words) and ours.words == theirs.words)
        if organization is not None:  # which is said already, and would make all titles about one firm alike
            return self.titles.likeness(ours.words - ours.names, theirs.words - theirs.names)
        if ours.names - theirs.words and theirs.names - ours.words:  # each names its own: it is another's failure
            return 0.0
        return self.titles.likeness(ours.words, theirs.words)


def _shared_page(one: Entry, other: Entry) -> Sign | None:
    for number, page in enumerate(one.sources):
        if page and page in other.sources:
            there = other.sources.index(page)
            text = f"source {number + 1} is the same page as its source {there + 1}"
            return Sign(SignKind.PAGE, text, ("sources", number, "url"), ("sources", there, "url"))
    return None


def _shared_organization(one: Entry, ours: _Facts, theirs: _Facts) -> Sign | None:
    for key, number in ours.organizations.items():
        if (there := theirs.organizations.get(key)) is not None:
            at, elsewhere = ("organizations", number, "name"), ("organizations", there, "name")
            return Sign(SignKind.ORGANIZATION, f"both name {quoted(one.organizations[number])}", at, elsewhere)
    return None


_QUOTE = Sign(SignKind.QUOTE, "the quote is the same", ("quote", "text"), ("quote", "text"))


def _title(likeness: float, least: float) -> Sign | None:
    if likeness < least:
        return None
    text = "the titles are all but the same" if likeness >= _SAME_TITLE else "the titles are alike"
    return Sign(SignKind.TITLE, text, ("title",), ("title",))


def _date(days: int | None) -> Sign:
    text = f"the dates are {counted(days, 'day')} apart" if days else "the date is the same"
    return Sign(SignKind.DATE, text, ("incident_date",), ("incident_date",))


def _days_between(one: Entry, other: Entry, ours: _Facts, theirs: _Facts) -> int | None:
    """Count the days between two dates, at the least; None where they may be the same but need not be."""
    if ours.day is not None and theirs.day is not None:
        return abs(ours.day - theirs.day)
    first, second = PartialDate.parse(one.incident_date), PartialDate.parse(other.incident_date)
    if first is None or second is None or not (first.before(second) or second.before(first)):
        return None
    if min(len(first.parts), len(second.parts)) == 1:
        return (abs(first.parts[0] - second.parts[0]) - 1) * _YEAR + 1
    months = [known.parts[0] * 12 + known.parts[1] for known in (first, second)]
    return (abs(months[0] - months[1]) - 1) * _MONTH + 1


def _are_of_one_month(one: Entry, other: Entry) -> bool:
    """Tell whether two dates are of one month, of which at least one does not name the day."""
    first, second = PartialDate.parse(one.incident_date), PartialDate.parse(other.incident_date)
    if first is None or second is None or (first.has_day and second.has_day):
        return False
    return len(first.parts) > 1 and first.parts[:2] == second.parts[:2]


@lru_cache(maxsize=4096)
def _ordinal(text: str) -> int | None:
    known = PartialDate.parse(text)
    return date(*known.parts).toordinal() if known is not None and known.has_day else None
