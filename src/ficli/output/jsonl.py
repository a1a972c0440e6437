"""One JSON object a line: a `diagnostic` for each finding, then a `summary` that proves a whole run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ficli import __version__
from ficli.output.json_ import FORMAT_VERSION, diagnostic_object, summary_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.output.report import Report


def render(report: Report) -> Iterator[str]:
    """Yield a line for each finding, then the summary."""
    for item in report.shown:
        yield json.dumps({"type": "diagnostic", **diagnostic_object(item)}) + "\n"
    tool = {"name": "ficli", "version": __version__}
    yield (json.dumps({"type": "summary", "version": FORMAT_VERSION, "tool": tool, **summary_object(report)}) + "\n")
