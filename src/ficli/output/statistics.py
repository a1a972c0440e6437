"""Findings counted by rule: where a registry's debts are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ficli.output.colours import Palette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.output.report import Report


def count_by_rule(report: Report) -> Iterator[str]:
    """Yield a line for each rule that found something, most findings first."""
    palette = Palette(report.colour)
    counts = Counter((item.rule, item.severity) for item in report.shown)
    fixable = {item.rule for item in report.shown if item.fix is not None and item.fix.safe}
    digits = max((len(f"{count:,}") for count in counts.values()), default=1)
    widest = max((len(rule) for rule, _ in counts), default=0)
    for (rule, severity), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        kind = palette.severity(severity, f"{severity:<7}")
        note = "  --fix mends some" if rule in fixable else ""
        yield f"{count:>{digits},}  {kind}  {rule:<{widest if note else 0}}{note}\n"
    if counts:
        yield "\n"
