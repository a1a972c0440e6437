"""Runs the rules of file scope over one record, and turns what they yield into diagnostics.

A record that the fast path accepts is judged on its plain data alone; its positions are worked out only
when a rule has something to say. Everything else takes the exact path, which has the last word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import Scope, Severity
from ficli.document.accept import REFUSED, accept
from ficli.document.parse import parse
from ficli.incident.record import Record
from ficli.incident.schema import ShapeChecker, registry_schema
from ficli.incident.shape import shape_errors
from ficli.registry.entry import Entry, entry_of, name_of
from ficli.registry.find import record_data
from ficli.rules.catalogue import RECORD_RULES, TEXT_RULES
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.locate import Locator, diagnostic
from ficli.rules.suppression import MARK
from ficli.rules.tool import rule_crashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ficli.dates import PartialDate
    from ficli.diagnostics import Diagnostic
    from ficli.registry.scan import RecordFile
    from ficli.rules.contract import FileRule, Settings
    from ficli.rules.selection import Selection
    from ficli.rules.suppression import Suppression


class FileReport(NamedTuple):
    """What was found in one record.

    Attributes:
        path: the file, relative to the registry.
        entry: what the index knows of the record.
        diagnostics: the findings, suppressed ones left out.
        suppressions: the comments that allow findings.
        used: for each suppression, the rules whose findings it has hidden.
        infos: how many info findings there are that were counted instead of placed.

    """

    path: str
    entry: Entry
    diagnostics: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...] = ()
    used: tuple[frozenset[str], ...] = ()
    infos: int = 0


class Engine:
    """Judges records one at a time.

    Args:
        settings: configuration, vocabulary and today's date.
        selection: the rules of this run and their severities.

    """

    def __init__(self, settings: Settings, selection: Selection) -> None:
        self._settings = settings
        self._selection = selection
        self._checker = ShapeChecker(registry_schema(settings.taxonomy, settings.config))
        self._text_rules = [rule for rule in TEXT_RULES if rule.RULE.name in selection]
        self._rules = [*self._text_rules, *(rule for rule in RECORD_RULES if rule.RULE.name in selection)]
        is_compared = any(rule.scope is Scope.INDEX for rule in selection.rules.values())
        self._facts_of = entry_of if is_compared else name_of

    def judge(self, file: RecordFile, raw: bytes) -> FileReport:
        """Judge the bytes of one record's file; where ficli itself breaks on them, that is the finding."""
        return self._guarded(self._judge, file, raw)

    def know(self, file: RecordFile, raw: bytes) -> FileReport:
        """Take from a record what others are compared with; judge it only where a comment in it may allow a finding."""
        return self._guarded(self._judge if MARK in raw else _known, file, raw)

    def _guarded(self, look: Callable[[RecordFile, bytes], FileReport], file: RecordFile, raw: bytes) -> FileReport:
        try:
            return look(file, raw)
        except Exception as error:  # noqa: BLE001 - one record that breaks ficli must not hide the others
            problem = rule_crashed.reading_problem(error)
            locator = Locator(file.path, None)
            found = diagnostic(rule_crashed.RULE.name, rule_crashed.RULE.severity, problem, locator, {})
            return FileReport(file.path, entry_of(file.path, Record(None)), (found,))

    def _judge(self, file: RecordFile, raw: bytes) -> FileReport:
        context, rules = self._context(file, raw)
        found = run_rules(rules, context)
        record = context.record
        entry = self._facts_of(file.path, record)
        indexed = record.dates.get(("indexed_date",))
        if not context.suppressions and self._need_no_place(found, indexed):
            return FileReport(file.path, entry, (), infos=len(found))
        locator = Locator(file.path, context.parsed)
        kept, used = suppress(found, locator, context.suppressions, self._selection)
        if rules is not self._rules:  # most rules did not run, so that nothing can be said of what they would need
            used = tuple(frozenset(comment.names) for comment in context.suppressions)
        return FileReport(
            file.path,
            entry,
            tuple(self._diagnostic(name, problem, locator, indexed) for name, problem in kept),
            context.suppressions,
            used,
        )

    def _context(self, file: RecordFile, raw: bytes) -> tuple[RecordContext, Sequence[FileRule]]:
        data = accept(raw)
        if data is not REFUSED and self._checker.accepts(data):
            return RecordContext(file, raw, data, self._settings), self._rules
        document = parse(raw)
        if not document.usable and document.flaws:
            return RecordContext(file, raw, None, self._settings, document=document), self._text_rules
        shape = () if self._checker.accepts(document.data) else shape_errors(document.data, self._checker)
        return RecordContext(file, raw, document.data, self._settings, document=document, shape=shape), self._rules

    def _need_no_place(self, found: Sequence[tuple[str, Problem]], indexed: PartialDate | None) -> bool:
        """Tell whether nothing was found but infos, which this run does not list."""
        if found and self._selection.list_info:
            return False
        return all(self._severity(name, problem, indexed) is Severity.INFO for name, problem in found)

    def _severity(self, name: str, problem: Problem, indexed: PartialDate | None) -> Severity:
        setting = self._selection.settings.get(name)
        if problem.severity is not None and (setting is None or setting.severity is None):
            return problem.severity
        return self._selection.severity(name, indexed)

    def _diagnostic(self, name: str, problem: Problem, locator: Locator, indexed: PartialDate | None) -> Diagnostic:
        return diagnostic(name, self._severity(name, problem, indexed), problem, locator, {})


def _known(file: RecordFile, raw: bytes) -> FileReport:
    return FileReport(file.path, entry_of(file.path, Record(record_data(raw))), ())


def run_rules(rules: Sequence[FileRule], context: RecordContext) -> list[tuple[str, Problem]]:
    """Run rules and name each with its problems; where one breaks, that is a problem of `rule-crashed`."""
    found = []
    for rule in rules:
        try:
            for problem in rule.check(context):
                found.append((rule.RULE.name, problem))  # noqa: PERF401 - what was found before it broke is kept
        except Exception as error:  # noqa: BLE001 - whatever a rule does, the run goes on and says so
            found.append((rule_crashed.RULE.name, rule_crashed.problem(rule.RULE.name, error)))
    return found


def suppress(
    found: Iterable[tuple[str, Problem]],
    locator: Locator,
    suppressions: Sequence[Suppression],
    selection: Selection,
) -> tuple[list[tuple[str, Problem]], tuple[frozenset[str], ...]]:
    """Part the problems that stay from those a comment allows; say which rules each comment has hidden."""
    kept = []
    used: list[set[str]] = [set() for _ in suppressions]
    for name, problem in found:
        hiding = []
        if suppressions and not selection.rules[name].essential:
            span = locator.excerpt(problem.at, on_key=problem.on_key, piece=problem.piece).span
            lines = locator.lines(problem.at, span)
            hiding = [place for place, comment in enumerate(suppressions) if comment.allows(name, lines)]
        for place in hiding:
            used[place].add(name)
        if not hiding:
            kept.append((name, problem))
    return kept, tuple(frozenset(names) for names in used)
