"""A file is too large or too deeply nested to be a record.

What: the file has more than 1 MiB, or values nested more than 32 deep.
Why: a record is a few pages of text. What is larger is a mistake or an attack, and reading it would slow or stop
every program that loads the index.

Bad:

    steward_note: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

Good:

    steward_note: As deep as a record goes.

Fix: keep the evidence at its source, and in the record the passages that carry it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.yaml.flaws import FlawKind

if TYPE_CHECKING:
    from ficli.rules.contract import Problem, RecordContext

RULE = Rule("oversized-file", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def check(record: RecordContext) -> Iterator[Problem]:
    """Report that the file is too large, or where it is too deep."""
    return record.flaws(FlawKind.OVERSIZED)
