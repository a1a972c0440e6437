"""Which sources print one text: an article and its syndicated copies, a judgment on two sites, a joint investigation.

Copies are known by their titles. The same title is the same text wherever it stands, but for a short one, which may
be no more than the name of a case: that takes the same kind of source as well. Nearly the same title is the same text
where an agency is one of the two publishers, since papers touch up the headlines that agencies send them.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from ficli.incident.agencies import AGENCIES
from ficli.incident.text.likeness import nearly_equal, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

_DASH = re.compile(r"\s[|–—-]\s")
_TELLING = 24  # bytes, so that the few characters of a Chinese title count for more than as many letters

_MOST_COMPARED = 20_000
"""More pairs of titles than this are compared for no record, whoever wrote it."""


class Text(NamedTuple):
    """What tells whether two sources print one text.

    `title` is without the publisher's name, `words` are those of the title, `agency` tells whether an agency wrote it.
    """

    title: str
    words: tuple[str, ...]
    kind: str
    agency: bool


def text_of(source: Mapping[str, Any], domain: str, *, agency: bool) -> Text:
    """Read a source's title and byline.

    Args:
        source: the source, of which any field may be missing or of the wrong type.
        domain: its registrable domain.
        agency: whether its site is an agency's.

    """
    publisher = _text(source.get("publisher"))
    title = _without_publisher(_text(source.get("title")), publisher, domain)
    authors = source.get("authors")
    names = [publisher, *(authors if isinstance(authors, list) else ())]
    return Text(title, tuple(words_of(title)), _text(source.get("kind")), agency or any(map(_is_agency, names)))


def same_texts(texts: Sequence[Text]) -> list[int]:
    """Number texts so that copies of one text have the same number. A copy of a copy is a copy."""
    by_title: dict[tuple[object, ...], int] = {}
    group = [
        by_title.setdefault(_title_key(text), number) if text.words else number for number, text in enumerate(texts)
    ]
    if any(text.agency for text in texts):
        for one, other in islice(_candidates(texts), _MOST_COMPARED):
            ours, theirs = _first(group, one), _first(group, other)
            if ours != theirs and nearly_equal(texts[one].title, texts[other].title):
                group[max(ours, theirs)] = min(ours, theirs)
    return [_first(group, number) for number in range(len(texts))]


def _first(group: list[int], number: int) -> int:
    """Follow a text to the first of its copies, and shorten the way for the next who asks."""
    while group[number] != number:
        group[number] = group[group[number]]
        number = group[number]
    return number


def _title_key(text: Text) -> tuple[object, ...]:
    telling = len(" ".join(text.words).encode(errors="surrogatepass")) >= _TELLING
    return text.words if telling else (text.words, text.kind)


def _candidates(texts: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose titles may be nearly equal, where an agency wrote one of them.

    Titles that differ in one word of ten have a word in common among the two or three rarest of each: so only those
    that share such a word are compared, and many sources take no longer than their number.
    """
    frequency = Counter(word for text in texts for word in set(text.words))
    by_word: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        rarest = sorted(set(text.words), key=lambda word: (frequency[word], word))
        for word in rarest[: len(text.words) // 10 + 1]:
            by_word.setdefault(word, []).append(number)
    for numbers in by_word.values():
        for one, other in combinations(numbers, 2):
            if (texts[one].agency or texts[other].agency) and _differ_little(texts[one].words, texts[other].words):
                yield one, other


def _differ_little(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Rule most pairs out quickly; `nearly_equal` counts how often each word stands there as well."""
    return len({*one}.difference(other)) <= len(one) // 10 and len({*other}.difference(one)) <= len(other) // 10


def _without_publisher(title: str, publisher: str, domain: str) -> str:
    """Take the publisher's name off the end of a title: "Robot errs - The Example", "Robot errs | example.com"."""
    *_, dash = (None, *_DASH.finditer(title))
    if dash is None:
        return title
    known = {"".join(words_of(publisher)), "".join(words_of(domain)), domain.partition(".")[0]}
    return title[: dash.start()] if "".join(words_of(title[dash.end() :])) in known else title


def _is_agency(name: object) -> bool:
    return isinstance(name, str) and " ".join(words_of(name)).removeprefix("the ") in AGENCIES


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
