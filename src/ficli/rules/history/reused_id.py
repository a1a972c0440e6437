"""An ID belonged to another record once.

What: a new record has an ID that some commit, on any branch, has seen on another record, one with another slug and
another title.
Why: whoever cited the old record would be led to a new one that has nothing to do with it.

Bad:

    # earlier
    id: FI-0042
    slug: example-clinic-triage-scores-favour-some-postcodes
    title: Triage scores of Example Clinic rank patients by postcode
    # before
    # file: drafts/example-bank-chatbot-promises-refunds.yaml
    schema_version: 1
    slug: example-bank-chatbot-promises-refunds
    status: draft
    # after
    id: FI-0042

Good:

    # earlier
    id: FI-0042
    slug: example-clinic-triage-scores-favour-some-postcodes
    title: Triage scores of Example Clinic rank patients by postcode
    # before
    # file: drafts/example-bank-chatbot-promises-refunds.yaml
    schema_version: 1
    slug: example-bank-chatbot-promises-refunds
    status: draft
    # after
    id: FI-0043

Fix: let `ficli assign` give the new record an ID. It asks git which ones were ever given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.ids import id_number
from ficli.rules.contract import IndexProblem, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.ledger import FormerName
    from ficli.registry.record_versions import Step, Version
    from ficli.rules.history_context import HistoryContext

RULE = Rule("reused-id", Severity.ERROR, Scope.HISTORY, since="0.1.0")
_HASH = 12


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each record with the ID of another; two with one ID today are left to another rule."""
    from ficli.registry.ledger import FormerName, different_records  # which git, and much else, is loaded with

    for step in past.steps:
        after = _with_new_id(step)
        number = id_number(after.id, past.settings.config) if after else None
        if after is None or number is None or past.is_held(after):
            continue
        ours = FormerName(after.record.slug, after.record.title, "", 0)
        for record in different_records([*past.names(number), ours]):
            if ours not in record:
                yield IndexProblem(after.path, _problem(after, record[-1]))
                break


def _with_new_id(step: Step) -> Version | None:
    """Return the record of a step that has an ID which it did not have before."""
    before, after = step.before, step.after
    if after is None or not after.id or not (after.record.slug or after.record.title):
        return None
    return None if before is not None and before.id == after.id else after


def _problem(after: Version, other: FormerName) -> Problem:
    whose = quoted(other.slug or other.title, longest=120)
    return Problem(
        at=("id",),
        message=f"{quoted(after.id)} was the ID of {whose}, in commit {quoted(other.commit[:_HASH])}",
        label="belonged to another record",
        help="let `ficli assign` give this record an ID of its own",
    )
