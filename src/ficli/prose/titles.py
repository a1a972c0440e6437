"""The style of a title: blanks and a period at its ends, and English Title Case instead of sentence case."""

from __future__ import annotations

import re

from ficli.prose.sentences import ends_with_abbreviation

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset({
    "about", "above", "after", "against", "along", "amid", "among", "around", "before", "behind", "below", "beneath",
    "beside", "between", "beyond", "despite", "down", "during", "from", "inside", "into", "like", "near", "onto",
    "over", "past", "since", "than", "that", "their", "them", "then", "these", "they", "this", "those", "through",
    "toward", "towards", "under", "underneath", "unlike", "until", "upon", "versus", "what", "when", "where", "which",
    "while", "whose", "will", "with", "within", "without", "have", "been", "were", "your", "some", "such", "also",
    "more", "most", "only", "each", "both", "very", "just",
})  # fmt: skip
"""Words that some styles of Title Case leave in lower case."""

_CONTENT_LENGTH = 4
_LEAST_CAPITALS = 3
_LEAST_WORDS_IN_CAPITALS = 4


def tidied(title: str) -> str:
    """Remove the blanks at the ends of a title, and a final period that does not belong to its last word."""
    bare = title.strip().removesuffix("。")
    if bare.endswith(".") and not bare.endswith("..") and not ends_with_abbreviation(bare):
        return bare[:-1].rstrip()
    return bare


def is_title_case(title: str) -> bool:
    """Return whether Every Longer Word of a Title Has a Capital.

    One longer word in lower case is enough to make it a sentence, whatever names it has. Titles of court cases,
    which are all names, do not count.
    """
    capitals = 0
    for word in _WORD.findall(title, title.find(" ") + 1):
        if len(word) < _CONTENT_LENGTH or word.lower() in _SMALL:
            continue
        if word[0].islower():
            return False
        capitals += word.istitle() or "'" in word or "’" in word
    return capitals >= _LEAST_CAPITALS and " v. " not in title and " vs. " not in title


def is_in_capitals(title: str) -> bool:
    """Return whether A WHOLE TITLE IS IN CAPITALS."""
    return title.isupper() and len(_WORD.findall(title)) >= _LEAST_WORDS_IN_CAPITALS
