"""Two records are called the same elsewhere.

What: a name of another database stands under `aliases` of two records; capitals do not count.
Why: that database takes them for one incident. As a rule they are one here too, or the number was copied from the
wrong line.

Bad:

    # file: incidents/FI-0042.yaml
    schema_version: 1
    id: FI-0042
    slug: example-bank-chatbot-promises-refunds
    status: published
    title: Example Bank's chatbot promises refunds that do not exist
    summary: A support chatbot of Example Bank told customers that every fee is refunded.
    organizations:
      - name: Example Bank
        role: deployer
    incident_date: 2025-05-08
    indexed_date: 2026-06-05
    taxonomy_version: 1.0.0
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
          url: https://web.archive.org/web/20250509120000/https://news.example.org/2025/bank-chatbot-refunds
      - kind: company-statement
        title: Statement on answers of our chatbot
        url: https://bank.example.com/statements/chatbot
        publisher: Example Bank
        published: 2025-05-12
        archive:
          url: https://web.archive.org/web/20250512120000/https://bank.example.com/statements/chatbot
    aliases:
      - AIID:1234
    # file: incidents/FI-0043.yaml
    schema_version: 1
    id: FI-0043
    slug: example-shop-assistant-invents-discounts
    status: published
    title: Assistant of Example Shop invents discounts
    summary: A shopping assistant of Example Shop offered customers discounts that nobody had agreed to.
    organizations:
      - name: Example Shop
        role: deployer
    incident_date: 2024-11-29
    indexed_date: 2026-06-05
    taxonomy_version: 1.0.0
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
          url: https://web.archive.org/web/20241130120000/https://daily.example.net/2024/shop-assistant
      - kind: company-statement
        title: On our assistant
        url: https://shop.example.com/news/assistant
        publisher: Example Shop
        published: 2024-12-02
        archive:
          url: https://web.archive.org/web/20241202120000/https://shop.example.com/news/assistant
    aliases:
      - AIID:1234

Good:

    aliases:
      - AIID:1234

Fix: merge the records if they tell one incident; else take the name out of the one that it is not about.
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

RULE = Rule("alias-clash", Severity.ERROR, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record with an alias that an earlier one has; a draft comes after published records."""
    first_with: dict[str, tuple[IndexEntry, int]] = {}
    for entry in index.drafts_last:
        for number, alias in enumerate(entry.aliases):
            if not alias:
                continue
            first, place = first_with.setdefault(alias.casefold(), (entry, number))
            if first is not entry:
                yield IndexProblem(entry.path, _problem(number, alias, first, place))


def _problem(number: int, alias: str, first: IndexEntry, place: int) -> Problem:
    return Problem(
        at=("aliases", number),
        message=f"{quoted(alias)} is the name of {quoted(first.id or first.path)} already",
        help="merge the records if they tell one incident, or take the name out of one of them",
        related=(Label(("aliases", place), "called so here", path=first.path),),
    )
