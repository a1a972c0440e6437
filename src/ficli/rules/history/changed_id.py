"""A record has another ID than before.

What: a record that was published, merged or removed in the base is there with another `id`.
Why: people have cited the old one. It would lead nowhere, and the number would look free for another record.

Bad:

    # before
    id: FI-0042
    # after
    id: FI-0043

Good:

    # before
    id: FI-0042
    # after
    id: FI-0042

Fix: give the record its old ID and file name back. Only `ficli assign` gives IDs, and gives each once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexProblem, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.rules.history_context import HistoryContext

RULE = Rule("changed-id", Severity.ERROR, Scope.HISTORY, since="0.1.0")


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each record with another ID, unless another record had the same one and keeps it."""
    for before, after in past.kept:
        if before.id == after.id or past.is_held(before):
            continue
        yield IndexProblem(
            after.path,
            Problem(
                at=("id",),
                message=f"this record was {quoted(before.id)} and is {quoted(after.id or after.path)} now",
                label=f"was {quoted(before.id)}",
                help=f"give it back its ID, in {quoted(before.path)}",
            ),
        )
