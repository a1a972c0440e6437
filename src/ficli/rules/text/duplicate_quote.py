"""Two records have the same pull quote.

What: the same words, five at least, stand as the quote of two records; capitals and punctuation do not count.
Why: a sentence is said once. As a rule the two records are one event told twice, or the quote was copied with a draft.

Bad:

    # file: drafts/example-bank-chatbot-refunds.yaml
    schema_version: 1
    slug: example-bank-chatbot-refunds
    status: draft
    title: Chatbot of Example Bank promises refunds that do not exist
    summary: A support chatbot of Example Bank told customers that every fee is refunded.
    quote:
      text: The chatbot should never have answered that.
      speaker: Jane Doe, chief executive of Example Bank
      source: 1
    organizations:
      - name: Example Bank
        role: deployer
    incident_date: 2025-05-08
    failure_mode: hallucination
    ai_surface: chatbot
    severity: medium
    what_happened: The chatbot of Example Bank told customers that every fee is refunded on request.
    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
        archive:
          url: https://web.archive.org/web/20250510081500/https://news.example.org/2025/bank-chatbot-refunds
      - kind: company-statement
        title: Statement on answers of our chatbot
        url: https://bank.example.com/statements/chatbot
        publisher: Example Bank
        published: 2025-05-12
        archive:
          url: https://web.archive.org/web/20250513120000/https://bank.example.com/statements/chatbot
    # file: drafts/example-shop-chatbot-discounts.yaml
    schema_version: 1
    slug: example-shop-chatbot-discounts
    status: draft
    title: Assistant of Example Shop invents discounts
    summary: A shopping assistant of Example Shop offered customers discounts that nobody had agreed to.
    quote:
      text: "The chatbot should never have answered that!"
      speaker: John Roe, head of sales at Example Shop
      source: 1
    organizations:
      - name: Example Shop
        role: deployer
    incident_date: 2024-11-29
    failure_mode: hallucination
    ai_surface: chatbot
    severity: low
    what_happened: The assistant of Example Shop offered discounts for which there was no campaign.
    sources:
      - kind: press
        title: Assistant gives everything away
        url: https://daily.example.net/2024/shop-assistant
        publisher: Example Daily
        published: 2024-11-30
        archive:
          url: https://web.archive.org/web/20241201120000/https://daily.example.net/2024/shop-assistant
      - kind: company-statement
        title: On our assistant
        url: https://shop.example.com/news/assistant
        publisher: Example Shop
        published: 2024-12-02
        archive:
          url: https://web.archive.org/web/20241203120000/https://shop.example.com/news/assistant

Good:

    quote:
      text: The chatbot should never have answered that.
      speaker: Jane Doe, chief executive of Example Bank
      source: 2

Fix: keep the quote in the record whose source has it; merge the records if they tell one event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.registry.duplicates import FeatureKind
from ficli.rules.contract import IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.registry.index_entry import IndexEntry
    from ficli.rules.contract import IndexContext

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
