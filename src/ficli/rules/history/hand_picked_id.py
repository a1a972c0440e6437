"""A new record has an ID that `ficli assign` did not give.

What: a record under `incidents/` is new, and the base has no draft with its slug.
Why: two people who pick the next number themselves pick the same one, and a number that was given before looks free.
`ficli assign` publishes a draft after it was reviewed and merged, one process at a time, and asks git which IDs were
ever given.

Bad:

    # before
    # after
    id: FI-0042

Good:

    # before
    # file: drafts/example-bank-chatbot-promises-refunds.yaml
    schema_version: 1
    slug: example-bank-chatbot-promises-refunds
    status: draft
    # after
    id: FI-0042

Fix: move the record to `drafts/`, without `id`, `indexed_date` and `taxonomy_version`, with `status: draft`. It gets
its ID once it is merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexProblem, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.rules.history_context import HistoryContext

RULE = Rule("hand-picked-id", Severity.ERROR, Scope.HISTORY, since="0.1.0")


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each record with an ID that was neither a record nor a draft in the base."""
    for step in past.steps:
        after = step.after
        if step.before is not None or after is None or not after.record.id or not after.is_public:
            continue
        if after.slug not in past.drafted:
            yield IndexProblem(
                after.path,
                Problem(
                    at=("id",),
                    message=f"`ficli assign` did not give {quoted(after.id)}: {quoted(after.record.slug)} was no draft",
                    label="picked by hand",
                    help="make it a draft in `drafts/`, without `id`; it gets its ID once it is merged",
                ),
            )
