"""An incident database stands as a source.

What: the address of a source is that of an incident database. Beside two independent sources it may stand with the kind
`reference`.
Why: such a database, as this index, collects what others report. It confirms nothing, and the two may cite each other.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: reference
        title: Example Bank's chatbot promised refunds
        url: https://incidentdatabase.ai/cite/1234
        publisher: AI Incident Database

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
        title: Example Bank's chatbot promised refunds
        url: https://incidentdatabase.ai/cite/1234
        publisher: AI Incident Database

Fix: cite the reports that it lists, and name its entry in `aliases`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import compilations
from ficli.urls.known_hosts import HostKind

RULE = Rule("incident-database-as-source", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the entries of such a site that replace a source."""
    for number, host in compilations(record, HostKind.INCIDENT_DATABASE):
        yield Problem(
            at=("sources", number, "url"),
            message=f"source {number + 1} is an incident database: {host}",
            help="cite the reports that it lists, and name its entry in `aliases`",
        )
