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

from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem
from ficli.rules.dates._phrases import vague_phrase
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.rules.contract import RecordContext

RULE = Rule("false-precision", Severity.WARNING, Scope.FILE, since="0.1.0")

_TEXTS = ("title", "summary", "what_happened")


def check(record: RecordContext) -> Iterator[Problem]:
    """Look in the text for words that make the date doubtful."""
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
