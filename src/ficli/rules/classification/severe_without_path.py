"""A severe incident has no failure path of its own.

What: the severity is `high` or `catastrophic`, and `failure_path` is absent, so that the page shows the profile of the
failure mode.
Why: these are the entries that are read and cited. How people came to grave harm should be told of this case, not of
its kind.

Bad:

    severity: high
    mechanism: The model composed an answer about fees that was in no document it had been given.

Good:

    severity: high
    mechanism: The model composed an answer about fees that was in no document it had been given.
    failure_path:
      trigger: Customers ask the chatbot whether an account fee can be refunded.
      model_step: The model answers that every fee is refunded on request.
      control_gap: Nothing compares the answer with the bank's list of fees.
      failure: The promise is made in the name of the bank.
      consequence: Customers ask for refunds, and the bank declines them.

Fix: add `failure_path` with the five steps of this incident, as far as the sources tell them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.taxonomy import SEVERE
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("severe-without-path", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check that a severe incident has a failure path."""
    severity = record.record.text("severity")
    if severity in SEVERE and "failure_path" not in record.record.data:
        yield Problem(
            at=("severity",),
            message=f"the severity is {quoted(severity)}, but the incident has no failure path of its own",
            help="add `failure_path` with the five steps of this incident",
        )
