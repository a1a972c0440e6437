"""A record has a field that does not exist, or not in this place.

What: a field's name is none of the known ones, or the field belongs to records of another status.
Why: nothing reads an unknown field, so what stands there is lost; most are a slip of the pen.

Bad:

    industy: financial-services
    # without: industry

Good:

    industry: financial-services

Fix: write the name that was meant (`--unsafe-fixes` takes the nearest one), or delete the field.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Fix, Fixable, RenameKey, Rule, Scope, Severity
from ficli.incident.shape import ShapeError, ShapeKind, describe
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("unknown-field", Severity.ERROR, Scope.FILE, since="0.1.0", fix=Fixable.UNSAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each field that is unknown in its mapping."""
    for error in record.shape_of(ShapeKind.UNKNOWN, ShapeKind.MISPLACED):
        message, help_ = describe(error)
        yield Problem(at=error.path, message=message, help=help_, fix=_rename(record, error), on_key=True)


def _rename(record: RecordContext, error: ShapeError) -> Fix | None:
    """Return the fix that renames the field to the intended one, unless that one exists already."""
    name = error.near
    if not name or name in _fields_beside(record.data, error):
        return None
    return Fix(f"rename this field to {quoted(name)}", (RenameKey(error.path, name),), safe=False)


def _fields_beside(data: object, error: ShapeError) -> dict[str, object]:
    holder = data
    for step in error.path[:-1]:
        holder = holder[step]  # type: ignore[index]
    return holder if isinstance(holder, dict) else {}
