"""Tells whether prose is English, by the small words that no English text does without."""

from __future__ import annotations

import re

_LOOKED_AT = 1500
_LEAST = 3
_WORD = re.compile(r"[^\W\d_]+")

_ENGLISH = frozenset({
    "the", "of", "and", "to", "that", "for", "with", "by", "its", "it", "is", "was", "were", "has", "had", "have",
    "been", "be", "from", "which", "who", "their", "they", "not", "are", "an", "after", "when", "at", "this", "as",
    "on", "but", "would", "than", "into",
})  # fmt: skip
_OTHER = frozenset({
    "der", "die", "das", "und", "ist", "nicht", "ein", "eine", "mit", "von", "dem", "den", "het", "een", "niet",
    "zijn", "voor", "werd", "le", "la", "les", "des", "une", "est", "dans", "qui", "pour", "que", "el", "los", "las",
    "una", "por", "con", "del", "para", "não", "uma", "dos", "il", "di", "che", "è", "della", "per", "och", "att",
    "som", "ett", "är", "og", "af", "til", "ikke", "i", "ja", "että", "nie", "się", "jest", "na", "ve", "bir", "bu",
    "yang", "dan", "untuk", "dengan",
})  # fmt: skip
"""Small words of German, Dutch, French, Spanish, Portuguese, Italian, the Nordic languages, Polish and others."""


def is_english(text: str) -> bool:
    """Tell whether a text is surely English; False for a text too short to tell, and for any other language."""
    words = set(_WORD.findall(text[:_LOOKED_AT].lower()))
    english = len(words & _ENGLISH)
    return english >= _LEAST and english > 2 * len(words & _OTHER)
