"""Finds the words by which English prose says that a claim is somebody's claim: "allegedly", "according to", "sued"."""

from __future__ import annotations

import re

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
    """Give the first word or phrase that marks a claim as one; nothing where all is told as fact."""
    found = _HEDGE.search(text)
    return found.group() if found else ""
