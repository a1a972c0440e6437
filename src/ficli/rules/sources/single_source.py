"""A record rests on one source.

What: a record has a single source. A severe incident that names somebody is left to `weak-sourcing`.
Why: it says what the index knows from one voice only, so that a second is looked for. Confidence is `low` until then.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: company-statement
        title: Statement on answers of our chatbot
        url: https://bank.example.com/statements/chatbot
        publisher: Example Bank
        published: 2025-05-12

Fix: look for a second source of another publisher; where there is none, leave the record as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import is_weak, rests_on_posts

RULE = Rule("single-source", Severity.INFO, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Count the sources, without a source that another rule reports."""
    if len(record.record.sources) != 1 or record.independence.voices[0].unfit:
        return
    if is_weak(record) or rests_on_posts(record):
        return
    yield Problem(
        at=("sources",),
        message="the record rests on a single source",
        help="look for a second source of another publisher",
        on_key=True,
    )
