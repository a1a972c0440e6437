"""GitLab's Code Quality report: a JSON list of findings, and one entry that proves the run.

See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from ficli.diagnostics import Diagnostic, Severity
from ficli.output.report import Report, fingerprints
from ficli.registry.layout import CONFIG_FILE
from ficli.rules.tool import rule_crashed
from ficli.wording import counted, harmless, safe_json

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}
_RUN = "ficli-run"


def render(report: Report) -> Iterator[str]:
    """Yield the list. The entry about the run comes last and keeps its fingerprint, so that it is never new."""
    names = fingerprints(report.shown)
    entries = [_entry(item, name, report) for item, name in zip(report.shown, names, strict=True)]
    yield safe_json([*entries, _run(report)]) + "\n"


def _entry(item: Diagnostic, fingerprint: str, report: Report) -> dict[str, Any]:
    help_ = f" Help: {item.help}" if item.help else ""
    severity = "blocker" if item.rule == rule_crashed.RULE.name else _SEVERITIES[item.severity]
    lines = {"begin": item.span.line, "end": item.span.end_line}
    return _issue(item.rule, f"{item.message}.{help_}", fingerprint, severity, report.place(item.path), lines)


def _run(report: Report) -> dict[str, Any]:
    checked = f"{counted(report.reported, 'record')} judged by {counted(report.rules, 'rule')}"
    unread = f"; {counted(report.unread, 'record')} could not be read" if report.unread else ""
    fingerprint = hashlib.sha256(_RUN.encode()).hexdigest()
    severity = "blocker" if report.unread else "info"
    return _issue(_RUN, checked + unread, fingerprint, severity, report.place(CONFIG_FILE), {"begin": 1})


def _issue(
    rule: str, description: str, fingerprint: str, severity: str, path: str, lines: dict[str, int]
) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": rule,
        "description": harmless(description),
        "fingerprint": fingerprint,
        "severity": severity,
        "categories": ["Style"],
        "location": {"path": harmless(path), "lines": lines},
    }
