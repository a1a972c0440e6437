"""A record refers to one that is not there.

What: an ID in `related` or `merged_into` is that of no record, or of one that was merged or removed.
Why: the page links to nothing, or to a page that has moved. As a rule the number was mistyped, and another incident is
meant.

Bad:

    # file: incidents/FI-0042.yaml
    related:
      - FI-0024

Good:

    related: []

Fix: name the record that is meant, or delete the line; `--fix` puts the target of a merge in the place of what was
merged into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import FieldPath, Fix, Fixable, Remove, Rule, Scope, SetValue, Severity
from ficli.incident.ids import is_id
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("dangling-reference", Severity.ERROR, Scope.INDEX, since="0.1.0", fix=Fixable.SAFE)


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Look up every reference; one to the record itself, or in a circle, is reported by another rule."""
    for entry in index.entries:
        for at, named in _references(entry):
            if named == entry.id or not is_id(named, index.settings.config):
                continue
            target = index.by_id.get(named)
            if target is None:
                yield IndexProblem(entry.path, _missing(at, named, index))
            elif target.is_tombstone and (problem := _retired(at, entry, target, index)) is not None:
                yield IndexProblem(entry.path, problem)


def _references(entry: IndexEntry) -> Iterator[tuple[FieldPath, str]]:
    for number, named in enumerate(entry.related):
        yield ("related", number), named
    yield ("merged_into",), entry.merged_into


def _missing(at: FieldPath, named: str, index: IndexContext) -> Problem:
    near = nearest(named, index.by_id, most=3)
    return Problem(
        at=at,
        message=f"there is no record {quoted(named)}",
        help=f"did you mean {listed(near, last='or')}?" if near else "name a record that is there, or delete the line",
    )


def _retired(at: FieldPath, entry: IndexEntry, target: IndexEntry, index: IndexContext) -> Problem | None:
    """Return the problem of a reference to a tombstone; None if its chain of merges ends in a circle."""
    label = Label(("status",), "retired here", path=target.path)
    if target.status == "removed":
        message = f"{quoted(target.id)} was removed from the index"
        return Problem(at=at, message=message, help="delete the line", related=(label,))
    final = index.merged(target)
    if final is None:
        return None
    message = f"{quoted(target.id)} was merged into {quoted(final)}"
    if final in entry.related or final == entry.id:
        fix = Fix(f"delete {target.id}", (Remove(at),)) if at[0] == "related" else None
        return Problem(at=at, message=message, help="delete the line", related=(label,), fix=fix)
    fix = Fix(f"name {final}", (SetValue(at, final),))
    return Problem(at=at, message=message, help=f"name {quoted(final)}", related=(label,), fix=fix)
