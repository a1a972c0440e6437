"""One line a finding: `path:line:col: error[rule] message`, which editors and `grep` understand."""

from __future__ import annotations

from collections.abc import Iterator

from ficli.output.colours import Palette
from ficli.output.report import Report, count_by_rule
from ficli.wording import harmless


def render(report: Report) -> Iterator[str]:
    """Yield the lines of a report, and the summary."""
    palette = Palette(report.colour)
    if report.statistics:
        yield from count_by_rule(report)
    else:
        for item in report.shown:
            span = item.span
            kind = palette.severity(item.severity, f"{item.severity}[{item.rule}]")
            place = harmless(report.place(item.path))
            yield f"{place}:{span.line}:{span.column}: {kind} {harmless(item.message)}\n"
    yield report.summary() + "\n"
