"""`ficli selftest` sees every rule fire, and says which did not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.commands import selftest
from ficli.diagnostics import Scope
from ficli.rules.catalogue import RULES
from ficli.rules.dates import future_date
from ficli.rules.identity import duplicate_id

if TYPE_CHECKING:
    import pytest

Run = Callable[..., tuple[int, str, str]]


def nothing(_subject: object) -> list[object]:
    """Find nothing, as a broken rule does."""
    return []


def test_every_rule_fires(run: Run) -> None:
    code, stdout, stderr = run("selftest", "--json")
    told = json.loads(stdout)

    assert (code, stderr) == (0, "")
    assert sorted([*told["fired"], *told["untried"]]) == sorted(RULES)
    assert told["silent"] == []
    assert told["records"] == 4


def test_rules_that_do_not_fire_fail_the_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(future_date, "check", nothing)
    monkeypatch.setattr(duplicate_id, "check", nothing)
    monkeypatch.setattr(selftest, "run_rules", lambda *_: [])
    code, stdout, _ = run("selftest")
    lines = stdout.splitlines()

    assert code == 1
    assert [line.split()[1] for line in lines[:3]] == ["future-date", "duplicate-id", "rule-crashed"]
    assert all(line.startswith("silent: ") for line in lines[:3])
    tried = sum(rule.scope is not Scope.HISTORY for rule in RULES.values())
    assert f" of {tried} rules fired, on {tried} broken copies of 4 records." in lines[3]


def test_rules_about_the_past_are_named_as_untried(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = RULES["future-date"]
    past = replace(rule, name="deleted-record", scope=Scope.HISTORY)
    monkeypatch.setattr(selftest, "RULES", {rule.name: rule, past.name: past})
    code, stdout, _ = run("selftest")

    assert code == 0
    assert stdout == (
        "1 of 1 rule fired, on 1 broken copy of 4 records.\n"
        "Not tried, since they compare with an earlier state in git: deleted-record.\n"
    )
