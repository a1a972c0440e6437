"""Detect syndication: which sources print one text, such as an agency report or a judgment on two sites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import Any, NamedTuple

from ficli.prose.similarity import nearly_equal, words_of
from ficli.wording import as_text

# In lower case, without punctuation and without "the" in front.
AGENCIES = frozenset(
    {
        "afp",
        "agence france presse",
        "agencia efe",
        "ani",
        "ansa",
        "ap",
        "ap news",
        "associated press",
        "bloomberg news",
        "business wire",
        "canadian press",
        "cnn newsource",
        "cnn wire",
        "conversation",
        "deutsche presse agentur",
        "dpa",
        "globenewswire",
        "kff health news",
        "kyodo news",
        "pa media",
        "pr newswire",
        "press association",
        "press trust of india",
        "propublica",
        "pti",
        "reuters",
        "thomson reuters",
        "united press international",
        "upi",
        "xinhua",
        "xinhua news agency",
        "yonhap",
        "yonhap news agency",
    },
)


_DASH = re.compile(r"\s[|–—-]\s")
_TELLING = 24  # bytes, so that the few characters of a Chinese title count for more than as many letters

_MOST_COMPARED = 20_000
"""Pairs of titles that are compared for one record at most."""


class TitleText(NamedTuple):
    """What is compared to find out whether two sources have one text.

    `title` is without the publisher's name, `words` are those of the title, `agency` is whether an agency wrote it.
    """

    title: str
    words: tuple[str, ...]
    kind: str
    agency: bool


def title_text(source: Mapping[str, Any], domain: str, *, agency: bool) -> TitleText:
    """Return what is compared of a source: its title and byline.

    Args:
        source: the source; any field may be missing or of the wrong type.
        domain: its registrable domain.
        agency: whether its site is an agency's.

    """
    publisher = as_text(source.get("publisher"))
    title = _without_publisher(as_text(source.get("title")), publisher, domain)
    authors = source.get("authors")
    names = [publisher, *(authors if isinstance(authors, list) else ())]
    return TitleText(title, tuple(words_of(title)), as_text(source.get("kind")), agency or any(map(_is_agency, names)))


def same_texts(texts: Sequence[TitleText]) -> list[int]:
    """Number texts so that copies have the same number (union-find). A copy of a copy is a copy."""
    by_title: dict[tuple[object, ...], int] = {}
    group = [
        by_title.setdefault(_title_key(text), number) if text.words else number for number, text in enumerate(texts)
    ]
    if any(text.agency for text in texts):
        for one, other in islice(_candidates(texts), _MOST_COMPARED):
            ours, theirs = _first(group, one), _first(group, other)
            if ours != theirs and nearly_equal(texts[one].title, texts[other].title):
                # Union: the smaller number is the root, so that a group is named by its first text.
                group[max(ours, theirs)] = min(ours, theirs)
    return [_first(group, number) for number in range(len(texts))]


def _first(group: list[int], number: int) -> int:
    """Return the representative of a text (find of union-find, with path halving)."""
    while group[number] != number:
        # Path halving keeps the trees of the union-find flat.
        group[number] = group[group[number]]
        number = group[number]
    return number


def _title_key(text: TitleText) -> tuple[object, ...]:
    telling = len(" ".join(text.words).encode(errors="surrogatepass")) >= _TELLING
    return text.words if telling else (text.words, text.kind)


def _candidates(texts: Sequence[TitleText]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose titles may be nearly equal, if an agency wrote one of them.

    Titles that differ in one word of ten share a word among the two or three rarest of each (prefix filtering): only
    pairs that share such a word are compared, so the time grows with the number of sources.
    """
    frequency = Counter(word for text in texts for word in set(text.words))
    by_word: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        rarest = sorted(set(text.words), key=lambda word: (frequency[word], word))
        # Prefix filtering: if k words may differ, nearly equal titles share one of their k + 1 rarest.
        for word in rarest[: len(text.words) // 10 + 1]:
            by_word.setdefault(word, []).append(number)
    for numbers in by_word.values():
        for one, other in combinations(numbers, 2):
            if (texts[one].agency or texts[other].agency) and _differ_little(texts[one].words, texts[other].words):
                yield one, other


def _differ_little(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return False for most pairs, quickly; `nearly_equal` also compares how often each word occurs."""
    return len({*one}.difference(other)) <= len(one) // 10 and len({*other}.difference(one)) <= len(other) // 10


def _without_publisher(title: str, publisher: str, domain: str) -> str:
    """Remove the publisher's name from the end of a title: "Robot errs - The Example", "Robot errs | example.com"."""
    *_, dash = (None, *_DASH.finditer(title))
    if dash is None:
        return title
    known = {"".join(words_of(publisher)), "".join(words_of(domain)), domain.partition(".")[0]}
    return title[: dash.start()] if "".join(words_of(title[dash.end() :])) in known else title


def _is_agency(name: object) -> bool:
    return isinstance(name, str) and " ".join(words_of(name)).removeprefix("the ") in AGENCIES
