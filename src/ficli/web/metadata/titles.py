"""The headline of an article: chosen among metadata, heading and `<title>`, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ficli.prose.names import fold
from ficli.web.metadata.names import MOST_WORDS, WORDS, Site, squeezed
from ficli.web.metadata.page import clean, plain

_SEPARATOR = re.compile(
    r"\s+[|｜–—‒―\-·•∙●:»«›‹>~/⋆*+]{1,3}\s+|\s*[|｜»«]{1,2}\s*|\s::\s|\s*[：]\s*|\s*_(?=\S)|(?<=\S)\s?-(?=\s)"
)
_AFTER = re.compile(r"\s*[-–—|:»(\[_]")
_TELLING = 10
"""Letters; a text with fewer is not a headline."""

_HARD = re.compile(r"[|｜»«›_]|::")
_CUT = re.compile(r"\s*(?:\.\.\.|…)\Z")
_GENERIC = frozenset(
    """
    home homepage index welcome news article articles story blog login untitled document page start startseite accueil
    inicio portada error
    """.split(),
)
_SECTIONS = frozenset(
    """
    news world politics business technology tech science health sport sports opinion culture entertainment national
    local travel lifestyle markets money economy media blog article articles features video us uk
    """.split(),
)


class TitleCandidate(NamedTuple):
    """A text that may be the headline, and the name of its place."""

    text: str
    place: str


def without_site(title: str, site: Site, headings: Iterable[str] = ()) -> str:
    """Remove the name of the site, and of its section, from the start or the end of a title.

    Args:
        title: as the page has it.
        site: the site.
        headings: visible headlines; one that is a part of the title is the headline.

    """
    pieces = _pieces(title)
    if shown := _shown_within(title, pieces, headings):
        return shown
    start, end = 0, len(pieces)
    inner = next((at for at in range(1, end) if site.is_named(_text(title, pieces[at]))), end)
    if len(squeezed(title[: pieces[inner - 1][1]])) > _TELLING:
        end = inner
    while end - start > 1 and _is_site(title, pieces, end - 1, site):
        end -= 1
    if end == len(pieces):
        start = int(end > 1 and site.is_named(_text(title, pieces[0])))
    else:  # what stood before the name of the site may be that of a section
        while end > 1 and squeezed(_text(title, pieces[end - 1])) in _SECTIONS:
            end -= 1
    kept = title[pieces[start][0] : pieces[end - 1][1]].strip()
    if kept == title:
        kept = _without_front(title, site)
    return kept if len(squeezed(kept)) > 1 else title


def _shown_within(title: str, pieces: Sequence[tuple[int, int]], headings: Iterable[str]) -> str:
    """Return the visible headline within a title; empty if there is none."""
    for heading in headings:
        bare = squeezed(heading)
        if bare and bare == squeezed(title):
            return title
        for part in _runs(title, pieces):
            if bare and squeezed(part) == bare:
                return part
        if len(bare) > _TELLING and title.startswith(heading) and _AFTER.match(title[len(heading) :]):
            return heading
    return ""


def _without_front(title: str, site: Site) -> str:
    """Remove the name of the site and a colon from the start of a title."""
    front, mark, rest = title.partition(": ")
    is_site = mark and len(squeezed(rest)) > _TELLING and site.is_called(front)
    return rest.strip() if is_site else title


def _pieces(title: str) -> list[tuple[int, int]]:
    """Return the offsets where the parts of a title begin and end."""
    pieces, start = [], 0
    for mark in _SEPARATOR.finditer(title):
        if mark.start() > start:
            pieces.append((start, mark.start()))
        start = mark.end()
    if start < len(title):
        pieces.append((start, len(title)))
    return pieces or [(0, len(title))]


def _runs(title: str, pieces: Sequence[tuple[int, int]]) -> list[str]:
    """Return the parts of a title and runs of neighbouring ones, longer ones first."""
    count = min(len(pieces), 8)
    return [
        title[pieces[start][0] : pieces[start + length - 1][1]].strip()
        for length in range(count, 0, -1)
        for start in range(len(pieces) - length + 1)
    ]


def _text(title: str, piece: tuple[int, int]) -> str:
    return title[piece[0] : piece[1]].strip()


def _is_site(title: str, pieces: Sequence[tuple[int, int]], number: int, site: Site) -> bool:
    """Return whether a part of a title is the name of a site, by its known names or by the mark before it."""
    text = _text(title, pieces[number])
    if site.is_named(text):
        return True
    mark = title[pieces[number - 1][1] : pieces[number][0]]
    words = len(WORDS.findall(text))
    before = len(WORDS.findall(title[: pieces[number - 1][1]]))
    return bool(_HARD.search(mark)) and words <= MOST_WORDS and words < before


def best_title(metadata: Sequence[TitleCandidate], heading: str, title: str, site: Site) -> TitleCandidate | None:
    """Return the headline.

    If the heading of the page agrees with metadata or the `<title>`, it is the headline. Otherwise metadata counts
    in its order, and a text that was cut for a program is replaced by the same one in full.

    Args:
        metadata: the best first, as the page has them.
        heading: the text of the heading, or empty.
        title: the text of `<title>`, or empty.
        site: the site.

    """
    shown = plain(heading)
    shown = shown if is_headline(shown, site) else ""
    heads = [shown] if shown else []
    cleaned = [TitleCandidate(without_site(plain(item.text), site, heads), item.place) for item in metadata]
    cleaned = [item for item in cleaned if is_headline(item.text, site)]
    bare_title = without_site(plain(title), site, [*heads, *(item.text for item in cleaned)]) if title else ""
    stated = [*cleaned, TitleCandidate(bare_title, "<title>")]
    return (
        (_agreed(stated, shown) if shown else None)
        or (_whole(cleaned, bare_title) if cleaned else None)
        or _of_page(bare_title, shown, is_telling=is_headline(bare_title, site))
    )


def _agreed(stated: Sequence[TitleCandidate], shown: str) -> TitleCandidate | None:
    """Return the heading if another text is the same, or begins the same and was cut."""
    for item in stated:
        if squeezed(item.text) == squeezed(shown):
            return TitleCandidate(_better_spelled(item.text, shown), item.place)
    return next((TitleCandidate(shown, "<h1>") for item in stated if _is_cut(item.text, shown)), None)


def _whole(cleaned: Sequence[TitleCandidate], title: str) -> TitleCandidate:
    """Return the first text, in full if another place has it in full."""
    best = cleaned[0]
    if _CUT.search(best.text):
        others = (*(item.text for item in cleaned), title)
        return TitleCandidate(next((other for other in others if _is_cut(best.text, other)), best.text), best.place)
    return best


def _of_page(title: str, shown: str, *, is_telling: bool) -> TitleCandidate | None:
    """Choose between `<title>` and heading if there is no metadata."""
    if shown and (not is_telling or _is_reworded(title, shown)):
        return TitleCandidate(shown, "<h1>")
    return TitleCandidate(title, "<title>") if title else None


def is_headline(text: str, site: Site) -> bool:
    """Return whether a text can be a headline: long enough, and not the name of the site or of a section."""
    bare = squeezed(text)
    return len(bare) > 1 and bare not in _GENERIC and not site.is_called(text)


def _is_cut(short: str, full: str) -> bool:
    """Return whether a text is the beginning of another, with or without a mark for the omission."""
    start = squeezed(_CUT.sub("", short))
    whole = squeezed(full)
    if len(start) < 15 or len(whole) <= len(start) or not whole.startswith(start):  # noqa: PLR2004 - letters
        return False
    return bool(_CUT.search(short)) or len(start) >= 60  # noqa: PLR2004 - letters; programs cut at 70 to 110


def _is_reworded(title: str, heading: str) -> bool:
    """Return whether a heading has the meaning of a `<title>` that was written for search engines."""
    ours, theirs = (set(WORDS.findall(fold(text))) for text in (title, heading))
    shared = [word for word in ours & theirs if len(word) > 3]  # noqa: PLR2004 - letters
    return len(theirs) > 3 and len(shared) > 1 and len(shared) * 4 > len(theirs)  # noqa: PLR2004 - a quarter


def _better_spelled(one: str, other: str) -> str:
    """Return the second of two spellings of a headline, unless it is all capitals or has lost its blanks."""
    if other.isupper() and not one.isupper():
        return one
    return clean(other) if len(other.split()) == len(one.split()) else one
