"""Merged records lead in a circle.

What: records that were merged lead to each other, and to no record that is live.
Why: whoever has an ID from a citation is sent in a circle, and the incident is gone from the index.

Bad:

    # file: incidents/FI-0042.yaml
    schema_version: 1
    id: FI-0042
    slug: example-bank-chatbot-promises-refunds
    status: merged
    title: Chatbot of Example Bank promises refunds
    merged_into: FI-0043
    reason: One event was told twice.
    retired_date: 2026-08-01
    # file: incidents/FI-0043.yaml
    schema_version: 1
    id: FI-0043
    slug: example-bank-assistant-promises-refunds
    status: merged
    title: Assistant of Example Bank promises refunds
    merged_into: FI-0042
    reason: One event was told twice.
    retired_date: 2026-08-01

Good:

    related: []

Fix: decide which record holds the incident, take it up again, and let the others lead to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import listed

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("merge-cycle", Severity.ERROR, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Follow each merge to its end; a circle is reported once, at its first record."""
    reported: set[str] = set()
    for entry in index.entries:
        circle = _circle(entry, index) if entry.merged_into and entry.id not in reported else []
        reported.update(member.id for member in circle)
        if len(circle) > 1:  # a record that leads to itself is told by `self-reference`
            yield IndexProblem(entry.path, _problem(circle))


def _circle(entry: IndexEntry, index: IndexContext) -> list[IndexEntry]:
    """Return the records from one back to itself; empty if the chain ends elsewhere."""
    way = [entry]
    passed = {entry.id}
    while (following := index.by_id.get(way[-1].merged_into)) is not None and following.id not in passed:
        way.append(following)
        passed.add(following.id)
    return way if following is entry else []


def _problem(circle: list[IndexEntry]) -> Problem:
    return Problem(
        at=("merged_into",),
        message=f"this merge leads back to this record, by way of {listed(member.id for member in circle[1:])}",
        help="let all of them lead to one record that is live",
        related=tuple(Label(("merged_into",), "leads on", path=member.path) for member in circle[1:]),
    )
