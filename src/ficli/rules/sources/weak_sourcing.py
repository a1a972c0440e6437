"""A severe incident is laid to a named organization without two independent sources.

What: the severity is `high` or `catastrophic`, an organization is named, and no two sources are independent: they have
one site or one text, or are compilations such as an encyclopedia. In a draft it is an error, and the draft gets no
ID; in a published record it is a warning, and the record leaves the headline counts until it is corroborated.
Why: it is a grave thing to say of somebody. One report may be wrong, and two prints of it are wrong together.

Bad:

    severity: high
    mechanism: The model composed an answer about fees that was in no document it had been given.
    failure_path:
      trigger: Customers ask the chatbot whether an account fee can be refunded.
      model_step: The model answers that every fee is refunded on request.
      control_gap: Nothing compares the answer with the bank's list of fees.
      failure: The promise is made in the name of the bank.
      consequence: Customers ask for refunds, and the bank declines them.
    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Good:

    severity: high
    mechanism: The model composed an answer about fees that was in no document it had been given.
    failure_path:
      trigger: Customers ask the chatbot whether an account fee can be refunded.
      model_step: The model answers that every fee is refunded on request.
      control_gap: Nothing compares the answer with the bank's list of fees.
      failure: The promise is made in the name of the bank.
      consequence: Customers ask for refunds, and the bank declines them.
    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: regulator
        title: Decision 12/2025 on refunds promised by a chatbot
        url: https://regulator.example.net/decisions/2025-12
        publisher: Example Financial Authority
        published: 2025-06-02

Fix: add a source from another publisher that found out for itself: a court document, a regulator's decision, a second
newsroom. Until there is one, leave the record a draft, or name the organization only by its industry.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import count_dependent, is_weak, named_organizations, why_dependent
from ficli.wording import quoted

RULE = Rule("weak-sourcing", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check for two independent sources if an organization is named in a severe incident."""
    if not is_weak(record):
        return
    voices = record.independence.voices
    name, severity = quoted(named_organizations(record)[0]), quoted(record.record.text("severity"))
    basis = "a single source" if len(voices) == 1 else count_dependent(record.independence)
    yield Problem(
        at=("sources",),
        message=f"{name} is named in an incident of severity {severity} that rests on {basis}",
        help="add a source from another publisher that found out for itself, "
        "or name the organization only by its industry",
        related=tuple(why_dependent(record.independence)),
        on_key=True,
        severity=Severity.WARNING if record.record.status == "published" else None,
    )
