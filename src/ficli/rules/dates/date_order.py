"""Two dates of a record contradict each other.

What: a record was indexed before its incident, a source read before it was published, or a record retired before
it was indexed; dates are compared only as far as both are known.
Why: one of the two is wrong, and every timeline drawn from the record with it.

Bad:

    incident_date: 2025-05-08
    indexed_date: 2025-05-01

Good:

    incident_date: 2025-05-08
    indexed_date: 2025-06-01

Fix: correct the date that the sources do not support.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ficli.diagnostics import FieldPath, Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("date-order", Severity.ERROR, Scope.FILE, since="0.1.0")

_INCIDENT: FieldPath = ("incident_date",)
_INDEXED: FieldPath = ("indexed_date",)
_RETIRED: FieldPath = ("retired_date",)


class _Pair(NamedTuple):
    """Two dates of which the second cannot be before the first, with words for both."""

    first: FieldPath
    second: FieldPath
    first_words: str
    second_words: str
    label: str


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the dates that imply each other."""
    dates = record.record.dates
    for pair in _pairs(record):
        first, second = dates.get(pair.first), dates.get(pair.second)
        if first and second and second.before(first):
            yield Problem(
                at=pair.second,
                message=f"{pair.second_words} {quoted(second)}, before {pair.first_words} {quoted(first)}",
                help="correct the date that the sources do not support",
                related=(Label(pair.first, pair.label),),
            )


def _pairs(record: RecordContext) -> Iterator[_Pair]:
    yield _Pair(_INCIDENT, _INDEXED, "the incident of", "the record was indexed on", "the incident")
    yield _Pair(_INDEXED, _RETIRED, "it was indexed on", "the record was retired on", "indexed")
    for number, _ in record.record.sources:
        published, accessed = ("sources", number, "published"), ("sources", number, "accessed")
        yield _Pair(published, accessed, "it was published on", "the source was accessed on", "published")
