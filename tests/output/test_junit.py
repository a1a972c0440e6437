"""JUnit XML, read by an independent parser."""

from __future__ import annotations

from collections.abc import Callable

from junitparser import Error, Failure, JUnitXml, Property, TestSuite

from ficli.diagnostics import Diagnostic, Severity
from ficli.output.junit import render
from ficli.output.report import Report

Make = Callable[..., Diagnostic]
Reporting = Callable[..., Report]


def read(report: Report) -> TestSuite:
    """Read a report, and see that it counts right."""
    whole = JUnitXml.fromstring("".join(render(report)).encode())
    (suite,) = whole
    told = (suite.tests, suite.failures, suite.errors, suite.skipped)
    assert told == (whole.tests, whole.failures, whole.errors, whole.skipped)
    suite.update_statistics()  # type: ignore[no-untyped-call]  # no annotations
    assert told == (suite.tests, suite.failures, suite.errors, suite.skipped)
    return suite


def properties_of(suite: TestSuite) -> list[Property]:
    """Return the properties of a suite."""
    return list(suite.properties())  # type: ignore[no-untyped-call]  # no annotations


def test_findings_fail_and_silent_rules_pass(finding: Make, report: Reporting) -> None:
    items = [finding(help="mend it"), finding(severity=Severity.WARNING), finding(severity=Severity.INFO)]
    suite = read(report(*items, ran=("some-rule", "quiet-rule"), show_info=True, prefix="demo/"))
    first, second, third, fourth = suite

    assert (suite.tests, suite.failures, suite.errors) == (4, 2, 0)
    assert (first.classname, first.name) == ("demo/incidents/FI-0232.yaml", "some-rule at 1:8")
    (failure,) = first.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("error", "something is wrong")
    assert failure.text == ("demo/incidents/FI-0232.yaml:1:8: error[some-rule] something is wrong\nhelp: mend it")
    assert second.result[0].type == "warning"
    assert third.result == []
    assert (fourth.name, fourth.result) == ("quiet-rule", [])


def test_a_broken_rule_is_an_error(finding: Make, report: Reporting) -> None:
    suite = read(report(finding(rule="rule-crashed"), ran=("rule-crashed",)))

    assert (suite.tests, suite.failures, suite.errors) == (1, 0, 1)
    assert isinstance(next(iter(suite)).result[0], Error)


def test_a_record_that_could_not_be_read_is_an_error(report: Reporting) -> None:
    suite = read(report(unread=1))

    assert (suite.tests, suite.errors) == (1, 1)


def test_the_run_is_told_in_properties(report: Reporting) -> None:
    told = {item.name: item.value for item in properties_of(read(report(ran=("some-rule",))))}

    assert (told["records_loaded"], told["records_reported"], told["rules"]) == ("41", "41", "30")
