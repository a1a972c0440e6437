"""One JSON object for a whole run; its schema is `schema/diagnostics.schema.json`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ficli import __version__
from ficli.diagnostics import Diagnostic, Excerpt, Severity
from ficli.wording import harmless, safe_json

if TYPE_CHECKING:
    from ficli.output.report import Report

FORMAT_VERSION = 1


def render(report: Report) -> Iterator[str]:
    """Yield the object; all that is not ASCII is escaped, so that nothing in it acts on a terminal."""
    whole = {
        "version": FORMAT_VERSION,
        "tool": {"name": "ficli", "version": __version__},
        "summary": summary_object(report),
        "diagnostics": [diagnostic_object(item) for item in report.shown],
    }
    yield safe_json(whole) + "\n"


def summary_object(report: Report) -> dict[str, Any]:
    """Return the summary of a run: records and rules, and findings by severity, listed or not."""
    safe, unsafe = report.fixable
    since = report.since
    return {
        "records_loaded": report.loaded,
        "records_reported": report.reported,
        "records_with_findings": report.records_with_findings,
        "records_unread": report.unread,
        "rules": report.rules,
        "errors": report.counts[Severity.ERROR],
        "warnings": report.counts[Severity.WARNING],
        "infos": report.counts[Severity.INFO],
        "fixable": safe,
        "fixable_unsafe": unsafe,
        "fixed": report.fixed,
        "since": since and {"ref": harmless(since.ref), "commit": since.commit, "records_changed": since.changed},
    }


def diagnostic_object(item: Diagnostic) -> dict[str, Any]:
    """Return one finding: positions are 1-based and count characters, the end column is exclusive."""
    return {
        "rule": item.rule,
        "severity": str(item.severity),
        "message": harmless(item.message),
        **_place(item.excerpt),
        "field": harmless(item.field),
        "label": harmless(item.label),
        "related": [{**_place(excerpt), "label": harmless(excerpt.text)} for excerpt in item.related],
        "help": harmless(item.help),
        "url": None,
        "fix": {"description": harmless(item.fix.description), "safe": item.fix.safe} if item.fix else None,
    }


def _place(excerpt: Excerpt) -> dict[str, Any]:
    span = excerpt.span
    return {
        "path": harmless(excerpt.path),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
