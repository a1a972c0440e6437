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

Fix: add the address of a copy to `archive`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.urls.archives import unwrap_archive
from ficli.incident.urls.host_kinds import host_kinds
from ficli.incident.urls.hosts import HostKind
from ficli.incident.urls.parse import parse_url
from ficli.incident.urls.private import why_private
from ficli.rules.contract import Problem
from ficli.rules.sources._links import source_urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.rules.contract import RecordContext

RULE = Rule("missing-archive", Severity.INFO, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Find the pages that nobody is known to keep."""
    for number, source, url in source_urls(record):
        if "archive" not in source and _can_be_kept(url):
            yield Problem(
                at=("sources", number, "url"),
                message=f"source {number + 1} has no archived copy",
                help="add the address of a copy to `archive`",
                field=("sources", number, "archive"),
            )


def _can_be_kept(url: str) -> bool:
    """Tell whether an address is that of a page, and of one for the public."""
    if parse_url(url) is None or HostKind.SHORTENER in host_kinds(url):
        return False
    return unwrap_archive(url) is None and not why_private(url)
