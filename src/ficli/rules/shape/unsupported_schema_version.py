"""A record is written in a version of the format that this ficli cannot read.

What: `schema_version` is not the version that this ficli knows.
Why: in another version the same field may mean something else, so nothing further is said about the record's
shape.

Bad:

    schema_version: 2

Good:

    schema_version: 1

Fix: update ficli where the registry has moved on; else write the version that the other records have.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import ShapeError, ShapeKind, describe
from ficli.rules.contract import Problem, RecordContext

RULE = Rule("unsupported-schema-version", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Report the version in the record and the one that can be read."""
    for error in record.shape_of(ShapeKind.VERSION):
        message, update = describe(error)
        yield Problem(at=error.path, message=message, help=update if _is_later(error) else _write(error))


def _is_later(error: ShapeError) -> bool:
    return type(error.value) is int and error.value > int(error.expected)


def _write(error: ShapeError) -> str:
    return f"write `schema_version: {error.expected}`, without quotes"
