"""The archived copy is not of this page.

What: the address in `archive` tells of which page it is a copy, and that is another one than the source; or it is no
copy, but the address of the page once more.
Why: when the page is gone the copy is all that proves the record, and this one would prove something else.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
        archive:
          url: https://web.archive.org/web/20250510081500/https://news.example.org/2025/other-chatbot
          captured: 2025-05-10

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

Fix: look up the copy of this page; or correct `url`, if the copy is the document that was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.rules.sources._shared import archive_url, source_urls
from ficli.urls.archives import unwrap_archive
from ficli.urls.identity import match_key
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.urls.parse import parse_url
from ficli.wording import quoted

RULE = Rule("archive-mismatch", Severity.ERROR, Scope.FILE, since="0.1.0")

_RESOLVERS = ("https://doi.org/", "https://hdl.handle.net/", "https://purl.org/", "https://perma.cc/")
"""Services that redirect to the page that is then copied."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare each copy with the page beside it."""
    for number, source, url in source_urls(record):
        copy = archive_url(source)
        if not copy or copy.endswith(url):  # as most do: a copy's address ends with that of its page
            said = "" if copy != url or unwrap_archive(copy) else "the `archive` is the page itself, not a copy of it"
        else:
            said = _mismatch(url, copy)
        if said:
            yield Problem(
                at=("sources", number, "archive", "url"),
                message=said,
                help="look up the copy of this page, or correct `url`",
                related=(Label(("sources", number, "url"), "the page"),),
            )


def _mismatch(url: str, copy: str) -> str:
    archived = unwrap_archive(copy)
    if archived is None:
        same = parse_url(copy) is not None and match_key(copy) == match_key(url)
        return "the `archive` is the page itself, not a copy of it" if same else ""
    key = match_key(url)
    if not archived.original or parse_url(url) is None or key.startswith(_RESOLVERS):
        return ""
    if HostKind.SHORTENER in host_kinds(url) or match_key(archived.original) == key:
        return ""
    return f"the `archive` is a copy of another page: {quoted(archived.original, longest=200)}"
