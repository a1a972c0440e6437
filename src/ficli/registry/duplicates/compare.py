"""Compare two records: what they share, and whether that makes them one event; title words weigh by IDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from ficli.dates import PartialDate
from ficli.prose.names import spelling_key
from ficli.prose.similarity import words_of
from ficli.wording import counted, quoted

if TYPE_CHECKING:
    from ficli.diagnostics import FieldPath
    from ficli.registry.index_entry import IndexEntry

_SMALL = frozenset(
    "a about after against all also an and are as at be been before being between but by can could did do does during "
    "for from had has have he her his how if in into is it its may more most new no not of off on one or other out "
    "over s said says she should so some than that the their them then there these they this those through to under up "
    "use used uses using via was were what when where which while who will with without would you your ai".split()
)
"""English words without meaning for an incident; `ai` is in all of them. All words of other languages count."""

DAYS = 3
"""Most days between two dates that count as near."""

_SAME_TITLE = 0.85
_NEAR_TITLE = 0.65
LIKE_TITLE = 0.4
_FEWEST_WORDS = 3
_MOST_FACTS = 20_000
_MONTH = 31
_YEAR = 366


class FeatureKind(Enum):
    """The kinds of things that two records can have in common, the strongest first."""

    PAGE = "page"
    QUOTE = "quote"
    TITLE = "title"
    ORGANIZATION = "organization"
    DATE = "date"


class SharedFeature(NamedTuple):
    """One thing that two records have in common.

    Attributes:
        kind: what it is.
        text: the same in words, to follow "the same event, by".
        at: the field in the first record that has it.
        there: the field in the other record.

    """

    kind: FeatureKind
    text: str
    at: FieldPath
    there: FieldPath


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records and what they have in common.

    Attributes:
        one: the later one, which would be merged.
        other: the earlier one.
        signs: what they have in common, the strongest first; never empty.
        likely: whether that is enough to take them for one event.
        score: for sorting, not a probability.

    """

    one: IndexEntry
    other: IndexEntry
    signs: tuple[SharedFeature, ...]
    likely: bool
    score: float


def telling_words(title: str) -> frozenset[str]:
    """Return the distinctive words of a title, in lower case and without a possessive `'s`."""
    return frozenset(word.removesuffix("'s") for word in words_of(title)) - _SMALL


class TitleWords:
    """The inverse document frequency (IDF) of words in the titles of one registry.

    Args:
        titles: the distinctive words of every title.

    """

    def __init__(self, titles: Iterable[frozenset[str]]) -> None:
        self._count = 0
        self._frequency: Counter[str] = Counter()
        for words in titles:
            self._count += 1
            self._frequency.update(words)

    def frequency(self, word: str) -> int:
        """Return the number of titles that have a word (its document frequency)."""
        return self._frequency[word]

    def weight(self, words: Collection[str]) -> float:
        """Return the sum of the IDF weights of words: about 7 for a word in one title of a thousand."""
        total, frequency = self._count + 1, self._frequency
        return sum(log(total / (frequency[word] or 1)) + 1 for word in words)

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return the similarity of two titles: 0 if they share no word, 1 if they share all.

        This is the Dice coefficient over words weighted by their inverse document frequency (IDF).
        """
        shared = one & other
        if not shared:
            return 0.0
        return 2 * self.weight(shared) / (self.weight(one) + self.weight(other))


class _Facts(NamedTuple):
    """The compared facts of a record, computed once.

    `numbers` and `names` are those of its title's words that are numbers or part of an organization's name,
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
        entries: the records; their titles give the document frequency of each word.

    """

    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        self.titles = TitleWords(telling_words(entry.title) for entry in entries)
        self._facts: dict[str, _Facts] = {}

    def compare(self, one: IndexEntry, other: IndexEntry, *, least: float = LIKE_TITLE) -> Likeness | None:
        """Return what two records have in common; None if that is nothing, or a date alone.

        Args:
            one: the later record, which would be merged.
            other: the earlier one.
            least: the least similarity of titles that counts as something in common.

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

    def words(self, entry: IndexEntry) -> frozenset[str]:
        """Return the distinctive words of a record's title."""
        return self._facts_of(entry).words

    def _facts_of(self, entry: IndexEntry) -> _Facts:
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

    def _likeness(self, ours: _Facts, theirs: _Facts, organization: SharedFeature | None) -> float:
        """Return the similarity of the titles; 0 for two that differ in a number, since they are two of a series."""
        if min(len(ours.words), len(theirs.words)) < _FEWEST_WORDS or ours.numbers != theirs.numbers:
            return float(bool(ours.words) and ours.words == theirs.words)
        if organization is not None:  # which is said already, and would make all titles about one firm alike
            return self.titles.likeness(ours.words - ours.names, theirs.words - theirs.names)
        if ours.names - theirs.words and theirs.names - ours.words:  # each names its own: it is another's failure
            return 0.0
        return self.titles.likeness(ours.words, theirs.words)


def _shared_page(one: IndexEntry, other: IndexEntry) -> SharedFeature | None:
    for number, page in enumerate(one.sources):
        if page and page in other.sources:
            there = other.sources.index(page)
            text = f"source {number + 1} is the same page as its source {there + 1}"
            return SharedFeature(FeatureKind.PAGE, text, ("sources", number, "url"), ("sources", there, "url"))
    return None


def _shared_organization(one: IndexEntry, ours: _Facts, theirs: _Facts) -> SharedFeature | None:
    for key, number in ours.organizations.items():
        if (there := theirs.organizations.get(key)) is not None:
            at, elsewhere = ("organizations", number, "name"), ("organizations", there, "name")
            return SharedFeature(
                FeatureKind.ORGANIZATION, f"both name {quoted(one.organizations[number])}", at, elsewhere
            )
    return None


_QUOTE = SharedFeature(FeatureKind.QUOTE, "the quote is the same", ("quote", "text"), ("quote", "text"))


def _title(likeness: float, least: float) -> SharedFeature | None:
    if likeness < least:
        return None
    text = "the titles are all but the same" if likeness >= _SAME_TITLE else "the titles are alike"
    return SharedFeature(FeatureKind.TITLE, text, ("title",), ("title",))


def _date(days: int | None) -> SharedFeature:
    text = f"the dates are {counted(days, 'day')} apart" if days else "the date is the same"
    return SharedFeature(FeatureKind.DATE, text, ("incident_date",), ("incident_date",))


def _days_between(one: IndexEntry, other: IndexEntry, ours: _Facts, theirs: _Facts) -> int | None:
    """Return the least number of days between two dates; None if they may be the same but need not be."""
    if ours.day is not None and theirs.day is not None:
        return abs(ours.day - theirs.day)
    first, second = PartialDate.parse(one.incident_date), PartialDate.parse(other.incident_date)
    if first is None or second is None or not (first.before(second) or second.before(first)):
        return None
    if min(len(first.parts), len(second.parts)) == 1:
        return (abs(first.parts[0] - second.parts[0]) - 1) * _YEAR + 1
    months = [known.parts[0] * 12 + known.parts[1] for known in (first, second)]
    return (abs(months[0] - months[1]) - 1) * _MONTH + 1


def _are_of_one_month(one: IndexEntry, other: IndexEntry) -> bool:
    """Return whether two dates are of one month and at least one has no day."""
    first, second = PartialDate.parse(one.incident_date), PartialDate.parse(other.incident_date)
    if first is None or second is None or (first.has_day and second.has_day):
        return False
    return len(first.parts) > 1 and first.parts[:2] == second.parts[:2]


@lru_cache(maxsize=4096)
def _ordinal(text: str) -> int | None:
    known = PartialDate.parse(text)
    return date(*known.parts).toordinal() if known is not None and known.has_day else None
