"""Run the rules that compare records, and report suppressions that suppress nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.registry.layout import CONFIG_FILE, TAXONOMY_FILE
from ficli.rules.catalogue import HISTORY_RULES, INDEX_RULES, RULES
from ficli.rules.check_record import FileReport, suppress
from ficli.rules.contract import IndexContext, IndexProblem, Problem, Settings
from ficli.rules.history_context import ChangeContext, HistoryContext, Terms
from ficli.rules.locate import Locator, diagnostic
from ficli.rules.remembered import NOTHING, Earlier, Idle, Placed, problems_mark
from ficli.rules.tool import rule_crashed, unused_suppression

if TYPE_CHECKING:
    from ficli.dates import PartialDate
    from ficli.diagnostics import Diagnostic
    from ficli.registry.records import Records
    from ficli.registry.scan import Stray
    from ficli.rules.selection import RuleSelection

_Context = TypeVar("_Context")
_SETTINGS_FILES = frozenset({CONFIG_FILE, TAXONOMY_FILE})
"""Files that are not records, in which a finding has a place."""


class RegistryRules:
    """Runs the rules across records, and finds the suppressions that were not used."""

    def __init__(
        self,
        settings: Settings,
        selection: RuleSelection,
        strays: Sequence[Stray],
        reports: Sequence[FileReport],
        records: Records,
        earlier: Earlier = NOTHING,
    ) -> None:
        self.terms = Terms(settings, selection)
        """The settings that the records are checked against."""
        self.strays = strays
        """Files among the records that are not records."""
        self.records = records
        """The files, in which a finding has its place."""
        self._settings = settings
        self._selection = selection
        self._index = IndexContext([report.entry for report in reports], strays, settings, selection.rules.keys())
        self._reports = {report.path: report for report in reports}
        self._earlier = earlier
        self.placed: Mapping[str, Placed] = {}
        """What the rules across records have found, by path, what comments allow included."""
        self.idle: dict[str, Idle] = {}
        """What was found about suppressions, by path."""

    def diagnostics(self, placed: Mapping[str, Placed] | None = None) -> Iterator[Diagnostic]:
        """Yield the findings across records.

        Args:
            placed: what the rules have found by path, if that is known from an earlier run; None to run them.

        """
        if placed is None:
            checks = {rule.RULE.name: rule.check for rule in INDEX_RULES}
            by_path = self._problems(checks, self._index)
            placed = {path: self._place(path, found) for path, found in by_path.items()}
        self.placed = placed
        for path, here in placed.items():
            self._hide(path, here.used)
            yield from here.diagnostics

    def context(self, since: ChangeContext) -> HistoryContext:
        """Return the context that compares the records with those of the base."""
        after = [self.records.get(path) for path in sorted(since.change.records & self._reports.keys())]
        return HistoryContext(self._index, since, after, RULES)

    def history(self, context: HistoryContext) -> Iterator[Diagnostic]:
        """Yield the problems of a change."""
        checks = {rule.RULE.name: rule.check for rule in HISTORY_RULES}
        for path, found in self._problems(checks, context).items():
            here = self._place(path, found)
            self._hide(path, here.used)
            yield from here.diagnostics

    def _problems(
        self, checks: Mapping[str, Callable[[_Context], Iterable[IndexProblem]]], context: _Context
    ) -> dict[str, list[tuple[str, Problem]]]:
        by_path: dict[str, list[tuple[str, Problem]]] = defaultdict(list)
        for rule, check in checks.items():
            if rule in self._selection:
                for name, (path, problem) in _run(rule, check, context):
                    by_path[path].append((name, problem))
        return by_path

    def unused_suppressions(self) -> Iterator[Diagnostic]:
        """Yield the suppressions that hid nothing, once all findings are known."""
        if unused_suppression.RULE.name in self._selection:
            for path, report in self._reports.items():
                if report.suppressions:
                    idle = self._earlier.idle.get(path)
                    if idle is None or idle.used != report.used:
                        idle = Idle(report.used, tuple(self._unused(report)))
                    self.idle[path] = idle
                    yield from idle.diagnostics

    def _place(self, path: str, found: Sequence[tuple[str, Problem]]) -> Placed:
        mark = problems_mark(found)
        return self._earlier.place(path, mark) or self._placed(path, found, mark)

    def _placed(self, path: str, found: Sequence[tuple[str, Problem]], mark: str) -> Placed:
        locator = self._locator(path)
        report = self._reports.get(path)
        comments = report.suppressions if report else ()
        kept, used = suppress(found, locator, comments, self._selection)
        indexed = _indexed(locator)
        others = {
            label.path: self._locator(label.path) for _, problem in kept for label in problem.related if label.path
        }
        diagnostics = [
            diagnostic(name, self._selection.severity(name, indexed), problem, locator, others)
            for name, problem in kept
        ]
        return Placed(mark, tuple(diagnostics), used, tuple(others))

    def _hide(self, path: str, used: Sequence[frozenset[str]]) -> None:
        """Add what the comments of a file have hidden to what they hid before."""
        if any(used):
            report = self._reports[path]
            merged = tuple(before | now for before, now in zip(report.used, used, strict=True))
            self._reports[path] = report._replace(used=merged)

    def _unused(self, report: FileReport) -> Iterator[Diagnostic]:
        rule = unused_suppression.RULE
        for comment, used in zip(report.suppressions, report.used, strict=True):
            idle = tuple(name for name in comment.names if name in self._selection and name not in used)
            if idle:
                document = self.records.get(report.path).lines_only
                locator = Locator(report.path, document)
                for name in idle:
                    essential = self._selection.rules[name].essential
                    problem = unused_suppression.problem(comment, name, document.text, essential=essential)
                    yield diagnostic(rule.name, self._selection.severity(rule.name), problem, locator, {})

    def _locator(self, path: str) -> Locator:
        is_there = path in self._reports or (path in _SETTINGS_FILES and (self._settings.config.root / path).is_file())
        # Of `ficli.toml`, which is not YAML, only the lines count.
        return Locator(path, self.records.get(path).document if is_there else None)


def _indexed(locator: Locator) -> PartialDate | None:
    return Record(locator.document.data).dates.get(("indexed_date",)) if locator.document else None


def _run(
    name: str, check: Callable[[_Context], Iterable[IndexProblem]], context: _Context
) -> Iterator[tuple[str, IndexProblem]]:
    try:
        for problem in check(context):
            yield name, problem
    except FicliError:  # git or a file could not be read, which is no mistake of the rule
        raise
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the run goes on and says so
        # It is about no single record, and is reported whichever records are wanted.
        yield rule_crashed.RULE.name, IndexProblem(CONFIG_FILE, rule_crashed.problem(name, error))
