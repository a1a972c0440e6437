"""A rule that breaks is a finding, and the other rules go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from ficli.commands.selftest.selftest import base_record
from ficli.diagnostics import Diagnostic
from ficli.rules.dates import future_date
from ficli.rules.identity import duplicate_id
from ficli.rules.tool import rule_crashed

if TYPE_CHECKING:
    import pytest

    from ficli.rules.contract import IndexContext, RecordContext

BASE = base_record().encode()

JudgeBytes = Callable[[bytes], list[Diagnostic]]


def test_a_rule_about_one_record(judge_bytes: JudgeBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_record: RecordContext) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(future_date, "check", broken)

    found = judge_bytes(BASE.replace(b"medium", b"meduim"))

    assert [(item.rule, item.message) for item in found] == [
        ("rule-crashed", "the rule `future-date` broke: ZeroDivisionError"),
        ("invalid-value", "`meduim` is no allowed value of `severity`"),
    ]


def test_a_rule_across_records(judge_bytes: JudgeBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_index: IndexContext) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(duplicate_id, "check", broken)

    assert [item.rule for item in judge_bytes(BASE)] == ["rule-crashed"]


def test_what_the_error_says_is_made_harmless() -> None:
    problem = rule_crashed.problem("future-date", ValueError("\x1b[31m"))

    assert problem.message == "the rule `future-date` broke: ValueError: `\\x1b[31m`"


def test_a_record_on_which_ficli_itself_breaks(judge_bytes: JudgeBytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> NoReturn:
        raise RecursionError("too deep")

    monkeypatch.setattr("ficli.registry.records.parse_fast", broken)

    assert [(item.rule, item.message) for item in judge_bytes(BASE)] == [
        ("rule-crashed", "ficli broke while reading this record: RecursionError: `too deep`")
    ]
