"""Which findings a change has to answer for: those in what it touched, and those elsewhere that were not there before.

Nothing of the base is read but what has changed since. What the base said of all other records follows from the records
as they are now, and is worked out only where there is a finding that may be an old one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ficli.registry.entry import entry_of
from ficli.rules.engine import Engine, FileReport
from ficli.rules.together import Across
from ficli.rules.tool import rule_crashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ficli.diagnostics import Diagnostic, Severity, Span
    from ficli.registry.base import Change
    from ficli.rules.past import Since, Terms

_Mark: TypeAlias = "tuple[str, Span, str, Severity, str]"


def caused_by(
    since: Since, diagnostics: Iterable[Diagnostic], reports: Sequence[FileReport], across: Across
) -> list[Diagnostic]:
    """Keep the findings that a change has to answer for.

    Args:
        since: the change.
        diagnostics: the findings as they are, without those of history scope.
        reports: one for each record that was read.
        across: ran the rules across records.

    """
    change = since.change
    kept: list[Diagnostic] = []
    doubtful: list[Diagnostic] = []
    for item in diagnostics:
        (kept if _is_touched(item, change) else doubtful).append(item)
    if not doubtful:
        return kept
    terms = since.before if change.settings else across.terms
    if terms is None:  # what the records were judged by is not known, so each finding may be new
        return [*kept, *doubtful]
    old = set(map(_mark, _before(since, terms, reports, across)))
    return [*kept, *(item for item in doubtful if _mark(item) not in old)]


def _is_touched(item: Diagnostic, change: Change) -> bool:
    """Tell whether a finding, or a place that explains it, is in what has changed; that a rule broke is always told."""
    if item.rule == rule_crashed.RULE.name:
        return True
    return change.touches(item.path) or any(change.touches(excerpt.path) for excerpt in item.related)


def _mark(item: Diagnostic) -> _Mark:
    return (item.path, item.span, item.rule, item.severity, item.message)


def _before(since: Since, terms: Terms, reports: Sequence[FileReport], across: Across) -> Iterator[Diagnostic]:
    """Yield what the base would have been told of the records that have not changed."""
    change = since.change
    unchanged = [report for report in reports if not change.touches(report.path)]
    if change.settings:
        engine = Engine(*terms)
        unchanged = [
            engine.judge(across.records.get(report.path)) if _has_said(report) else report for report in unchanged
        ]
    held = change.records_before
    known = [*unchanged, *(FileReport(path, entry_of(path, file.record), ()) for path, file in held.items())]
    known.sort(key=lambda report: report.path)
    strays = [stray for stray in across.strays if not change.touches(stray.path)]
    before = Across(*terms, strays, known, across.records.over(held))
    for report in unchanged:
        yield from report.diagnostics
    yield from before.diagnostics()
    yield from before.unused_suppressions()


def _has_said(report: FileReport) -> bool:
    return bool(report.diagnostics or report.suppressions)
