"""A record names itself.

What: `related` or `merged_into` holds the ID of the record it stands in.
Why: a reader who follows the reference comes back to where they were; another record was meant, and is not named.

Bad:

    # file: incidents/FI-0042.yaml
    related:
      - FI-0042

Good:

    related: []

Fix: name the record that was meant, or delete the line.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import FieldPath, Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Problem
from ficli.wording import quoted

RULE = Rule("self-reference", Severity.ERROR, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Compare each reference with the ID of its own record."""
    for entry in index.entries:
        if not entry.id:
            continue
        for number, named in enumerate(entry.related):
            if named == entry.id:
                yield IndexProblem(entry.path, _problem(("related", number), named))
        if entry.merged_into == entry.id:
            yield IndexProblem(entry.path, _problem(("merged_into",), entry.id))


def _problem(at: FieldPath, named: str) -> Problem:
    return Problem(
        at=at,
        message=f"{quoted(named)} is this record itself",
        help="name the record that was meant, or delete the line",
    )
