"""A quote names a source that is not there.

What: the number in `quote.source` is larger than the number of sources.
Why: the number leads readers to the words. This one leads nowhere, often since a source was deleted.

Bad:

    quote:
      text: The chatbot should never have answered questions about fees.
      speaker: Jane Doe, chief executive of Example Bank
      source: 3

Good:

    quote:
      text: The chatbot should never have answered questions about fees.
      speaker: Jane Doe, chief executive of Example Bank
      source: 2

Fix: count the sources from 1, and give the number of the one that has the words.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import counted, quoted

RULE = Rule("dangling-source-number", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the number with the number of sources."""
    number = record.record.mapping("quote").get("source")
    sources = record.record.data.get("sources")
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(sources, list):
        return
    if number > len(sources) > 0:
        yield Problem(
            at=("quote", "source"),
            message=f"the quote names source {quoted(number)}, but the record has {counted(len(sources), 'source')}",
            help="give the number of the source that has the words, counted from 1",
            related=(Label(("sources",), "the sources"),),
        )
