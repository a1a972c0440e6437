"""A pull quote has no speaker.

What: `quote` has a text and no `speaker`.
Why: a quotation is a claim that somebody said or wrote these words. Without a name nobody can check it.

Bad:

    quote:
      text: The chatbot should never have answered questions about fees.
      source: 2

Good:

    quote:
      text: The chatbot should never have answered questions about fees.
      speaker: Jane Doe, chief executive of Example Bank
      source: 2

Fix: name who said or wrote it, with the office held then; without one, leave the quote out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext

RULE = Rule("quote-without-speaker", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check that the quotation has a speaker."""
    quote = record.record.mapping("quote")
    if quote.get("text") and "speaker" not in quote:
        yield Problem(
            at=("quote",),
            message="the quote does not say who spoke",
            help="add `speaker:` with the name and the office held then, or delete the quote",
            on_key=True,
        )
