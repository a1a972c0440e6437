"""The list of rules is complete, and every rule in it is what its name says."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

import ficli.rules
from ficli.diagnostics import Fixable, Scope
from ficli.rules.catalogue import HISTORY_RULES, INDEX_RULES, RECORD_RULES, RULES, RUN_RULES, TEXT_RULES, rule_module

HERE = Path(__file__).parent
FOLDER = Path(ficli.rules.__file__).parent
MODULES = sorted(path for path in FOLDER.glob("*/*.py") if not path.name.startswith("_"))
ESSENTIAL = {
    "yaml-syntax",
    "duplicate-key",
    "not-utf8",
    "multiple-documents",
    "yaml-feature",
    "oversized-file",
    "rule-crashed",
    "unknown-rule",
}


def test_every_module_is_in_the_list() -> None:
    assert sorted(RULES) == sorted(path.stem.replace("_", "-") for path in MODULES)


def test_no_name_stands_twice() -> None:
    assert len(RULES) == len((*TEXT_RULES, *RECORD_RULES, *INDEX_RULES, *HISTORY_RULES, *RUN_RULES))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_the_name_of_its_module(name: str) -> None:
    assert rule_module(name).__name__.rpartition(".")[2] == name.replace("-", "_")


@pytest.mark.parametrize("name", RULES)
def test_a_name_reads_after_allow(name: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)


def test_the_scope_is_that_of_the_list() -> None:
    scopes: list[tuple[tuple[object, ...], Scope]] = [
        (TEXT_RULES, Scope.FILE),
        (RECORD_RULES, Scope.FILE),
        (INDEX_RULES, Scope.INDEX),
        (HISTORY_RULES, Scope.HISTORY),
    ]
    for rules, scope in scopes:
        for rule in rules:
            assert isinstance(rule, ModuleType)
            assert rule.RULE.scope is scope, rule.__name__


def test_what_would_let_a_record_pass_unread_cannot_be_turned_off() -> None:
    assert {name for name, rule in RULES.items() if rule.essential} == ESSENTIAL


def test_a_rule_that_makes_a_fix_says_so() -> None:
    making = {name for name in RULES if "Fix(" in Path(str(rule_module(name).__file__)).read_text()}

    assert making == {name for name, rule in RULES.items() if rule.fix is not Fixable.NO}


@pytest.mark.parametrize("name", sorted(RULES.keys() - {"rule-crashed"}))
def test_a_rule_has_fixtures_of_its_own(name: str) -> None:
    folder = HERE / name
    cases = [path for path in folder.glob("*") if path.is_dir() or path.suffix == ".yaml"]

    assert len([path for path in cases if path.name.startswith("bad_")]) >= 2
    assert len([path for path in cases if path.name.startswith("ok_")]) >= 2
