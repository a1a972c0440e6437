"""The index cites itself.

What: the address of a source leads to the site of this index, as `base_url` in `ficli.toml` names it.
Why: a record cannot be its own evidence, nor can a neighbour that rests on sources of its own.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: reference
        title: Example Bank's chatbot promises refunds that do not exist
        url: https://failureindex.ai/failures/example-bank-chatbot-promises-refunds
        publisher: AI Failure Index
        published: 2026-06-05

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

Fix: cite the documents that the entry cites; name a neighbour in `related`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import source_urls
from ficli.urls.identity import match_key

RULE = Rule("self-source", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the addresses at the index's own site."""
    home = match_key(record.config.base_url)
    below = (f"{home}/", f"{home}?", f"{home}#")
    for number, _, url in source_urls(record):
        key = match_key(url)
        if key == home or key.startswith(below):
            yield Problem(
                at=("sources", number, "url"),
                message=f"source {number + 1} is this index itself",
                help="cite the documents that the entry cites, and name a neighbour in `related`",
            )
