"""Slugs: a suggestion from a title, and whether one ends in the middle of a word.

A slug stands in the address of a page for good, so that a suggestion has whole words only, the telling ones of the
title, and the name of the organization.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from ficli.incident.text.names import without_legal_form

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 60
"""Characters of a slug."""

MOST_WORDS: Final = 6
"""Words of a suggestion."""

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD: Final = re.compile(r"[a-z0-9]+")
_DOTTED: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_GENITIVE: Final = re.compile(r"['’]s\b", re.IGNORECASE)
_APOSTROPHE: Final = re.compile(r"(?<=\w)['’](?=\w)")
_THOUSANDS: Final = re.compile(r"(?<=\d)[,'’ ](?=\d{3}\b)")
_LETTERS: Final = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
    "ð": "d", "þ": "th", "Þ": "th", "ı": "i",
})  # fmt: skip
"""Letters that do not come apart into one of a to z and an accent."""

_NOT_TELLING: Final = frozenset({
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "within", "into", "onto",
    "over", "under", "about", "after", "before", "during", "amid", "as", "and", "or", "but", "nor", "than",
    "then", "that", "this", "these", "those", "which", "who", "whom", "whose", "what", "when", "where", "while",
    "it", "its", "he", "she", "they", "his", "her", "their", "them", "is", "are", "was", "were", "be", "been",
    "being", "has", "have", "had", "does", "did", "do", "will", "would", "could", "should", "may", "might",
    "can", "so", "such", "also", "just", "very", "more", "most", "some", "there", "here", "out", "up", "using",
    "via", "per", "due", "allegedly", "reportedly",
})  # fmt: skip
"""Words that join others. `no`, `not`, `without` and `against` are not among them: they turn the meaning around."""

_MOST_NAME_WORDS: Final = 3
_SHORTEST_CUT: Final = 3
_LEAST_MISSING: Final = 2
_INFLECTION: Final = re.compile(r"(?:e?s|e?d|ing|ings|ers?|ors?|ly|al)")
"""What English adds to a whole word: `ban` is not cut off from `banned`, nor `legal` from `legally`."""


def suggest_slug(title: str, organizations: Iterable[str] = ()) -> str:
    """Make a slug of the telling words of a title and the first organization's name.

    Args:
        title: the title, in any script.
        organizations: the names; the first is put in front where the title does not say any of them.

    Returns:
        At most six whole words and 60 characters; nothing where no word can be written in the letters a to z.

    """
    words = list(dict.fromkeys(word for word in _spelled(title) if word not in _NOT_TELLING and len(word) <= LONGEST))
    if not words:
        return ""
    names = [_name_words(name) for name in organizations]
    kept = next((present for name in names if (present := [word for word in words if word in name])), [])
    if not kept:
        kept = next((name for name in names if name), [])
        words = [*kept, *(word for word in words if word not in kept)]
    kept = kept[:_MOST_NAME_WORDS]
    chosen = [word for word in words if word in kept]
    for word in words:
        if len(chosen) < MOST_WORDS and word not in chosen:
            chosen.append(word)
    ordered = [word for word in words if word in chosen]
    while len("-".join(ordered)) > LONGEST or (ordered and cut_from(ordered[-1], title)):
        ordered.remove(next((word for word in reversed(ordered) if word not in kept), ordered[-1]))
    return "-".join(ordered)


def why_no_slug(slug: str) -> str:
    """Say what is wrong with the form of a slug; nothing where it is right."""
    if len(slug) > LONGEST:
        return f"it has {len(slug):,} characters, and {LONGEST} is the most"
    if not _SLUG.fullmatch(slug):
        return "it is lower-case words and numbers of a to z and 0 to 9, joined by hyphens"
    return ""


def free_slug(slug: str, taken: Iterable[str]) -> str:
    """Give a slug like this one that is not taken: with the first free number behind it."""
    taken = set(taken)
    number = 2
    while (candidate := f"{_shortened(slug, len(str(number)) + 1)}-{number}") in taken:
        number += 1
    return candidate


def _shortened(slug: str, room: int) -> str:
    """Drop words from the end until a suffix of so many characters has room."""
    while len(slug) + room > LONGEST and "-" in slug:
        slug = slug.rpartition("-")[0]
    return slug[: LONGEST - room]


def cut_from(word: str, title: str) -> str:
    """Give the word of a title that a word was cut off from, or nothing where it is whole."""
    if len(word) < _SHORTEST_CUT or not word.isalpha():
        return ""
    words = slug_words(title)
    if word in words:
        return ""
    return next((longer for longer in words if longer.startswith(word) and _is_cut(word, longer)), "")


def slug_words(text: str) -> list[str]:
    """Split text into words as a slug is made: in lower case, without accents."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return _WORD.findall(text.lower())


def _spelled(text: str) -> list[str]:
    """Split text into words that read well by themselves: `U.S.` is `us`, `airline's` is `airline`."""
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = _THOUSANDS.sub("", _GENITIVE.sub("", text))
    return slug_words(_APOSTROPHE.sub("", text))


def _name_words(name: str) -> list[str]:
    words = _spelled(without_legal_form(name))
    return list(dict.fromkeys(word for word in words if word not in _NOT_TELLING))[:_MOST_NAME_WORDS]


def _is_cut(word: str, longer: str) -> bool:
    rest = longer.removeprefix(word)
    if len(rest) < _LEAST_MISSING:
        return False
    undoubled = rest.removeprefix(word[-1])  # ban, banned
    return not (_INFLECTION.fullmatch(rest) or _INFLECTION.fullmatch(undoubled))
