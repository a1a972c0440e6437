"""An address tells where its reader came from.

What: the address of a source has parameters that only serve to follow readers, such as `utm_source` or `fbclid`.
Why: they say nothing about the document, and make one page look like several. Some name the person who shared the link.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds?utm_source=newsletter
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: take them off, as `--fix` does; all that names the page stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Fix, Fixable, Rule, Scope, SetValue, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import source_urls
from ficli.urls.identity import stored_url, without_tracking
from ficli.wording import listed

RULE = Rule("tracking-parameters", Severity.WARNING, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the parameters that do not identify the page."""
    for number, _, url in source_urls(record):
        if "?" in url and (names := without_tracking(url)[1]):
            path = ("sources", number, "url")
            one = len(names) == 1
            yield Problem(
                at=path,
                message=f"{listed(names)} {'only follows' if one else 'only follow'} readers",
                help=f"take {'it' if one else 'them'} off the address",
                fix=Fix(f"take {listed(names)} off", (SetValue(path, stored_url(url)),)),
                piece=names[0],
            )
