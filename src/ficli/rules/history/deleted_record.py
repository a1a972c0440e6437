"""A record is gone.

What: a record that was published, merged or removed in the base has no file any more, under any name.
Why: an ID that was cited must lead somewhere. A tombstone says what became of the record; a file that is gone says
nothing, and lets its ID look free.

Bad:

    # before
    id: FI-0042
    # after

Good:

    # before
    id: FI-0042
    # after
    # file: incidents/FI-0042.yaml
    schema_version: 1
    id: FI-0042
    slug: example-bank-chatbot-promises-refunds
    status: removed
    title: Chatbot of Example Bank promises refunds that do not exist
    reason: The bank showed that the answers were written by a person.
    retired_date: 2026-10-01

Fix: bring the file back, with `git checkout BASE -- FILE`, and retire the record with `ficli remove` or `ficli merge`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import FILE, IndexProblem, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.record_versions import Version
    from ficli.rules.history_context import HistoryContext

RULE = Rule("deleted-record", Severity.ERROR, Scope.HISTORY, since="0.1.0")


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each record that readers knew and that has no file; a second file of one ID may be deleted."""
    for step in past.steps:
        if step.before is not None and step.after is None and step.before.is_public and not past.is_held(step.before):
            yield IndexProblem(step.before.path, _problem(step.before))


def _problem(gone: Version) -> Problem:
    called = f": {quoted(gone.record.title, longest=120)}" if gone.record.title else ""
    return Problem(
        at=FILE,
        message=f"{quoted(gone.id)} is gone{called}",
        help="bring the file back, then retire the record with `ficli remove` or `ficli merge`",
    )
