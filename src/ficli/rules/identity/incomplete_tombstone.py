"""A tombstone does not say what became of its record.

What: a merged or removed record lacks its `id`, its `reason`, its `retired_date` or, when merged, `merged_into`.
Why: a record is never deleted. Whoever follows an old citation has to learn what happened, when and why.

Bad:

    # file: incidents/FI-0001.yaml
    schema_version: 1
    id: FI-0001
    slug: example-bank-chatbot-refunds
    status: removed
    title: Chatbot of Example Bank promises refunds that do not exist
    retired_date: 2026-10-01

Good:

    # file: incidents/FI-0001.yaml
    schema_version: 1
    id: FI-0001
    slug: example-bank-chatbot-refunds
    status: removed
    title: Chatbot of Example Bank promises refunds that do not exist
    reason: The organization showed that the answers were written by a person.
    retired_date: 2026-10-01

Fix: add the field.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.record import TOMBSTONES
from ficli.incident.shape import ShapeKind, describe
from ficli.rules.contract import Problem, RecordContext

RULE = Rule("incomplete-tombstone", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each field that a tombstone lacks, beside the status that requires it."""
    for error in record.shape_of(ShapeKind.MISSING):
        if error.because.get("status") in TOMBSTONES:
            message, help_ = describe(error)
            yield Problem(at=("status",), message=message, help=help_, field=(error.name,))
