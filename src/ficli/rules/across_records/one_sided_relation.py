"""A relation is told on one side only.

What: a record names another under `related`, and that one does not name it in turn.
Why: a reader finds the connected incident from one page and not from the other.

Bad:

    # file: incidents/FI-0042.yaml
    related:
      - FI-0043
    # file: incidents/FI-0043.yaml
    related: []

Good:

    related: []

Fix: name the first record under `related` of the second, which `--fix` does; or take the name out of the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import AppendItem, Fix, Fixable, InsertKey, Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("one-sided-relation", Severity.WARNING, Scope.INDEX, since="0.1.0", fix=Fixable.SAFE)


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Check each record that another one names; a draft cannot be named, since it has no ID."""
    for entry in index.entries:
        if entry.is_draft or not entry.id:
            continue
        for number, named in enumerate(entry.related):
            other = index.by_id.get(named)
            if other is not None and other is not entry and not other.is_tombstone and entry.id not in other.related:
                yield IndexProblem(other.path, _problem(entry, number, other))


def _problem(entry: IndexEntry, number: int, other: IndexEntry) -> Problem:
    add = AppendItem(("related",), entry.id) if other.related else InsertKey((), "related", [entry.id])
    return Problem(
        at=("related",) if other.related else ("id",),
        message=f"{quoted(entry.id)} names this record as related, and this one does not name it",
        help=f"add {quoted(entry.id)} to `related`",
        related=(Label(("related", number), "named here", path=entry.path),),
        fix=Fix(f"add {entry.id} to `related`", (add,)),
        on_key=bool(other.related),
        field=("related",),
    )
