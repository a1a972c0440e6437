"""A draft has a field that only a published record has.

What: `id`, `indexed_date`, `taxonomy_version` or `corrections` stands in a draft.
Why: two people who pick a number by hand pick the same one. IDs are given in one place and in order.

Bad:

    status: draft
    id: FI-0007
    # without: indexed_date
    # without: taxonomy_version

Good:

    status: draft
    # without: id
    # without: indexed_date
    # without: taxonomy_version

Fix: delete the field; the record gets it when it is published.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import ShapeKind, describe
from ficli.rules.contract import Problem, RecordContext

RULE = Rule("id-in-draft", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each field that a draft cannot have yet."""
    for error in record.shape_of(ShapeKind.ASSIGNED):
        message, help_ = describe(error)
        yield Problem(at=error.path, message=message, help=help_, on_key=True)
