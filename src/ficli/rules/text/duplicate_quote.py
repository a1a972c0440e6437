"""Two records have the same pull quote.

What: the same words, five at least, stand as the quote of two records; capitals and punctuation do not count.
Why: a sentence is said once. As a rule the two records are one event told twice, or the quote was copied with a draft.

Bad:

    # file: drafts/example-bank-chatbot-refunds.yaml
    quote:
      text: The chatbot should never have answered that.
      speaker: Jane Doe, chief executive of Example Bank
      source: 1
    # file: drafts/example-shop-chatbot-discounts.yaml
    quote:
      text: "The chatbot should never have answered that!"
      speaker: John Roe, head of sales at Example Shop
      source: 1

Good:

    quote:
      text: The chatbot should never have answered that.
      speaker: Jane Doe, chief executive of Example Bank
      source: 2

Fix: keep the quote in the record whose source has it; merge the records if they tell one event.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.registry.duplicates import FeatureKind
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("duplicate-quote", Severity.WARNING, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record whose quote another one has; a draft comes after published records."""
    reported = index.duplicates_by(FeatureKind.QUOTE)
    for entry, first in index.repeats(lambda entry: entry.quote):
        if entry.path not in reported:
            yield IndexProblem(entry.path, _problem(first))


def _problem(first: IndexEntry) -> Problem:
    return Problem(
        at=("quote", "text"),
        message=f"{quoted(first.path)} has the same quote",
        help="keep it in the record whose source has it; merge the two if they tell one event",
        related=(Label(("quote", "text"), "first used here", path=first.path),),
    )
