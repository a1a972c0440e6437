"""An address is not for the public.

What: the address of a source, or of its archived copy, leads into somebody's network, or holds a password, a session
or a signature that lets its reader in, such as `X-Amz-Signature`.
Why: readers cannot follow the first, and whoever reads the record can use the second, for as long as it is valid.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://wiki.example.internal/press/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: give the public address of the document. A password or a signature that has been committed must be withdrawn as
well, since the history of the repository keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import all_urls
from ficli.urls.private import why_private

RULE = Rule("private-url", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check whether every address was meant for the public."""
    for path, url in all_urls(record):
        if why := why_private(url):
            yield Problem(
                at=path,
                message=f"this address is not for the public: {why}",
                help="give the public address of the document",
            )
