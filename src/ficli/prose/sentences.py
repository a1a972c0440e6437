"""Split prose into sentences: the page's "What" is the first one of a summary, and must not end at `v.` or `U.S.`.

A stop ends a sentence if the text after it can begin one, and the text before is not an abbreviation. In doubt two
sentences stay one: a long "What" reads better than a cut one. Every look around a stop is bounded, so that the time
is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’»›)\\]」』）】"
_STOP = re.compile(rf"(?:[.!?…؟۔।]+|[。！？]+)[{_CLOSERS}]*")
_WIDE = frozenset("。！？")
"""Stops of scripts that put no blank between sentences."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•]|[0-9]{1,2}[.)])[ \t])")
"""A blank line, or the start of a list item."""

_NEXT = re.compile(r"[\s\"'“”‘’«‹„(\[¿¡—–-]*([^\W_]+\.?)")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")
"""A name that begins in lower case, such as iRobot or xAI."""

_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
"""The text before the last stop of `U.S.`, `S.D.N.Y.`, `a.m.` or `Ph.D.`."""

_LONGEST_WORD = 24
_LONGEST_BRACKET = 200
_LOOK_AHEAD = 80
_LONGEST_NUMBERING = 6
_DIGITS_OF_A_DAY = 2

_BEFORE_SOMETHING = frozenset({
    "v", "vs", "e.g", "i.e", "cf", "viz", "dr", "mr", "mrs", "ms", "mx", "prof", "messrs", "mme", "mlle", "sen", "gov",
    "lt", "sgt", "capt", "cmdr", "jos",
})  # fmt: skip
"""Abbreviations that are always followed by something, in lower case."""

_BEFORE_A_NUMBER = frozenset({
    "no", "nos", "art", "arts", "sec", "secs", "sect", "para", "paras", "par", "p", "pp", "fig", "figs", "vol", "vols",
    "ch", "chap", "exh", "cl", "doc", "dkt", "ecf", "pt", "ca", "approx", "est", "jan", "feb", "mar", "apr", "jun",
    "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
"""Abbreviations if a number follows, in lower case; otherwise they are ordinary words."""

_SOMETIMES_LAST = frozenset({
    "Inc", "inc", "Ltd", "ltd", "Co", "Corp", "corp", "LLC", "LLP", "LP", "PLC", "Plc", "plc", "GmbH", "AG", "SA",
    "NV", "BV", "Pty", "Bros", "Jr", "jr", "Sr", "sr", "Esq", "etc", "al", "Assn", "Assoc", "Dept", "dept", "Univ",
    "univ", "Inst", "Admin", "Comm", "St", "Gen", "Rep", "Col", "Maj", "Adm", "Hon", "Rev", "Fr", "Pres", "Supt",
    "Atty", "Det", "Insp", "Mt", "Ft", "Rt", "Ave", "Blvd", "Rd", "Ct", "Cir", "App", "Civ", "Crim", "Fed", "Reg",
    "Stat", "Supp", "Natl", "Intl", "Mfg", "Cal", "Calif", "Colo", "Conn", "Fla", "Ill", "Ind", "Kan", "Mass", "Mich",
    "Minn", "Miss", "Neb", "Nev", "Okla", "Pa", "Penn", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "Ariz", "Ark",
    "Del", "Ga", "Ky", "La", "Md", "Mo",
})  # fmt: skip
"""Abbreviations, as they are written, that may end a sentence: they do if the next word can begin one."""

_STARTERS = frozenset({
    "the", "a", "an", "in", "on", "at", "it", "its", "he", "she", "they", "we", "i", "this", "that", "these", "those",
    "there", "when", "while", "after", "before", "during", "since", "until", "once", "as", "if", "although", "though",
    "because", "but", "and", "or", "so", "yet", "however", "instead", "then", "later", "earlier", "still", "also",
    "both", "each", "every", "all", "some", "many", "most", "several", "another", "one", "two", "three", "no", "not",
    "for", "from", "by", "with", "without", "under", "according", "despite", "following", "meanwhile", "moreover",
    "furthermore", "similarly", "such", "what", "who", "how", "why", "where", "his", "her", "their", "our", "my",
})  # fmt: skip
"""Words that begin a sentence and, with a capital, hardly anything else."""

_MONTHS = frozenset({
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember", "jänner",
})  # fmt: skip
_NAMES_WITH_A_STOP = ("Yahoo!", "Jeopardy!", "Yum!")


def split_sentences(text: str) -> list[str]:
    """Split prose into its sentences, each on one line and with its stop; empty for a text without words."""
    return list(_sentences(text))


def first_sentence(text: str) -> str:
    """Return the first sentence of a text on one line; empty for a text without words."""
    return next(_sentences(text), "")


def ends_at_abbreviation(text: str) -> bool:
    """Return whether a text breaks off after an abbreviation that needs a continuation, such as `v.` or `Dr.`."""
    return text.endswith(".") and _word_before(text, 0, len(text) - 1).lower() in _BEFORE_SOMETHING


def ends_with_abbreviation(text: str) -> bool:
    """Return whether the last stop of a text belongs to a word, as in `U.S.`, `Inc.` or `Mata v.`."""
    if not text.endswith("."):
        return False
    word = _word_before(text, 0, len(text) - 1)
    is_known = word in _SOMETIMES_LAST or word.lower() in _BEFORE_SOMETHING
    return is_known or _DOTTED.fullmatch(word) is not None


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for paragraph in _PARAGRAPH.finditer(text):
        yield from _in_paragraph(text[start : paragraph.start()])
        start = paragraph.end()
    yield from _in_paragraph(text[start:])


def _in_paragraph(text: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(text):
        if _is_end(text, start, stop):
            yield " ".join(text[start : stop.end()].split())
            start = stop.end()
    rest = " ".join(text[start:].split())
    if rest:
        yield rest


def _is_end(text: str, start: int, stop: re.Match[str]) -> bool:
    """Return whether a stop ends its sentence; `start` is where the sentence began."""
    place, after = stop.span()
    if after == len(text):
        return False  # what is left is a sentence anyhow
    following = text[after]
    if text[place] in _WIDE:
        return after - place == 1 or not "\u3040" <= following <= "\u309f"  # 「…。」と言った goes on in hiragana
    if not following.isspace():
        return False  # 3.5, example.com, Node.js
    if _in_brackets(text, start, place, after):
        return False
    # Bounded look-ahead keeps the time linear, also in a text of nothing but stops and blanks.
    match = _NEXT.match(text, after, after + _LOOK_AHEAD)
    word = match[1] if match else ""
    if word[:1].islower() and not _BRAND.match(word):
        return False
    if text[place] != "." or stop.group().startswith(".."):
        return not text.endswith(_NAMES_WITH_A_STOP, max(start, place - _LONGEST_WORD), place + 1)
    return not _belongs_to_word(text, start, place, word)


def _in_brackets(text: str, start: int, place: int, after: int) -> bool:
    low = max(start, place - _LONGEST_BRACKET)
    for opening, closing in ("()", "[]"):
        opened = text.rfind(opening, low, place)
        if opened > text.rfind(closing, low, place) and text.find(closing, place, after + _LONGEST_BRACKET) != -1:
            # a bracket that closes right at the stop ends the sentence, unless the stop is all it holds: […]
            return text.find(closing, place, after) == -1 or not text[opened + 1 : place].strip()
    return False


def _word_before(text: str, start: int, place: int) -> str:
    """Return the word before a stop, without opening brackets or quotes."""
    words = text[max(start, place - _LONGEST_WORD) : place].split()
    return words[-1].lstrip("([{\"'“‘«‹„—–¿¡") if words and not text[place - 1].isspace() else ""


def _belongs_to_word(text: str, start: int, place: int, following: str) -> bool:
    """Return whether a single full stop is only a part of the word before it."""
    written = _word_before(text, start, place)
    word = written.lower()
    if word in _BEFORE_SOMETHING:
        return True
    if following[:1].isdigit() and (word in _BEFORE_A_NUMBER or written in _SOMETIMES_LAST):
        return True
    is_first = place - start <= _LONGEST_NUMBERING and not text[start:place].strip().removesuffix(written)
    if word.isdigit():
        is_short = len(word) <= _DIGITS_OF_A_DAY
        return is_first or (
            is_short and (following.lower() in _MONTHS or _is_numbering(text, start, place - len(word)))
        )
    is_letter = len(word) == 1 and word.isalpha()
    if is_first and is_letter:
        return True
    if written in _SOMETIMES_LAST or (is_letter and written.isupper()) or _DOTTED.fullmatch(written):
        return following.lower() not in _STARTERS
    return False


def _is_numbering(text: str, start: int, place: int) -> bool:
    """Return whether a number follows a colon or a stop, as in "two things: 1. The bot lied. 2. The bank paid."."""
    return text[max(start, place - _LONGEST_WORD) : place].rstrip()[-1:] in tuple(":;.!?")
