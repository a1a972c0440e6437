"""Names of organizations: whether prose mentions one in any usual form, and whether two spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"\b[A-Z]")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_JOINT = re.compile(r";|(?<=\s)[/|]|[/|](?=\s)|(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})")
_IN_BRACKETS = re.compile(r"\(([^()]{1,200})\)")

_LEGAL = frozenset({
    "inc", "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc", "corp", "corporation", "co", "company",
    "companies", "gmbh", "ag", "kgaa", "se", "sa", "sas", "sarl", "srl", "spa", "sl", "bv", "nv", "ab", "as", "asa",
    "oy", "oyj", "aps", "kk", "pty", "pte", "pvt", "holdings", "holding", "pbc",
})  # fmt: skip
"""Legal forms and the like: a name is the same with them and without."""

_SMALL = frozenset({
    "the", "of", "and", "for", "in", "on", "at", "to", "de", "la", "le", "les", "des", "du", "der", "die", "das",
    "und", "et", "y", "del", "di", "el", "a", "an",
})  # fmt: skip

_GENERIC = frozenset({
    "agency", "airline", "airlines", "airport", "america", "american", "association", "authority", "bank", "board",
    "bureau", "business", "center", "centre", "city", "clinic", "college", "commission", "committee", "community",
    "consumer", "control", "corporation", "council", "country", "county", "court", "customs", "department",
    "developer", "developers", "digital", "directorate", "district", "division", "education", "enforcement", "federal",
    "financial", "firm", "foundation", "global", "government", "group", "health", "hospital", "immigration",
    "industries", "information", "institute", "insurance", "intelligence", "international", "investigation",
    "judicial", "justice", "labs", "laboratories", "law", "legal", "local", "media", "medical", "ministry",
    "municipality", "national", "networks", "news", "office", "online", "organisation", "organization", "parliament",
    "police", "prison", "public", "research", "school", "schools", "science", "sciences", "secretary", "security",
    "service", "services", "social", "society", "software", "solutions", "state", "states", "studio", "studios",
    "system", "systems", "tax", "technologies", "technology", "transport", "transportation", "united", "university",
    "users", "welfare", "work", "workers", "world",
})  # fmt: skip
"""Words that many names share, so that one of them alone does not identify an organization."""

_MADE_BY = {
    "alphabet": "google youtube deepmind gemini waymo bard",
    "google": "youtube gemini bard deepmind alphabet android gmail alphago imagen veo palm lens pixel waymo",
    "openai": "chatgpt gpt dall sora whisper codex",
    "microsoft": "copilot bing tay azure github linkedin windows xbox cortana zo",
    "meta": "facebook instagram whatsapp llama threads messenger galactica blenderbot",
    "facebook": "meta instagram whatsapp",
    "instagram": "meta",
    "amazon": "alexa aws rekognition echo ring kindle",
    "anthropic": "claude",
    "apple": "siri iphone ios",
    "xai": "grok twitter x",
    "x": "grok twitter",
    "twitter": "x grok",
    "tesla": "autopilot fsd",
    "bytedance": "tiktok douyin doubao",
    "tiktok": "bytedance",
    "github": "copilot",
    "baidu": "ernie apollo",
    "tencent": "wechat qq",
    "alibaba": "qwen",
    "luka": "replika",
    "anysphere": "cursor",
    "stability": "diffusion",
    "snap": "snapchat",
    "snapchat": "snap",
    "northpointe": "compas",
    "equivant": "compas",
    "cognition": "devin",
}
"""Products and brands that prose uses for the organization behind them."""

_FEW_LETTERS = 3
_SQUEEZED = 5
_LONG_ENOUGH_FOR_A_SLIP = 12
_END = 6
"""Letters: if two long keys differ by one letter, their first or last six are the same (pigeonhole principle)."""


def is_mentioned(name: str, text: str) -> bool:
    """Return whether prose mentions an organization.

    It does by the name, by a word that only this name has, by its initials, and by a well-known product.
    If the name has nothing to search for, such as one in another script than the prose, it counts as mentioned.

    Args:
        name: the organization's name.
        text: the prose.

    """
    if name in text:
        return True
    folded = fold(text)
    words = set(_WORD.findall(folded))
    return any(_is_this_mentioned(part, text, folded, words) for part in _forms(name))


def _forms(name: str) -> Iterator[str]:
    """Yield a name without the text in brackets, and that text."""
    yield _IN_BRACKETS.sub(" ", name)
    for found in _IN_BRACKETS.finditer(name):
        yield found[1]


def _is_this_mentioned(name: str, text: str, folded: str, words: set[str]) -> bool:
    own = [word for word in _WORD.findall(fold(name)) if word not in _LEGAL and word not in _SMALL]
    if not own or not any(word.isascii() for word in own):
        return True
    squeezed = "".join(own)
    if len(squeezed) >= _SQUEEZED and squeezed in _NOT_A_LETTER.sub("", folded):
        return True
    if any(_is_word_of(word, words) for word in own if word not in _GENERIC):
        return True
    if all(word in _GENERIC for word in own) and any(word in words for word in own):
        return True  # "the Justice Department", "the ministry"
    if any(brand in words for word in own for brand in _MADE_BY.get(word, "").split()):
        return True
    return _initials_in(name, text)


def _is_word_of(word: str, words: set[str]) -> bool:
    """Return whether a word is in the prose, in the plural or the genitive too."""
    return word in words or f"{word}s" in words or (word.endswith("s") and word[:-1] in words)


def _initials_in(name: str, text: str) -> bool:
    """Compare initials both ways: "Federal Trade Commission" with "FTC" in the prose, and "FTC" with it spelled out."""
    bare = name.replace(".", "")
    capitals = {"".join(_CAPITAL.findall(bare)), "".join(word[0] for word in bare.split()).upper()}
    written = {word.upper() for word in _WORD.findall(text.replace(".", "")) if word[0].isupper()}
    if any(_stands_for(word, initials) for word in written for initials in capitals):
        return True
    first = bare.split(maxsplit=1)[0]
    return first.isupper() and len(first) >= _FEW_LETTERS and first in "".join(_CAPITAL.findall(text))


def _stands_for(word: str, initials: str) -> bool:
    """Return whether a word is these initials, or all but one: "NYPD" is the New York City Police Department."""
    if word == initials:
        return len(word) > 1
    if len(word) < _FEW_LETTERS or len(word) + 1 != len(initials):
        return False
    return any(initials[:place] + initials[place + 1 :] == word for place in range(1, len(initials)))


def fold(text: str) -> str:
    """Return a text in lower case without accents, for comparing names."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def spelling_key(name: str) -> str:
    """Return the normal form of a name: its letters and digits, without legal forms and small words."""
    words = _WORD.findall(fold(name.replace("&", " and ").replace(".", "")))
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return "".join(word for word in words if word not in _SMALL) or "".join(words)


def without_legal_form(name: str) -> str:
    """Remove the text in brackets from a name, and legal forms from its end: "Example Bank (UK) Ltd."."""
    words = _IN_BRACKETS.sub(" ", name).split()
    while len(words) > 1 and fold(words[-1]).replace(".", "").strip(",") in _LEGAL:
        words.pop()
    return " ".join(words).rstrip(",")


def one_letter_apart(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of spelling keys where the second lacks one letter of the first (edit distance 1).

    In a short name, and in one with digits, one letter more makes another name; such keys are left out.
    """
    long = {key for key in keys if len(key) >= _LONG_ENOUGH_FOR_A_SLIP and key.isalpha()}
    # Deletion neighbourhood: keys at edit distance 1 are looked up in a set, in linear time, not compared in pairs.
    # Few keys share their start or end with one that is a letter shorter; only for these the deletions are built.
    starts = {(key[:_END], len(key)) for key in long}
    ends = {(key[-_END:], len(key)) for key in long}
    for key in long:
        shorter = len(key) - 1
        if (key[:_END], shorter) in starts or (key[-_END:], shorter) in ends:
            without_one = {key[:place] + key[place + 1 :] for place in range(len(key))}
            yield from ((key, other) for other in without_one & long)


def joined_names(name: str) -> list[str]:
    """Split an organization's name that is really several names: "New Orleans / Stanford"; empty for a single name."""
    parts = [part.strip() for part in _JOINT.split(_IN_BRACKETS.sub("", name))]
    return parts if len(parts) > 1 and all(len(part) > 1 and part[0].isupper() for part in parts) else []
