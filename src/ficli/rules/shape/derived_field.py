"""A record types what ficli works out.

What: a field such as `wing`, `confidence`, `citation` or `source_count` is typed in a record.
Why: a typed copy goes stale the day a source is added, and then the page and the data contradict each other.

Bad:

    confidence: high

Good:

    severity: medium

Fix: delete the field; `ficli show` and the exports give its value.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import ShapeKind, describe
from ficli.rules.contract import Problem, RecordContext

RULE = Rule("derived-field", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each field that is a derived value."""
    for error in record.shape_of(ShapeKind.DERIVED):
        message, help_ = describe(error)
        yield Problem(at=error.path, message=message, help=help_, on_key=True)
