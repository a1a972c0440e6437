"""How like each other titles are, by their telling words: a rare word that both have says more than a common one."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from ficli.incident.text.likeness import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_SMALL = frozenset(
    "a about after against all also an and are as at be been before being between but by can could did do does during "
    "for from had has have he her his how if in into is it its may more most new no not of off on one or other out "
    "over s said says she should so some than that the their them then there these they this those through to under up "
    "use used uses using via was were what when where which while who will with without would you your ai".split()
)
"""English words that say nothing of an incident; `ai` is in all of them. Words of other languages all count."""


def telling_words(title: str) -> frozenset[str]:
    """Give the words of a title that tell what it is about, in lower case and without a possessive `'s`."""
    return frozenset(word.removesuffix("'s") for word in words_of(title)) - _SMALL


class TitleWords:
    """How telling each word is among the titles of one registry.

    Args:
        titles: the telling words of every title.

    """

    def __init__(self, titles: Iterable[frozenset[str]]) -> None:
        self._count = 0
        self._frequency: Counter[str] = Counter()
        for words in titles:
            self._count += 1
            self._frequency.update(words)

    def frequency(self, word: str) -> int:
        """Count the titles that have a word."""
        return self._frequency[word]

    def weight(self, words: Collection[str]) -> float:
        """Sum up how telling words are: about 7 for one that stands in a single title of a thousand."""
        total, frequency = self._count + 1, self._frequency
        return sum(log(total / (frequency[word] or 1)) + 1 for word in words)

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Tell how like two titles are: 0 where they share no word, 1 where they share all.

        This is the Dice coefficient over words weighted by their inverse document frequency.
        """
        shared = one & other
        if not shared:
            return 0.0
        return 2 * self.weight(shared) / (self.weight(one) + self.weight(other))
