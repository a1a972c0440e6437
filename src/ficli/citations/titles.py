"""Titles inside a reference: title case if a style wants it, and nested quotation marks."""

from __future__ import annotations

import re

from ficli.citations.citation import Citation, first_words
from ficli.citations.markup import is_stopped

_SMALL = frozenset({
    "a", "an", "the", "and", "but", "or", "nor", "for", "so", "yet", "to",
    "amid", "as", "at", "by", "from", "in", "into", "like", "near", "of", "on", "onto", "over", "past", "per", "than",
    "till", "upon", "v", "via", "vs", "with",
    "after",
})  # fmt: skip
"""Articles, conjunctions, `to`, prepositions of up to four letters, and `after`, which the index treats as one of them.

`down`, `off`, `out` and `up` are left out: in a headline they mostly belong to a verb, as in "shuts down".
"""

_PREFIXES = frozenset({
    "anti", "bi", "co", "de", "ex", "inter", "mid", "multi", "non", "post", "pre", "pro", "re", "semi", "sub", "un",
})  # fmt: skip
"""Prefixes before a hyphen that are not words, so that the next part stays lower case: "Re-identified"."""

_WORDS_OF_A_NOTE = 4
_WORD = re.compile(r"\S+")
_AROUND = "\"'“”‘’«»()[]{}.,;:!?…*_"
_OPENS_ANEW = re.compile(r"(?:[:?!—–]|[.?!][\"'”’)]+)\Z")
_STRAIGHT = re.compile(r'"([^"“”]*)"')
_CURLY = re.compile(r'“([^"“”]*)”')


def title_of(citation: Citation) -> str:
    """Return the title in title case, unless it has to keep its case or is in another language."""
    return citation.title if citation.keep_case or not citation.is_english else title_case(citation.title)


def title_case(title: str) -> str:
    """Write a Title with Capitals; no letter is lowered, and a word with an inner capital, digit or dot stays.

    The first word, the last, and one after a colon or a dash always begin with a capital.
    """
    words = list(_WORD.finditer(title))
    written, done = "", 0
    for number, word in enumerate(words):
        outer = number in {0, len(words) - 1} or _OPENS_ANEW.search(words[number - 1].group()) is not None
        written += title[done : word.start()] + _capitalized(word.group(), outer=outer)
        done = word.end()
    return written + title[done:]


def _capitalized(word: str, *, outer: bool) -> str:
    """Capitalize a word and the parts of a compound; `outer` if even a small word gets a capital."""
    if any(char.isdigit() for char in word) or "." in word.strip(_AROUND):
        return word
    parts = re.split(r"([-‐–—/])", word)
    for place in range(0, len(parts), 2):
        is_edge = place in {0, len(parts) - 1}
        before = parts[place - 2].strip(_AROUND).lower() if place else ""
        if before not in _PREFIXES:
            parts[place] = _part(parts[place], always=is_edge and (outer or len(parts) > 1))
    return "".join(parts)


def _part(part: str, *, always: bool) -> str:
    bare = part.strip(_AROUND)
    if not bare or any(map(str.isupper, bare)):
        return part
    if bare in _SMALL and not always:
        return part
    start = part.index(bare)
    first = bare[0].upper()
    return part[:start] + (first if len(first) == 1 else bare[0]) + part[start + 1 :]


def short_of(citation: Citation) -> str:
    """Return the first four words of the title, fewer if the fourth is a small one, as for a short note."""
    words = first_words(citation.title, _WORDS_OF_A_NOTE).split()
    while len(words) > 1 and words[-1].strip(_AROUND) in _SMALL:
        del words[-1]
    short = " ".join(words)
    return short if citation.keep_case or not citation.is_english else title_case(short)


def in_quotes(title: str, end: str = ".") -> str:
    """Enclose a title in curly quotation marks, with single ones inside, and its punctuation inside them.

    A title that ends in `?`, `!` or a period takes no further period, but a comma.
    """
    inner = singled_curly(title)
    return f"“{inner}{'' if end == '.' and is_stopped(inner) else end}”"


def singled_straight(title: str) -> str:
    """Replace each pair of straight quotation marks by single ones; with an unpaired one, all stay."""
    return _STRAIGHT.sub(r"'\1'", title) if title.count('"') % 2 == 0 else title


def singled_curly(title: str) -> str:
    """Replace each pair of double quotation marks by single curly ones; an unpaired one stays."""
    singled = _CURLY.sub("‘\\1’", title)
    return _STRAIGHT.sub("‘\\1’", singled) if singled.count('"') % 2 == 0 else singled
