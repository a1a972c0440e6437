"""Every source is older than the incident.

What: all sources of a record are dated, and the latest of them is from before the incident.
Why: nobody reports what has not happened. As a rule the incident's date is that of a ruling, or a mistyped year.

Bad:

    incident_date: 2025-10-08

Good:

    incident_date: 2025-05-08

Fix: date the incident, not what followed from it; or say in `date_basis` that the date is that of a ruling
(`ruled`) or of the disclosure (`disclosed`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("incident-after-sources", Severity.WARNING, Scope.FILE, since="0.1.0")

_LATER_BY_NATURE = frozenset({"ruled", "disclosed"})
"""Fields whose date may be long after the incident was reported."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the incident's date with that of every source."""
    dates, sources = record.record.dates, record.record.sources
    incident = dates.get(("incident_date",))
    if incident is None or not sources or record.record.text("date_basis") in _LATER_BY_NATURE:
        return
    published = [("sources", number, "published") for number, _ in sources]
    older = {path: date for path in published if (date := dates.get(path)) and date.before(incident)}
    if len(older) < len(sources):
        return
    latest = max(older, key=lambda path: older[path].parts)
    yield Problem(
        at=("incident_date",),
        message=f"the incident is dated {quoted(incident)}, but every source is older: "
        f"the latest is dated {quoted(older[latest])}",
        help="date the incident itself, or say in `date_basis` what the date stands for",
        related=(Label(latest, "the latest source"),),
    )
