"""Two records explain what broke in the same words.

What: the mechanism of two records is the same text, eight words or more; capitals, punctuation, numbers and the names
of the record's own organizations do not count.
Why: a mechanism says what broke in this system. A text that fits two incidents has been looked up for neither.

Bad:

    # file: drafts/example-bank-chatbot-refunds.yaml
    schema_version: 1
    slug: example-bank-chatbot-refunds
    status: draft
    title: Chatbot of Example Bank promises refunds that do not exist
    summary: A support chatbot of Example Bank told customers that every fee is refunded.
    organizations:
      - name: Example Bank
        role: deployer
    incident_date: 2025-05-08
    failure_mode: hallucination
    ai_surface: chatbot
    severity: medium
    what_happened: The chatbot of Example Bank told customers that every fee is refunded on request.
    mechanism: The model of Example Bank made up an answer, and no guardrail held it back.
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
    organizations:
      - name: Example Shop
        role: deployer
    incident_date: 2024-11-29
    failure_mode: hallucination
    ai_surface: chatbot
    severity: low
    what_happened: The assistant of Example Shop offered discounts for which there was no campaign.
    mechanism: The model of Example Shop made up an answer, and no guardrail held it back.
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

    mechanism: The model was asked about fees without the list of fees, and answered all the same.

Fix: say what is known of this system, or that nothing is; leave the mechanism out where the record does not need one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.registry.index_entry import IndexEntry
    from ficli.rules.contract import IndexContext

RULE = Rule("boilerplate-mechanism", Severity.WARNING, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record whose mechanism another one has; a draft comes after published records."""
    for entry, first in index.repeats(lambda entry: entry.mechanism):
        yield IndexProblem(entry.path, _problem(first))


def _problem(first: IndexEntry) -> Problem:
    return Problem(
        at=("mechanism",),
        message=f"{quoted(first.path)} explains what broke in the same words",
        help="say what is known of this system, or that nothing is",
        related=(Label(("mechanism",), "told here first", path=first.path),),
        on_key=True,
    )
