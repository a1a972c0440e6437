"""Two records are called the same elsewhere.

What: a name of another database stands under `aliases` of two records; capitals do not count.
Why: that database takes them for one incident. As a rule they are one here too, or the number was copied from the
wrong line.

Bad:

    # file: incidents/FI-0042.yaml
    aliases:
      - AIID:1234
    # file: incidents/FI-0043.yaml
    aliases:
      - AIID:1234

Good:

    aliases:
      - AIID:1234

Fix: merge the records if they tell one incident; else take the name out of the one that it is not about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("alias-clash", Severity.ERROR, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record with an alias that an earlier one has; a draft comes after published records."""
    first_with: dict[str, tuple[IndexEntry, int]] = {}
    for entry in index.drafts_last:
        for number, alias in enumerate(entry.aliases):
            if not alias:
                continue
            first, place = first_with.setdefault(alias.casefold(), (entry, number))
            if first is not entry:
                yield IndexProblem(entry.path, _problem(number, alias, first, place))


def _problem(number: int, alias: str, first: IndexEntry, place: int) -> Problem:
    return Problem(
        at=("aliases", number),
        message=f"{quoted(alias)} is the name of {quoted(first.id or first.path)} already",
        help="merge the records if they tell one incident, or take the name out of one of them",
        related=(Label(("aliases", place), "called so here", path=first.path),),
    )
