"""Two organizations stand as one.

What: the name of an organization is two names with a stroke or a semicolon between them, as in `A / B`.
Why: neither is found under its own name, and a third organization is counted that does not exist.

Bad:

    organizations:
      - name: Example Bank / Example Labs
        role: deployer
    mechanism: The model came from Example Labs and had no list of the fees of Example Bank.

Good:

    organizations:
      - name: Example Bank
        role: deployer
      - name: Example Labs
        role: developer
    mechanism: The model came from Example Labs and had no list of the fees of Example Bank.

Fix: list each organization by itself, with its own role.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.prose.names import joined_names
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import listed, quoted

RULE = Rule("joined-organizations", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield a problem for each name that is really several names."""
    for number, item in record.record.mappings("organizations"):
        name = item.get("name")
        if not isinstance(name, str) or item.get("anonymized") is True:
            continue
        if parts := joined_names(name):
            yield Problem(
                at=("organizations", number, "name"),
                message=f"{quoted(name)} joins several organizations in one name",
                help=f"list {listed(parts)} each by itself, with its own role",
            )
