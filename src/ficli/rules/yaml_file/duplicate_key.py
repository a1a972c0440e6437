"""A field stands twice in the same place.

What: one mapping of a record has the same key twice.
Why: YAML forbids it, and readers that let it pass keep either the first value or the last, so that two people
see two different records.

Bad:

    severity: low
    severity: medium

Good:

    severity: medium

Fix: delete one of the two, or join their values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.yaml.flaws import FlawKind

if TYPE_CHECKING:
    from ficli.rules.contract import Problem, RecordContext

RULE = Rule("duplicate-key", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the keys that a mapping has twice."""
    return record.flaws(FlawKind.DUPLICATE_KEY)
