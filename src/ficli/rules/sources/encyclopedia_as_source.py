"""An encyclopedia stands as a source.

What: the address of a source is that of an encyclopedia. Beside two independent sources it may stand with the kind
`reference`.
Why: an encyclopedia retells what others report, and anybody may change it tomorrow. It confirms nothing.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: reference
        title: Example Bank
        url: https://en.wikipedia.org/wiki/Example_Bank
        publisher: Wikipedia

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
      - kind: reference
        title: Example Bank
        url: https://en.wikipedia.org/wiki/Example_Bank
        publisher: Wikipedia

Fix: cite the document that the article cites, and leave the article out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import compilations
from ficli.urls.known_hosts import HostKind

RULE = Rule("encyclopedia-as-source", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the entries of such a site that replace a source."""
    for number, host in compilations(record, HostKind.ENCYCLOPEDIA):
        yield Problem(
            at=("sources", number, "url"),
            message=f"source {number + 1} is an encyclopedia: {host}",
            help="cite the document that the article cites, and leave the article out",
        )
