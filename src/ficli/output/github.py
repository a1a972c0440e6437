"""GitHub annotations: workflow commands, most severe first, as many as GitHub shows; the rest is counted.

See https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Diagnostic, Severity
from ficli.wording import counted, harmless

if TYPE_CHECKING:
    from ficli.output.report import Report

MOST = 10
"""As many annotations as GitHub certainly shows of one step."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> Iterator[str]:
    """Yield a command for each of the first findings, then the summary as a line of the log."""
    for item in report.worst_first[:MOST]:
        yield _annotation(item, report) + "\n"
    left = len(report.shown) - MOST
    rest = f" {counted(left, 'finding')} more than GitHub shows as annotations." if left > 0 else ""
    yield f"{report.summary()}{rest}\n"


def _annotation(item: Diagnostic, report: Report) -> str:
    span = item.span
    properties = {"file": report.place(item.path), "line": span.line, "endLine": span.end_line, "col": span.column}
    if span.end_line == span.line:
        properties["endColumn"] = span.end_column
    properties["title"] = f"ficli {item.rule}"
    listed = ",".join(f"{name}={_property(harmless(str(value)))}" for name, value in properties.items())
    message = harmless(item.message) + (f"\nhelp: {harmless(item.help)}" if item.help else "")
    return f"::{_COMMANDS[item.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escape the characters that end the data of a command; the runner unescapes them."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape also the characters that end a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
