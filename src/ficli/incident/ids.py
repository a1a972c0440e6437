"""The two names of a record: the ID (`FI-0232`) and the slug, with suggestions that cut no word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ficli.config import Config


MOST_DIGITS = 18
"""Most digits of a number that is parsed; no registry will have more records."""


@lru_cache(maxsize=8)
def id_pattern(prefix: str, digits: int) -> str:
    """Write the form of a registry's IDs as a regular expression that JSON Schema and Python both read.

    A number is padded to `digits` and may grow past them: `FI-0232`, `FI-10000`, never `FI-00232`.
    """
    return f"^{re.escape(prefix)}-([0-9]{{{digits}}}|[1-9][0-9]{{{digits},}})$"


def is_id(text: str, config: Config) -> bool:
    """Return whether a text has the form of this registry's IDs."""
    return re.match(id_pattern(config.id_prefix, config.id_digits), text) is not None and not text.endswith("\n")


def format_id(number: int, config: Config) -> str:
    """Format a number as an ID: 232 is `FI-0232`."""
    return f"{config.id_prefix}-{number:0{config.id_digits}}"


def id_number(text: str, config: Config) -> int | None:
    """Parse the number of an ID, with any padding and in any case; None if the text is not an ID.

    It accepts more than `is_id`, so that a number that was once written wrongly is not given to another record.
    """
    match = _loose_pattern(config.id_prefix).fullmatch(text)
    return int(match[1]) if match else None


@lru_cache(maxsize=8)
def _loose_pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(prefix)}-([0-9]{{1,{MOST_DIGITS}}})", re.IGNORECASE | re.ASCII)


LONGEST: Final = 60
"""Most characters of a slug."""

MOST_WORDS: Final = 6
"""Most words of a suggestion."""

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
"""Letters that Unicode does not decompose into one of a to z and an accent."""

_NOT_TELLING: Final = frozenset({
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "within", "into", "onto",
    "over", "under", "about", "after", "before", "during", "amid", "as", "and", "or", "but", "nor", "than",
    "then", "that", "this", "these", "those", "which", "who", "whom", "whose", "what", "when", "where", "while",
    "it", "its", "he", "she", "they", "his", "her", "their", "them", "is", "are", "was", "were", "be", "been",
    "being", "has", "have", "had", "does", "did", "do", "will", "would", "could", "should", "may", "might",
    "can", "so", "such", "also", "just", "very", "more", "most", "some", "there", "here", "out", "up", "using",
    "via", "per", "due", "allegedly", "reportedly",
})  # fmt: skip
"""Words that join others. `no`, `not`, `without` and `against` are not among them: they reverse the meaning."""

_MOST_NAME_WORDS: Final = 3
_SHORTEST_CUT: Final = 3
_LEAST_MISSING: Final = 2
_INFLECTION: Final = re.compile(r"(?:e?s|e?d|ing|ings|ers?|ors?|ly|al)")
"""Endings that English adds to a whole word: `ban` is not cut off from `banned`, nor `legal` from `legally`."""


def suggest_slug(title: str, organizations: Iterable[str] = ()) -> str:
    """Suggest a slug from the distinctive words of a title and the first organization's name.

    Args:
        title: the title, in any script.
        organizations: the names; the first is put in front if the title has none of them.

    Returns:
        At most six whole words and 60 characters; empty if no word can be written in the letters a to z.

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
    """Return what is wrong with the form of a slug; empty if it is valid."""
    if len(slug) > LONGEST:
        return f"it has {len(slug):,} characters, and {LONGEST} is the most"
    if not _SLUG.fullmatch(slug):
        return "it is lower-case words and numbers of a to z and 0 to 9, joined by hyphens"
    return ""


def free_slug(slug: str, taken: Iterable[str]) -> str:
    """Return a slug like this one that is not taken: with the first free number as a suffix."""
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
    """Return the word of a title that a slug's last word was cut off from; empty if it is whole."""
    if len(word) < _SHORTEST_CUT or not word.isalpha():
        return ""
    words = slug_words(title)
    if word in words:
        return ""
    return next((longer for longer in words if longer.startswith(word) and _is_cut(word, longer)), "")


def slug_words(text: str) -> list[str]:
    """Split text into words for a slug: in lower case, without accents."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return _WORD.findall(text.lower())


def _spelled(text: str) -> list[str]:
    """Split text into words that read well by themselves: `U.S.` is `us`, `airline's` is `airline`."""
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = _THOUSANDS.sub("", _GENITIVE.sub("", text))
    return slug_words(_APOSTROPHE.sub("", text))


def _name_words(name: str) -> list[str]:
    from ficli.prose.names import without_legal_form

    words = _spelled(without_legal_form(name))
    return list(dict.fromkeys(word for word in words if word not in _NOT_TELLING))[:_MOST_NAME_WORDS]


def _is_cut(word: str, longer: str) -> bool:
    rest = longer.removeprefix(word)
    if len(rest) < _LEAST_MISSING:
        return False
    undoubled = rest.removeprefix(word[-1])  # ban, banned
    return not (_INFLECTION.fullmatch(rest) or _INFLECTION.fullmatch(undoubled))
