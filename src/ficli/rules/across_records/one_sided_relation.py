"""A relation is told on one side only.

What: a record names another under `related`, and that one does not name it in turn.
Why: a reader finds the connected incident from one page and not from the other.

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
    related:
      - FI-0043
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

Good:

    related: []

Fix: name the first record under `related` of the second, which `--fix` does; or take the name out of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import AppendItem, Fix, Fixable, InsertKey, Rule, Scope, Severity
from ficli.rules.contract import IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.registry.index_entry import IndexEntry
    from ficli.rules.contract import IndexContext

RULE = Rule("one-sided-relation", Severity.WARNING, Scope.INDEX, since="0.1.0", fix=Fixable.SAFE)


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Check each record that another one names; a draft cannot be named, since it has no ID."""
    for entry in index.entries:
        if entry.is_draft or not entry.id:
            continue
        for number, named in enumerate(entry.related):
            other = index.by_id.get(named)
            if other is not None and other is not entry and not other.is_tombstone and entry.id not in other.related:
                yield IndexProblem(other.path, _problem(entry, number, other))


def _problem(entry: IndexEntry, number: int, other: IndexEntry) -> Problem:
    add = AppendItem(("related",), entry.id) if other.related else InsertKey((), "related", [entry.id])
    return Problem(
        at=("related",) if other.related else ("id",),
        message=f"{quoted(entry.id)} names this record as related, and this one does not name it",
        help=f"add {quoted(entry.id)} to `related`",
        related=(Label(("related", number), "named here", path=entry.path),),
        fix=Fix(f"add {entry.id} to `related`", (add,)),
        on_key=bool(other.related),
        field=("related",),
    )
