"""Two records have the same ID.

What: the same `id` stands in two files, tombstones included.
Why: a citation names an ID. With two records behind it nobody can say which one was cited.

Bad:

    # file: incidents/2025/FI-0001.yaml
    id: FI-0001
    # file: incidents/2026/FI-0001.yaml
    id: FI-0001

Good:

    # file: incidents/2025/FI-0001.yaml
    id: FI-0001
    # file: incidents/2026/FI-0002.yaml
    id: FI-0002

Fix: keep the ID where it was published first. Give the other record an ID that was never used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("duplicate-id", Severity.ERROR, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record whose ID an earlier file has; an ID in a draft is left to another rule."""
    for entry, first in index.repeats(lambda entry: "" if entry.status == "draft" else entry.id):
        yield IndexProblem(entry.path, _problem(entry, first))


def _problem(entry: IndexEntry, first: IndexEntry) -> Problem:
    return Problem(
        at=("id",),
        message=f"{quoted(entry.id)} is also the ID of {quoted(first.path)}",
        help="keep it where it was published first; give the other an ID that was never used",
        related=(Label(("id",), "first given here", path=first.path),),
    )
