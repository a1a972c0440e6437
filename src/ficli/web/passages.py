"""Find the words of a passage on a page, or the most similar passage, with the difference marked.

Blanks, kinds of quotes and dashes do not count: pages and records write them differently. All else does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from typing import NamedTuple

_WORD = re.compile(r"\S+")
_BLANKS = re.compile(r"\s+")
_SAME = {
    ord(character): plain
    for characters, plain in (
        ("‘’‚‛′´`ʼ", "'"),
        ("“”„‟″«»", '"'),
        ("‐‑‒–—―−", "-"),
        ("…", "..."),
        ("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    )
    for character in characters
}
_MOST_WORDS = 200_000
"""Most words of a page that are compared."""

_ALIKE = 0.5
"""The least share of a passage's words that another must have to be shown."""


class Match(NamedTuple):
    """The result for a passage.

    Attributes:
        exact: whether it is the passage.
        text: the page's own words; empty if nothing is similar.
        difference: the passage with the difference marked, `[-the record's-] {+the page's+}`; empty if it is exact.

    """

    exact: bool
    text: str
    difference: str = ""


def find_passage(page: str, passage: str) -> Match:
    """Search for a passage.

    Args:
        page: the text of a page.
        passage: the words to search for.

    """
    page = unicodedata.normalize("NFC", page)
    folded = _folded(page)
    wanted = _unquoted(_folded(unicodedata.normalize("NFC", passage)).strip())
    if not wanted:
        return Match(exact=False, text="")
    at = folded.find(wanted)
    if at >= 0:
        places = _places(page)
        return Match(exact=True, text=page[places[at] : places[at + len(wanted) - 1] + 1])
    return _nearest(folded, wanted)


def _unquoted(text: str) -> str:
    """Remove the quotation marks around the whole of a passage."""
    is_quoted = len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == 2  # noqa: PLR2004 - a pair
    return text[1:-1].strip() if is_quoted else text


def _folded(text: str) -> str:
    """Fold a text: one kind of quotes and dashes, one blank between words, no invisible characters."""
    return _BLANKS.sub(" ", text.translate(_SAME)).lstrip()


def _places(text: str) -> list[int]:
    """Return for each character of a folded text its original offset."""
    places: list[int] = []
    blank = True
    for place, character in enumerate(text):
        if character.isspace():
            if not blank:
                places.append(place)
            blank = True
        elif plain := character.translate(_SAME):
            places.extend([place] * len(plain))
            blank = False
    return places


def _nearest(page: str, wanted: str) -> Match:
    """Find the window of as many words that shares most of them, and mark the differences."""
    words = _WORD.findall(page)[:_MOST_WORDS]
    ours = _WORD.findall(wanted)
    best, start = _best_window(words, ours)
    if best < _ALIKE * len(ours):
        return Match(exact=False, text="")
    theirs = _trimmed(words[max(0, start - 2) : start + len(ours) + 2], ours)
    return Match(exact=False, text=" ".join(theirs), difference=_marked(ours, theirs))


def _best_window(words: list[str], ours: list[str]) -> tuple[int, int]:
    """Return the most words shared by a sliding window over the words of a page, and where it starts."""
    # Sliding window over a multiset in linear time: `left` counts the words of the passage that are not matched.
    left = Counter(map(_bare, ours))
    window: deque[str] = deque()
    shared = best = start = 0
    for number, word in enumerate(words):
        bare = _bare(word)
        window.append(bare)
        shared += left[bare] > 0
        left[bare] -= 1
        if len(window) > len(ours):
            gone = window.popleft()
            left[gone] += 1
            shared -= left[gone] > 0
        if shared > best:
            best, start = shared, number + 1 - len(window)
    return best, start


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'()[]").lower()


def _trimmed(theirs: list[str], ours: list[str]) -> list[str]:
    """Remove the words at either end that are not shared."""
    known = set(map(_bare, ours))
    while theirs and _bare(theirs[0]) not in known:
        theirs = theirs[1:]
    while theirs and _bare(theirs[-1]) not in known:
        theirs = theirs[:-1]
    return theirs


def _marked(ours: list[str], theirs: list[str]) -> str:
    """Mark the words that differ; if only their punctuation does, that."""
    from difflib import SequenceMatcher

    one, other = list(map(_bare, ours)), list(map(_bare, theirs))
    if one == other:
        one, other = ours, theirs
    pieces: list[str] = []
    for kind, start, end, begin, until in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(" ".join(theirs[begin:until]))
            continue
        if end > start:
            pieces.append(f"[-{' '.join(ours[start:end])}-]")
        if until > begin:
            pieces.append(f"{{+{' '.join(theirs[begin:until])}+}}")
    return " ".join(pieces)
