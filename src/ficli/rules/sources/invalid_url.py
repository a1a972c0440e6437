"""An address cannot be opened by any browser.

What: the address of a source, or of its archived copy, begins like a web address and is none: it has a space, no host,
a port that cannot be.
Why: nobody can follow it, and a source that cannot be read proves nothing.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news..example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: copy the address from the browser once more.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import all_urls
from ficli.urls.parse import why_invalid
from ficli.wording import HIDDEN, quoted

RULE = Rule("invalid-url", Severity.ERROR, Scope.FILE, since="0.1.0")

_STARTS = ("https://", "http://")
"""The two valid beginnings; an address without one is an `invalid-value`."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Check every address by the rules for addresses."""
    found = [(path, url, why) for path, url in all_urls(record) if (why := why_invalid(url))]
    if not found:
        return
    wrong = {error.path for error in record.shape}
    for path, url, why in found:
        # The shape, and characters that nobody can see, have rules of their own.
        if path not in wrong and url.startswith(_STARTS) and not HIDDEN.search(url):
            yield Problem(at=path, message=f"{quoted(url)} is no web address: {why}", help="copy it once more")
