"""A record lacks a field that it needs.

What: a required field is not there. What is required depends on the status, and a published record of high or
catastrophic severity also needs `mechanism`.
Why: a reader who compares incidents has to find the same facts in each of them.

Bad:

    # without: severity

Good:

    severity: medium

Fix: add the field with what the sources support.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.record import TOMBSTONES
from ficli.incident.shape import ShapeError, ShapeKind, describe
from ficli.rules.contract import Problem, RecordContext

RULE = Rule("missing-field", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each missing field; those of a tombstone have their own rule."""
    for error in record.shape_of(ShapeKind.MISSING):
        if error.because.get("status") not in TOMBSTONES:
            yield _problem(record, error)


def _problem(record: RecordContext, error: ShapeError) -> Problem:
    """Return a problem at the value that requires the field: the status, or a more specific one."""
    asking = sorted(error.because, key=lambda name: name == "status")
    because = {name: record.record.text(name) for name in error.because}
    message, help_ = describe(replace(error, because=because))
    return Problem(at=(*error.path, *asking[:1]), message=message, help=help_, field=(*error.path, error.name))
