"""A court filing has no docket number.

What: a source of the kind `court-filing` has no `docket`.
Why: courts are searched by it. It finds the document again when the address is gone, and it tells two cases of the same
name apart.

Bad:

    sources:
      - kind: court-filing
        title: Doe v. Example Bank, complaint
        url: https://courts.example.net/2025/doe-v-example-bank
        publisher: Example District Court
        published: 2025-06-02

Good:

    sources:
      - kind: court-filing
        title: Doe v. Example Bank, complaint
        url: https://courts.example.net/2025/doe-v-example-bank
        publisher: Example District Court
        published: 2025-06-02
        docket: 1:25-cv-01234 (S.D.N.Y.), document 1

Fix: add `docket:` with the number as the court writes it, and the court where the number does not tell it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("missing-docket", Severity.ERROR, Scope.FILE, since="0.1.0")

_FILING = "court-filing"


def check(record: RecordContext) -> Iterator[Problem]:
    """Check that every court filing has its docket number."""
    for number, source in record.record.sources:
        if source.get("kind") == _FILING and "docket" not in source:
            yield Problem(
                at=("sources", number, "kind"),
                message=f"source {number + 1} is a {quoted(_FILING)} without its docket number",
                help="add `docket:` with the number as the court writes it",
                field=("sources", number, "docket"),
            )
