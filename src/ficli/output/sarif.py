"""SARIF 2.1.0: the findings with their rules, fingerprints that survive moved lines, and fixes.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ficli import __version__, project_url
from ficli.diagnostics import Diagnostic, Excerpt, Severity, Span
from ficli.output.json_ import summary_object
from ficli.output.report import Report, fingerprints
from ficli.rules.catalogue import RULES, rule_module
from ficli.rules.page import page_uri, parse_page
from ficli.wording import capitalized, harmless, safe_json

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "ficli/v1"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = re.compile(r"\](?=\()")


def render(report: Report) -> Iterator[str]:
    """Yield the log. All non-ASCII characters are escaped, and what a build's log would read as a command."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    yield safe_json(log) + "\n"


def _run(report: Report) -> dict[str, Any]:
    named = sorted({*report.ran, *(item.rule for item in report.shown)} & RULES.keys())
    place = {name: number for number, name in enumerate(named)}
    names = fingerprints(report.shown)
    return {
        "tool": {
            "driver": {
                "name": "ficli",
                "version": __version__,
                "semanticVersion": __version__,
                **({"informationUri": source} if (source := project_url("Source")) else {}),
                "rules": [_rule(name) for name in named],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which ficli was started."}}},
        "invocations": [_invocation(report)],
        "results": [_result(item, name, report, place) for item, name in zip(report.shown, names, strict=True)],
        "properties": summary_object(report),
    }


def _rule(name: str) -> dict[str, Any]:
    rule, page = RULES[name], parse_page(rule_module(name).__doc__)
    return {
        "id": name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": capitalized(page.what)},
        "help": {
            "text": f"{capitalized(page.why)}\n\n{capitalized(page.fix)}",
            "markdown": f"{capitalized(page.why)}\n\n**Bad**\n\n```yaml\n{page.bad}\n```\n\n"
            f"**Good**\n\n```yaml\n{page.good}\n```\n\n{capitalized(page.fix)}",
        },
        "helpUri": page_uri(name),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(report: Report) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": report.complete}
    if not report.complete:
        invocation["toolExecutionNotifications"] = [{"level": "error", "message": _message(report.summary())}]
    return invocation


def _result(item: Diagnostic, fingerprint: str, report: Report, place: dict[str, int]) -> dict[str, Any]:
    text = f"{item.message}. Help: {item.help}." if item.help else f"{item.message}."
    locate = partial(_location, report=report)
    result: dict[str, Any] = {
        "ruleId": item.rule,
        "level": _LEVELS[item.severity],
        "message": _message(text),
        "locations": [locate(item.excerpt)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if item.rule in place:
        result["ruleIndex"] = place[item.rule]
    if item.related:
        result["relatedLocations"] = [
            {"id": number, **locate(excerpt)} for number, excerpt in enumerate(item.related, start=1)
        ]
    if fixes := _fixes(item, report):
        result["fixes"] = fixes
    return result


def _message(text: str) -> dict[str, str]:
    """Write plain text; SARIF reads `[text](target)` as a link, so a space is added to prevent that."""
    return {"text": _LINK.sub("] ", harmless(text))}


def _location(excerpt: Excerpt, report: Report) -> dict[str, Any]:
    place: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(excerpt.path, report), "region": _region(excerpt.span)}
    }
    if excerpt.text:
        place["message"] = _message(excerpt.text)
    return place


def _artifact(path: str, report: Report) -> dict[str, str]:
    """Return a file as a URI in which all but letters, digits, `/` and `-._~` is escaped."""
    place = report.place(path)
    if PurePath(place).is_absolute():
        return {"uri": PurePath(place).as_uri()}
    return {"uri": quote(place.encode(errors="surrogateescape"), safe="/"), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fixes(item: Diagnostic, report: Report) -> list[dict[str, Any]]:
    fixed_text = report.fixed_text(item)
    if item.fix is None or fixed_text is None:
        return []
    replacement = {"deletedRegion": _region(fixed_text.span), "insertedContent": {"text": fixed_text.text}}
    change = {"artifactLocation": _artifact(item.path, report), "replacements": [replacement]}
    return [{"description": _message(item.fix.description), "artifactChanges": [change]}]
