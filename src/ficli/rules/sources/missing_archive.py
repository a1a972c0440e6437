"""A source has no archived copy.

What: a source has no `archive`.
Why: pages go. Of a page with a copy readers can still see what the record rests on.

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
        archive:
          url: https://web.archive.org/web/20250510081500/https://news.example.org/2025/bank-chatbot-refunds
          captured: 2025-05-10

Fix: `ficli check-links RECORD --archive` looks for a copy and writes it down. Where there is none, have one made and
add its address to `archive`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import source_urls
from ficli.urls.private import why_not_archivable

RULE = Rule("missing-archive", Severity.INFO, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the pages without an archived copy."""
    for number, source, url in source_urls(record):
        if "archive" not in source and not why_not_archivable(url):
            yield Problem(
                at=("sources", number, "url"),
                message=f"source {number + 1} has no archived copy",
                help="`ficli check-links --archive` finds a copy; else add the address of one to `archive`",
                field=("sources", number, "archive"),
            )
