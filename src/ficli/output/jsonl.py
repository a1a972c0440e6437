"""One JSON object a line: a `diagnostic` for each finding, then a `summary` that proves a whole run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli import __version__
from ficli.output.json_ import FORMAT_VERSION, diagnostic_object, summary_object
from ficli.wording import safe_json

if TYPE_CHECKING:
    from ficli.output.report import Report


def render(report: Report) -> Iterator[str]:
    """Yield a line for each finding, then the summary."""
    for item in report.shown:
        yield safe_json({"type": "diagnostic", **diagnostic_object(item)}, indent=None) + "\n"
    tool = {"name": "ficli", "version": __version__}
    summary = {"type": "summary", "version": FORMAT_VERSION, "tool": tool, **summary_object(report)}
    yield safe_json(summary, indent=None) + "\n"
