"""What was published has changed, and the record does not say so.

What: a fact of a published record was changed or taken back, and `corrections` has no new line. Facts are the fields
that are data: organizations, dates, classification, severity, sums, sources, the quotation. A typo in prose is none,
nor is a source, an archived copy or a field that was added.
Why: whoever has cited the record can see what it says now, and must be able to see that it said something else.

Bad:

    # before
    severity: low
    # after
    severity: medium

Good:

    # before
    severity: low
    # after
    severity: medium
    corrections:
      - date: 2026-10-01
        note: "Severity raised from low to medium: the bank confirmed that customers lost money."

Fix: add a line to `corrections`, with today's date and what was corrected. Where nothing was wrong before, allow the
finding with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity, field_name
from ficli.incident.changes import FieldChange, field_changes
from ficli.rules.contract import IndexProblem, Label, Problem
from ficli.wording import counted, listed, quoted

if TYPE_CHECKING:
    from ficli.incident.record import Record
    from ficli.rules.history_context import HistoryContext

RULE = Rule("undocumented-change", Severity.WARNING, Scope.HISTORY, since="0.1.0")
_MOST_NAMED = 4


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each published record whose facts changed without a line in its public history."""
    for before, after in past.kept:
        if before.record.status == after.record.status == "published" and not _is_documented(
            before.record, after.record
        ):
            facts = [change for change in field_changes(before.record.data, after.record.data) if change.is_fact]
            if facts:
                yield IndexProblem(after.path, _problem(facts))


def _is_documented(before: Record, after: Record) -> bool:
    known = [item for _, item in before.mappings("corrections")]
    return any(item not in known for _, item in after.mappings("corrections"))


def _problem(facts: Sequence[FieldChange]) -> Problem:
    first = facts[0]
    names = [field_name(change.path) for change in facts]
    shown, more = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    fields = listed(shown) if more <= 0 else f"{', '.join(map(quoted, shown))} and {counted(more, 'more field')}"
    return Problem(
        at=first.path[:1] if first.gone else first.path,
        message=f"published facts have changed without a line in `corrections`: {fields}",
        label=_was(first),
        help="add a line to `corrections`: the date, and what was corrected",
        related=tuple(Label(change.path, _was(change)) for change in facts[1:_MOST_NAMED] if not change.gone),
    )


def _was(change: FieldChange) -> str:
    if change.gone:
        return f"{quoted(field_name(change.path))} was taken out"
    return f"was {quoted(change.before)}" if not isinstance(change.before, dict | list) else "was something else"
