"""English prose: whether a text is English, and the words that mark a claim ("allegedly", "according to")."""

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
    """Return whether a text is certainly English; False for a text that is too short, and for any other language."""
    words = set(_WORD.findall(text[:_LOOKED_AT].lower()))
    english = len(words & _ENGLISH)
    return english >= _LEAST and english > 2 * len(words & _OTHER)


_WORDS = (
    # of a claim and the one who makes it
    r"alleg\w+",
    r"accus\w+",
    r"claim(?:s|ed|ing|ants?)?",
    r"purport\w*",
    r"contend\w*",
    r"assert(?:s|ed|ing|ions?)?",
    r"argu(?:e|es|ed|ing)",
    r"insist(?:s|ed)?",
    r"complain(?:s|ed|ts?|ants?|ing)?",
    r"accord(?:ing|s|ed)? (?:to|with)",
    r"sa(?:ys?|id|ying)",
    r"stat(?:es|ed) (?:that|in)",
    r"report(?:s|ed|edly|ing)?",
    r"describ(?:es|ed)",
    r"f(?:ind|inds|ound) that",
    r"sho(?:ws?|wed) that",
    r"conclud(?:es|ed) that",
    r"warn(?:s|ed|ing)?",
    r"critici[sz](?:es|ed)",
    r"concern(?:s|ed)?",
    r"den(?:y|ies|ied|ial)",
    r"disput(?:es?|ed)",
    # of a case that is not decided
    r"lawsuits?",
    r"class[- ]action",
    r"su(?:e|es|ed|ing)",
    r"suits?",
    r"plaintiffs?",
    r"defendants?",
    r"petition(?:s|ed|ers?)?",
    r"filed",
    r"seek(?:s|ing)?",
    r"pending",
    r"charge[sd]? (?:with|that)",
    r"(?:under|is|are|was|were) (?:being )?investigat\w+",
    r"investigations?",
    r"whether",
    # of doubt
    r"suspect(?:s|ed|ing)?",
    r"suppos(?:ed|edly)",
    r"apparent(?:ly)?",
    r"appear(?:s|ed)? to",
    r"seem(?:s|ed|ingly)?",
    r"believed? (?:to|that)",
    r"(?:may|might) have",
    r"possibl[ey]",
    r"potential(?:ly)?",
    r"unproven",
    r"unconfirmed",
    r"unverified",
)
_HEDGE = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


def find_hedge(text: str) -> str:
    """Return the first word or phrase that marks a claim as one; empty if all is stated as fact."""
    found = _HEDGE.search(text)
    return found.group() if found else ""
