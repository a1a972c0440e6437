"""A date is more precise than the text beside it.

What: the incident is dated to the first of a month, or to January, while the title, the summary or the account
says "early 2023", "mid-2023", "late March", "around 2023" or the like of the same time.
Why: a day that nobody knows looks like a fact, and every count by day or month has a false peak at the first.

Bad:

    incident_date: 2023-04-01
    summary: In early 2023 a support chatbot of Example Bank told customers that every fee is refunded.

Good:

    incident_date: "2023"
    summary: In early 2023 a support chatbot of Example Bank told customers that every fee is refunded.

Fix: write the year, or the year and month, as far as the sources go; or write the day into the text where they do
name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ficli.dates import MONTHS, PartialDate
from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

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
"""Phrases about a year, and the months they may mean."""

_OF_A_MONTH = (
    r"(?:early|late) (?:in )?MONTH",
    r"(?:mid[ -]|middle of )MONTH",
    r"(?:start|beginning|end) of MONTH",
    r"(?:around|roughly|approximately|circa|some ?time in) MONTH",
)
"""Phrases about a month: they make a day doubtful, but not a month."""


class VaguePhrase(NamedTuple):
    """A phrase as written in a text, that text's number, and the date as precise as the phrase allows."""

    text: str
    number: int
    supported: str


class _Patterns(NamedTuple):
    """Patterns for one date: what states it exactly, and what makes it doubtful, with the date that remains."""

    exact: re.Pattern[str]
    vague: tuple[tuple[re.Pattern[str], str], ...]


def vague_phrase(date: PartialDate, texts: Sequence[str]) -> VaguePhrase | None:
    """Return a phrase that makes the last part of a date doubtful.

    A phrase counts only if it is about the same time as the date: the same year, and a part of it with the same month.

    Args:
        date: a month or a day; a year cannot be doubtful.
        texts: the texts to search, in this order.

    Returns:
        None if there is no such phrase, and if one of the texts has the date itself.

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


RULE = Rule("false-precision", Severity.WARNING, Scope.FILE, since="0.1.0")

_TEXTS = ("title", "summary", "what_happened")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check the text for words that make the date doubtful."""
    known = record.record
    if not known.text("incident_date").endswith("-01"):
        return
    date = known.dates.get(("incident_date",))
    phrase = date and vague_phrase(date, [known.text(name) for name in _TEXTS])
    if not date or not phrase:
        return
    unit = "a day" if date.has_day else "a month"
    yield Problem(
        at=("incident_date",),
        message=f"{quoted(date)} names {unit}, but the text says {quoted(phrase.text)}",
        help=f"write {quoted(phrase.supported)}, or name the date in the text if a source does",
        related=(Label((_TEXTS[phrase.number],), "no more precise than this", piece=phrase.text),),
    )
