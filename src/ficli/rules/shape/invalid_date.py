"""A date cannot be read, or is not as precise as its field asks.

What: a date is not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, names a day that no calendar has, or lacks the day where
one is needed (`indexed_date`, `accessed`, `captured`, `retired_date` and the date of a correction).
Why: `05/08/2025` is in May for one reader and in August for another, and no program can sort it.

Bad:

    incident_date: 2025-5-8

Good:

    incident_date: 2025-05-08

Fix: write the date as `YYYY-MM-DD`, only as far as the sources support it. `--fix` rewrites what can be read in
one way only.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.dates import FIRST_YEAR, parse_date
from ficli.diagnostics import FieldPath, Fix, Fixable, Rule, Scope, SetValue, Severity, field_name
from ficli.incident.fields import date_at
from ficli.incident.shape import is_placeholder
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("invalid-date", Severity.ERROR, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield what is wrong with each invalid date."""
    dates = record.record.dates
    for path, text in record.record.date_texts():
        date = dates.get(path)
        if date is None or date.parts[0] < FIRST_YEAR:
            if not is_placeholder(text):
                yield _unreadable(path, text)
        elif not date.has_day and date_at(path) == "day":
            yield _imprecise(path, text)


def _unreadable(path: FieldPath, text: str) -> Problem:
    form = "`YYYY-MM-DD`" if date_at(path) == "day" else "`YYYY`, `YYYY-MM` or `YYYY-MM-DD`"
    if not text.strip():
        return Problem(at=path, message=f"{quoted(field_name(path))} is empty", help=f"write the date as {form}")
    found = parse_date(text)
    because = f": {found.reason}" if found.reason else ""
    message = f"{quoted(text)} is not a valid date{because}"
    if found.date is None:
        return Problem(at=path, message=message, help=f"write it as {form}")
    advice = f"write {quoted(str(found.date))}"
    fix = Fix(advice, (SetValue(path, str(found.date)),), safe=found.complete)
    return Problem(at=path, message=message, help=advice, fix=fix)


def _imprecise(path: FieldPath, text: str) -> Problem:
    return Problem(
        at=path,
        message=f"{quoted(text)} names no day, but {quoted(field_name(path))} needs one",
        help="write the day, as in `2025-05-08`",
    )
