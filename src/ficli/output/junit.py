"""JUnit XML: a failed test case for each finding, and a passed one for each rule without findings.

The form is the one that Jenkins and GitLab read, see https://github.com/testmoapp/junitxml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ficli import __version__
from ficli.diagnostics import Diagnostic, Severity
from ficli.output.json_ import summary_object
from ficli.rules.tool import rule_crashed
from ficli.wording import harmless

if TYPE_CHECKING:
    from ficli.output.report import Report


def render(report: Report) -> Iterator[str]:
    """Yield the document. A broken rule is an error of the run, and so is a record that could not be read."""
    silent = [rule for rule in report.ran if rule not in {item.rule for item in report.shown}]
    broken = sum(item.rule == rule_crashed.RULE.name for item in report.shown) + bool(report.unread)
    failed = sum(_fails(item) for item in report.shown)
    counts = {
        "tests": len(report.shown) + len(silent) + bool(report.unread),
        "failures": failed,
        "errors": broken,
        "skipped": 0,
    }
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites{_attributes(name='ficli', **counts)}>\n  <testsuite{_attributes(name='ficli', **counts)}>\n"
    yield "    <properties>\n"
    for name, value in _properties(report):
        yield f"      <property{_attributes(name=name, value=harmless(str(value)))}/>\n"
    yield "    </properties>\n"
    for item in report.shown:
        yield _case(item, report)
    for rule in silent:
        yield f"    <testcase{_attributes(classname='ficli', name=rule)}/>\n"
    if report.unread:
        yield f"    <testcase{_attributes(classname='ficli', name='every record is read')}>\n"
        yield f"      <error{_attributes(message=report.summary())}/>\n    </testcase>\n"
    yield "  </testsuite>\n</testsuites>\n"


def _properties(report: Report) -> Iterator[tuple[str, object]]:
    """Yield the properties that prove the run, and those of the base."""
    yield "version", __version__
    for name, value in summary_object(report).items():
        if isinstance(value, dict):
            yield from ((f"{name}_{key}", item) for key, item in value.items())
        else:
            yield name, value


def _fails(item: Diagnostic) -> bool:
    return item.severity is not Severity.INFO and item.rule != rule_crashed.RULE.name


def _case(item: Diagnostic, report: Report) -> str:
    path = harmless(report.place(item.path))
    place = f"{path}:{item.span.line}:{item.span.column}"
    text = f"{place}: {item.severity}[{item.rule}] {harmless(item.message)}"
    if item.help:
        text += f"\nhelp: {harmless(item.help)}"
    inner = f"      <system-out>{escape(text)}</system-out>\n"
    if item.severity is not Severity.INFO:
        element = "failure" if _fails(item) else "error"
        head = _attributes(message=harmless(item.message), type=item.severity)
        inner = f"      <{element}{head}>{escape(text)}</{element}>\n"
    case = _attributes(classname=path, name=f"{item.rule} at {item.span.line}:{item.span.column}")
    return f"    <testcase{case}>\n{inner}    </testcase>\n"


def _attributes(**values: object) -> str:
    return "".join(f" {name}={quoteattr(str(value))}" for name, value in values.items())
