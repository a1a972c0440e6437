"""A pull quote names no source.

What: `quote` has a text and no `source`.
Why: the number of the source is what leads a reader from the words to the place where they stand.

Bad:

    quote:
      text: The chatbot should never have answered questions about fees.
      speaker: Jane Doe, chief executive of Example Bank

Good:

    quote:
      text: The chatbot should never have answered questions about fees.
      speaker: Jane Doe, chief executive of Example Bank
      source: 2

Fix: give the number of the source that has the words, counted from 1; if none has them, leave the quote out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext

RULE = Rule("quote-without-source", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check that the quotation has a source."""
    quote = record.record.mapping("quote")
    if quote.get("text") and "source" not in quote:
        yield Problem(
            at=("quote",),
            message="the quote does not say which source has it",
            help="add `source:` with the number of the source, counted from 1, or delete the quote",
            on_key=True,
        )
