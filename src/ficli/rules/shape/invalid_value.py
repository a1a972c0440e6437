"""A field holds a value that it cannot take.

What: a value is not one of the allowed ones, or does not have the form that its field asks for.
Why: readers filter and count by these values. A misspelled one is a category with one incident, which nobody
finds.

Bad:

    severity: meduim

Good:

    severity: medium

Fix: choose an allowed value; `--unsafe-fixes` takes the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Fix, Fixable, Rule, Scope, SetValue, Severity
from ficli.incident.shape import ShapeError, ShapeKind, describe
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("invalid-value", Severity.ERROR, Scope.FILE, since="0.1.0", fix=Fixable.UNSAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each value that is not allowed, with the allowed ones."""
    for error in record.shape_of(ShapeKind.VALUE):
        message, help_ = describe(error)
        yield Problem(at=error.path, message=message, help=help_, fix=_nearest(error))


def _nearest(error: ShapeError) -> Fix | None:
    near = error.near
    return Fix(f"write {quoted(near)}", (SetValue(error.path, near),), safe=False) if near else None
