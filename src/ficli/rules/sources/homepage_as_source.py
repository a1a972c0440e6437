"""A source is the front page of a site.

What: the address of a source leads to no document, but to the front page of its site. A front page may itself be the
document where the kind is `primary` or `research`.
Why: what stood there when the curator looked is gone by tomorrow, and the reader has to search.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: give the address of the document itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import source_urls
from ficli.urls.identity import match_key
from ficli.urls.parse import parse_url
from ficli.wording import quoted

RULE = Rule("homepage-as-source", Severity.WARNING, Scope.FILE, since="0.1.0")

_MAY_BE_A_SITE = ("primary", "research")
_SLASHES = 2
"""The slashes of an address before its path."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the addresses of a site without a page."""
    for number, source, url in source_urls(record):
        key = match_key(url)
        if key.count("/") > _SLASHES or "?" in key or "#" in key or source.get("kind") in _MAY_BE_A_SITE:
            continue
        if page := parse_url(key):
            yield Problem(
                at=("sources", number, "url"),
                message=f"the address is that of the front page of {quoted(page.host)}",
                help="give the address of the document itself",
            )
