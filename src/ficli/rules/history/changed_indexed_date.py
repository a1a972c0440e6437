"""A record was indexed on another day than before.

What: a record of the base is there with another `indexed_date`.
Why: the day stands in every citation of the record, and tells what was known when. What changed since then is told
under `corrections`, with a day of its own.

Bad:

    # before
    indexed_date: 2026-06-05
    # after
    indexed_date: 2026-07-01

Good:

    # before
    indexed_date: 2026-06-05
    # after
    indexed_date: 2026-06-05

Fix: write the old day again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexProblem, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.rules.history_context import HistoryContext

RULE = Rule("changed-indexed-date", Severity.ERROR, Scope.HISTORY, since="0.1.0")
_FIELD = "indexed_date"


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each record with another day; a tombstone need not have one."""
    for before, after in past.kept:
        old, new = before.record.text(_FIELD), after.record.text(_FIELD)
        if old and new and old != new:
            yield IndexProblem(
                after.path,
                Problem(
                    at=(_FIELD,),
                    message=f"this record was indexed on {quoted(old)}, not on {quoted(new)}",
                    label=f"was {quoted(old)}",
                    help="write the old day again; `corrections` tells what changed later",
                ),
            )
