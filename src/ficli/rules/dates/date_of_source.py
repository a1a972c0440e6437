"""The incident date is the date of an article.

What: `incident_date` names the very day on which a source was published, and `date_basis` does not say which event the
date is of.
Why: an article is often dated days or years after what it tells. A reader takes the date for that of the event, unless
the record says that it is the day on which it was reported, ruled or disclosed.

Bad:

    incident_date: 2025-05-09

Good:

    incident_date: 2025-05-09
    date_basis: reported

Fix: take the date of the event from the sources; or say in `date_basis` which event it is of, be it `occurred`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("date-of-source", Severity.INFO, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check for a source that was published on the day of the incident."""
    dates = record.record.dates
    day = dates.get(("incident_date",))
    if day is None or not day.has_day or "date_basis" in record.record.data:
        return
    for number, _ in record.record.sources:
        published = ("sources", number, "published")
        if dates.get(published) == day:
            yield Problem(
                at=("incident_date",),
                message=f"{quoted(str(day))} is the day on which source {number + 1} was published",
                help="say in `date_basis` which event the date is of: `occurred`, `reported`, `ruled` or `disclosed`",
                related=(Label(published, "published on that day"),),
            )
            return
