"""Which rules run and how much they weigh: the rule, the registry, the flags; essential rules always run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ficli.config import parse_config
from ficli.dates import PartialDate
from ficli.diagnostics import Scope, Severity
from ficli.errors import ConfigurationError, UsageError
from ficli.rules.catalogue import RULES
from ficli.rules.check_registry import RegistryFindings
from ficli.rules.selection import RuleSelection, select_rules

Judge = Callable[..., RegistryFindings]

WITHOUT_BASE = {name for name, rule in RULES.items() if rule.scope is not Scope.HISTORY}
ESSENTIAL = {name for name, rule in RULES.items() if rule.essential}


def chosen(config: str = "", /, **flags: Any) -> RuleSelection:  # noqa: ANN401 - as `select_rules` takes them
    """Choose among all rules."""
    return select_rules(RULES, parse_config(config, root=Path("/registry")), **flags)


def test_by_default_every_rule_runs_with_its_own_severity() -> None:
    selection = chosen()

    assert set(selection.rules) == WITHOUT_BASE
    assert all(selection.severity(name) is RULES[name].severity for name in WITHOUT_BASE)


def test_rules_about_history_run_where_there_is_a_base() -> None:
    assert set(chosen(history=True).rules) == set(RULES)
    assert "changed-id" in chosen("[rules]\nselect = ['changed-id']", history=True)
    assert "changed-id" not in chosen("[rules]\nselect = ['changed-id']")


def test_a_rule_about_history_cannot_be_asked_for_without_a_base() -> None:
    with pytest.raises(UsageError, match="`--select`: `changed-id` needs a base") as raised:
        chosen(select=["changed-id"])

    assert raised.value.hint == "`--since REF` names one"


def test_what_cannot_be_passed_over_is_essential() -> None:
    assert {"yaml-syntax", "not-utf8", "duplicate-key", "rule-crashed", "unknown-rule"} <= ESSENTIAL
    assert "future-date" not in ESSENTIAL


@pytest.mark.parametrize(
    ("config", "flags", "running"),
    [
        ("[rules]\nselect = ['cut-slug', 'future-date']", {}, {"cut-slug", "future-date"}),
        ("[rules]\nselect = []", {}, WITHOUT_BASE - ESSENTIAL),
        ("[rules]\nselect = ['cut-slug', 'future-date']\nignore = ['cut-slug']", {}, {"future-date"}),
        ("[rules]\nselect = ['cut-slug']", {"select": ["future-date"]}, {"future-date"}),
        ("[rules]\nignore = ['cut-slug']", {"select": ["cut-slug"]}, {"cut-slug"}),
        ("[rules.cut-slug]\nseverity = 'off'", {"select": ["cut-slug"]}, {"cut-slug"}),
        ("[rules]\nselect = ['cut-slug', 'future-date']", {"ignore": ["cut-slug"]}, {"future-date"}),
        ("[rules]\nselect = ['cut-slug']\n[rules.cut-slug]\nseverity = 'off'", {}, set()),
        ("", {"select": ["cut-slug"], "ignore": ["cut-slug"]}, set()),
        ("[rules]\nignore = ['no-such-rule']", {"select": ["cut-slug"]}, {"cut-slug"}),
    ],
)
def test_select_and_ignore(config: str, flags: dict[str, list[str]], running: set[str]) -> None:
    assert set(chosen(config, **flags).rules) == running | ESSENTIAL


def test_a_registry_sets_the_severity() -> None:
    selection = chosen("[rules.cut-slug]\nseverity = 'error'\n[rules.future-date]\nseverity = 'info'")

    assert selection.severity("cut-slug") is Severity.ERROR
    assert selection.severity("future-date") is Severity.INFO


def test_off_then_selected_has_the_severity_of_the_rule() -> None:
    selection = chosen("[rules.future-date]\nseverity = 'off'", select=["future-date"])

    assert selection.severity("future-date") is Severity.ERROR


@pytest.mark.parametrize(
    ("indexed", "severity"),
    [
        ("2025-12-31", Severity.WARNING),
        ("2026-01-31", Severity.ERROR),
        ("2026-02-01", Severity.ERROR),
        (None, Severity.ERROR),
    ],
)
def test_old_records_get_a_warning(indexed: str | None, severity: Severity) -> None:
    selection = chosen("[rules.future-date]\nsince = 2026-01-31")

    assert selection.severity("future-date", PartialDate.parse(indexed) if indexed else None) is severity


def test_since_never_makes_a_finding_weigh_more() -> None:
    config = "[rules.cut-slug]\nsince = 2026-01-31\n[rules.future-date]\nsince = 2026-01-31\nseverity = 'info'"
    selection = chosen(config)

    assert selection.severity("cut-slug", PartialDate.parse("2020-01-01")) is Severity.WARNING
    assert selection.severity("future-date", PartialDate.parse("2020-01-01")) is Severity.INFO


@pytest.mark.parametrize("flag", ["select", "ignore"])
def test_an_unknown_rule_on_the_command_line(flag: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(**{flag: ["future-dates"]})

    assert str(caught.value) == f"`--{flag}`: there is no rule `future-dates`"
    assert caught.value.hint == "did you mean `future-date`?"


def test_an_unknown_rule_that_is_near_to_none() -> None:
    with pytest.raises(UsageError) as caught:
        chosen(select=["zzz"])

    assert caught.value.hint == "`ficli rules` lists them"


def test_an_essential_rule_cannot_be_ignored_on_the_command_line() -> None:
    with pytest.raises(UsageError, match="`--ignore`: `yaml-syntax` cannot be turned off"):
        chosen(ignore=["yaml-syntax"])


@pytest.mark.parametrize("config", ["[rules]\nignore = ['yaml-syntax']", "[rules.yaml-syntax]\nseverity = 'info'"])
def test_an_essential_rule_cannot_be_weakened_by_the_registry(config: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        chosen(config)

    assert caught.value.message == "`yaml-syntax` cannot be turned off or weakened"
    assert caught.value.line == config.partition("yaml-syntax")[0].count("\n") + 1


# --- in a run ----------------------------------------------------------------------------------------------


def test_settings_apply_to_findings(judge: Judge, good: str) -> None:
    bad = good.replace("severity: medium\n", "severity: hgih\n")

    assert [item.severity for item in judge(bad).diagnostics] == [Severity.ERROR]
    for config, severity in (
        ("[rules.invalid-value]\nseverity = 'warning'", Severity.WARNING),
        ("[rules.invalid-value]\nsince = 2026-12-01", Severity.WARNING),
        ("[rules.invalid-value]\nsince = 2026-01-01", Severity.ERROR),
    ):
        assert [item.severity for item in judge(bad, config=config).diagnostics] == [severity]
    assert judge(bad, config="[rules.invalid-value]\nseverity = 'off'").diagnostics == []


def test_since_applies_to_findings_across_records(judge: Judge, good: str) -> None:
    second = {"incidents/FI-0300.yaml": good.replace("id: FI-0232", "id: FI-0300")}
    (item,) = judge(good, files=second, config="[rules.duplicate-slug]\nsince = 2026-12-01").diagnostics

    assert (item.rule, item.severity) == ("duplicate-slug", Severity.WARNING)


@pytest.mark.parametrize("flags", [{}, {"select": ["cut-slug"]}, {"ignore": ["cut-slug"]}])
def test_an_unknown_rule_in_the_settings_is_a_finding_at_its_place(
    judge: Judge, good: str, flags: dict[str, list[str]]
) -> None:
    (item,) = judge(good, config="[rules]\nignore = [\n  'future-dates',\n]\n", **flags).diagnostics

    assert (item.rule, item.path, item.span.line, item.span.column, item.span.end_column) == (
        "unknown-rule", "ficli.toml", 3, 4, 16
    )  # fmt: skip
    assert (item.message, item.excerpt.source) == ("there is no rule `future-dates`", "  'future-dates',")
