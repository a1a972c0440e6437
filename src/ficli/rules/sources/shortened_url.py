"""An address does not tell where it leads.

What: the address of a source, or of its archived copy, is one of a link shortener.
Why: nobody can see which document it stands for, and when the shortener closes, or sells the link, nobody can find out.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://bit.ly/3xmpl42
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: open it, and write the address at which the document then stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import all_urls
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.wording import quoted

RULE = Rule("shortened-url", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the addresses of link shorteners."""
    for path, url in all_urls(record):
        if HostKind.SHORTENER in host_kinds(url):
            yield Problem(
                at=path,
                message=f"{quoted(url)} does not tell which document it leads to",
                help="open it, and write the address at which the document then stands",
            )
