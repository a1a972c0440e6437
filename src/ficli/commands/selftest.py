"""Proves that the rules work where ficli is installed: breaks a copy of the example once per rule, and looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from ficli.commands.init import example_files
from ficli.commands.opening import OpenRegistry, load_taxonomy
from ficli.commands.selftest_change import ChangeTrial
from ficli.config import Config
from ficli.diagnostics import Rule, Scope, Severity
from ficli.environment import remove_file, temporary_folder, write_file
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.registry.layout import TAXONOMY_FILE
from ficli.registry.records import SourceFile
from ficli.rules.across import judge_registry
from ficli.rules.catalogue import RULES
from ficli.rules.contract import RecordContext, Settings
from ficli.rules.engine import run_rules
from ficli.rules.tool import rule_crashed
from ficli.rules.trial import DAY, base_record, page_of, trial_files, vocabulary_with_a_retired_term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ficli.diagnostics import Diagnostic
    from ficli.environment import Environment


@dataclass(frozen=True, slots=True)
class SelftestOutcome:
    """What the rules did.

    Attributes:
        records: how many records the copy has before it is broken.
        fired: the rules that found what they should.
        silent: the rules that did not.
        untried: the rules about the past, where there is no git to show them one.
        untried_because: why they were not tried; empty where all were.

    """

    records: int
    fired: Sequence[str]
    silent: Sequence[str]
    untried: Sequence[str]
    untried_because: str

    @property
    def changes(self) -> int:
        """How many of the rules that were tried judge a change in git, and not records as they are."""
        return sum(RULES[name].scope is Scope.HISTORY for name in (*self.fired, *self.silent))


def selftest(environment: Environment, advance: Callable[[int, int], None] | None = None) -> SelftestOutcome:
    """Try every rule on the bad example of its page.

    Args:
        environment: the world to work in, of which only git is used.
        advance: told, as the work goes on, how many of how many rules are done.

    Raises:
        FicliError: a copy cannot be written, or git failed.

    """
    fired: list[str] = []
    silent: list[str] = []
    example = dict(example_files())
    with temporary_folder() as root:
        records = _RecordTrial(root / "records", example)
        changes = ChangeTrial(environment, root / "changes", example)
        reason = changes.why_not()
        untried = [name for name, rule in RULES.items() if reason and rule.scope is Scope.HISTORY]
        tried = [name for name in RULES if name not in untried]
        for number, name in enumerate(tried, start=1):
            trial = changes if RULES[name].scope is Scope.HISTORY else records
            (fired if trial.fires(name) else silent).append(name)
            if advance is not None:
                advance(number, len(tried))
    return SelftestOutcome(len(example), fired, silent, untried, reason)


class _RecordTrial:
    """A copy of the example registry that is broken and mended again."""

    def __init__(self, root: Path, example: Mapping[str, bytes]) -> None:
        self._root = root
        self._example = example
        for path, content in example.items():
            write_file(root / path, content, sync=False)
        self._before = {_what(item) for item in self._judge()}

    def fires(self, name: str) -> bool:
        """Break the copy as the page of a rule shows it, and tell whether the rule finds what it did not before."""
        if name == rule_crashed.RULE.name:
            return _a_broken_rule_is_told(self._root)
        broken = dict(trial_files(page_of(name).bad))
        if name == "deprecated-term":
            broken[TAXONOMY_FILE] = vocabulary_with_a_retired_term()
        for path, content in broken.items():
            write_file(self._root / path, content, sync=False)
        found = {_what(item) for item in self._judge() if item.rule == name}
        for path in broken:
            remove_file(self._root / path)
            if path in self._example:
                write_file(self._root / path, self._example[path], sync=False)
        return bool(found - self._before)

    def _judge(self) -> Sequence[Diagnostic]:
        opened = OpenRegistry(Config(root=self._root), load_taxonomy(self._root))
        return judge_registry(*opened.terms(DAY)).diagnostics


def _what(item: Diagnostic) -> tuple[str, str, str]:
    return item.rule, item.path, item.message


class _BrokenRule:
    """A rule that raises an error, as none should."""

    RULE = Rule("broken", Severity.ERROR, Scope.FILE, since="0.1.0")

    def check(self, _record: RecordContext) -> NoReturn:
        raise ZeroDivisionError


def _a_broken_rule_is_told(root: Path) -> bool:
    settings = Settings(Config(root=root), shipped_taxonomy(), DAY)
    record = RecordContext(SourceFile(root, "incidents/FI-0042.yaml", base_record().encode()), {}, settings)
    return [name for name, _ in run_rules([_BrokenRule()], record)] == [rule_crashed.RULE.name]
