"""Number citations that are given together, and make them distinct: 2026a and 2026b, and short titles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ficli.citations.citation import Citation, first_words


def number_citations(citations: Iterable[Citation], *, years_apart: bool = False) -> list[Citation]:
    """Number citations in the order given, and make those distinct that the same words would point to.

    Args:
        citations: what is cited.
        years_apart: whether those of one author and year get a, b, … in the order of their titles.

    """
    numbered = [replace(citation, place=place) for place, citation in enumerate(citations, start=1)]
    short = _short_titles(numbered)
    suffixes = _suffixes(numbered) if years_apart else {}
    return [
        replace(citation, short_title=short[citation.title], suffix=suffixes.get(citation.place, ""))
        for citation in numbered
    ]


def _suffixes(citations: Sequence[Citation]) -> dict[int, str]:
    """Return the suffix of each citation that shares author and year with another, by its place."""
    same: defaultdict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in citations:
        same[citation.author, citation.year].append(citation)
    suffixes = {}
    for (_, year), group in same.items():
        if year and len(group) > 1:
            by_title = sorted(group, key=lambda citation: (citation.title.casefold(), citation.number, citation.place))
            suffixes.update({citation.place: _letters(number) for number, citation in enumerate(by_title)})
    return suffixes


def _letters(number: int) -> str:
    """Return a number as letters, counted from 0: a, b, …, z, aa, ab and so on."""
    letters = ""
    number += 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def _short_titles(citations: Sequence[Citation]) -> dict[str, str]:
    """Return the shortest unique prefix, in words, of each title."""
    titles = {citation.title for citation in citations}
    short: dict[str, str] = {}
    waiting, length = sorted(titles), 1
    while waiting:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for title in waiting:
            found[first_words(title, length).casefold()].append(title)
        waiting = []
        for group in found.values():
            for title in group:
                if len(group) == 1 or length >= len(title.split()):
                    short[title] = first_words(title, length)
                else:
                    waiting.append(title)
        length += 1
    return short
