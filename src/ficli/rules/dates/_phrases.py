"""English words for a time that nobody knows exactly: "early 2023", "mid-2023", "late March", "around 2023".

A phrase counts only when it speaks of the same time as the date (the same year, and a part of it that the
month lies in), and when no text gives the date itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ficli.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.dates import PartialDate

_OF_A_YEAR: tuple[tuple[str, Sequence[int]], ...] = (
    (r"early (?:in )?YEAR", range(1, 6)),
    (r"(?:mid[ -]|middle of )YEAR", range(4, 10)),
    (r"late (?:in )?YEAR", range(8, 13)),
    (r"spring (?:of )?YEAR", range(2, 7)),
    (r"summer (?:of )?YEAR", range(5, 10)),
    (r"(?:autumn|fall) (?:of )?YEAR", range(8, 13)),
    (r"winter (?:of )?YEAR", (1, 2, 3, 11, 12)),
    (r"(?:start|beginning) of YEAR", range(1, 4)),
    (r"end of YEAR", range(10, 13)),
    (r"first half of YEAR", range(1, 7)),
    (r"second half of YEAR", range(7, 13)),
    (r"first quarter of YEAR", range(1, 4)),
    (r"second quarter of YEAR", range(4, 7)),
    (r"third quarter of YEAR", range(7, 10)),
    (r"(?:fourth|last) quarter of YEAR", range(10, 13)),
    (r"(?:around|roughly|approximately|circa|some ?time in) YEAR", range(1, 13)),
    (r"in YEAR(?! (?:and|or|to) )", (1,)),
)
"""What is said of a year, and the months it may mean."""

_OF_A_MONTH = (
    r"(?:early|late) (?:in )?MONTH",
    r"(?:mid[ -]|middle of )MONTH",
    r"(?:start|beginning|end) of MONTH",
    r"(?:around|roughly|approximately|circa|some ?time in) MONTH",
)
"""What is said of a month: it makes a day doubtful, and says nothing against a month."""


class VaguePhrase(NamedTuple):
    """A phrase as it stands in a text, that text's number, and the date as precise as the phrase allows."""

    text: str
    number: int
    supported: str


class _Patterns(NamedTuple):
    """For one date: what gives it exactly, and what makes it doubtful, with the date that remains."""

    exact: re.Pattern[str]
    vague: tuple[tuple[re.Pattern[str], str], ...]


def vague_phrase(date: PartialDate, texts: Sequence[str]) -> VaguePhrase | None:
    """Find a phrase that makes the last part of a date doubtful.

    Args:
        date: a month or a day; of a year nothing can be doubtful.
        texts: where to look, in this order.

    Returns:
        None where there is no such phrase, and where one of the texts gives the date itself.

    """
    exact, vague = _patterns(date)
    if any(exact.search(text) for text in texts):
        return None
    for pattern, supported in vague:
        for number, text in enumerate(texts):
            if found := pattern.search(text):
                return VaguePhrase(found.group(), number, supported)
    return None


@lru_cache(maxsize=64)
def _patterns(date: PartialDate) -> _Patterns:
    year, month, *_ = date.parts
    name = MONTHS[month - 1]
    spelled = rf"(?:{name}|{name[:3]}\b\.?)"
    of_year = _any_of([phrase.replace("YEAR", str(year)) for phrase, months in _OF_A_YEAR if month in months])
    if not date.has_day:
        return _Patterns(_any_of([rf"{spelled},? (?:of )?{year}", str(date)]), ((of_year, str(year)),))
    exact = _any_of([rf"{spelled} 0?1(?:st)?", rf"(?:0?1(?:st)?|first) (?:of )?{spelled}", "first day of", str(date)])
    this_month = rf"{spelled}(?! [0-9]{{1,2}}\b)(?!,? (?:of )?(?!{year})[0-9]{{4}})"  # no day, no other year
    of_month = _any_of([phrase.replace("MONTH", this_month) for phrase in _OF_A_MONTH])
    return _Patterns(exact, ((of_month, f"{year}-{month:02}"), (of_year, str(year))))


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-])", re.IGNORECASE)
