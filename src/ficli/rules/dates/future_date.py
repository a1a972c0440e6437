"""A date lies in the future.

What: a date is later than tomorrow, as far as it is known: `2026` is not later than any day of 2026. Tomorrow may
stand, since it is today already east of whoever runs the check.
Why: a record is about what has happened, and a source has been read. A date to come is a slip of the pen.

Bad:

    corrections:
      - date: 2062-08-14
        note: The chatbot was not switched off; it was given another model.

Good:

    corrections:
      - date: 2026-08-14
        note: The chatbot was not switched off; it was given another model.

Fix: correct the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ficli.dates import PartialDate
from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("future-date", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare every date of the record with the current day in the easternmost time zone."""
    latest = PartialDate.of(record.today + timedelta(days=1))
    for path, date in record.record.dates.items():
        if latest.before(date):
            yield Problem(
                at=path,
                message=f"{quoted(date)} is in the future",
                label=f"today is {record.today}",
                help="correct the date",
            )
