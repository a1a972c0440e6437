"""Check one record by the file rules, and find the place of each problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import Diagnostic, Scope, Severity
from ficli.incident.record import Record
from ficli.incident.schema import ShapeChecker, registry_schema
from ficli.incident.shape import shape_errors
from ficli.registry.index_entry import IndexEntry, index_record, name_of
from ficli.rules.catalogue import RECORD_RULES, TEXT_RULES
from ficli.rules.contract import FileRule, Problem, RecordContext, Settings
from ficli.rules.locate import Locator, diagnostic
from ficli.rules.suppression import MARK, Suppression
from ficli.rules.tool import rule_crashed
from ficli.yaml.fast_path import REFUSED

if TYPE_CHECKING:
    from ficli.dates import PartialDate
    from ficli.registry.records import SourceFile
    from ficli.rules.selection import RuleSelection


class FileReport(NamedTuple):
    """The findings in one record.

    Attributes:
        path: the file, relative to the registry.
        entry: what the index knows of the record.
        diagnostics: the findings, suppressed ones left out.
        suppressions: the comments that allow findings.
        used: for each suppression, the rules whose findings it has hidden.
        infos: how many info findings were counted instead of placed.

    """

    path: str
    entry: IndexEntry
    diagnostics: tuple[Diagnostic, ...]
    suppressions: tuple[Suppression, ...] = ()
    used: tuple[frozenset[str], ...] = ()
    infos: int = 0


class RecordChecker:
    """Checks records one at a time.

    Args:
        settings: configuration, vocabulary and today's date.
        selection: the rules of this run and their severities.

    """

    def __init__(self, settings: Settings, selection: RuleSelection) -> None:
        self._settings = settings
        self._selection = selection
        self._checker = ShapeChecker(registry_schema(settings.taxonomy, settings.config))
        self._text_rules = [rule for rule in TEXT_RULES if rule.RULE.name in selection]
        self._rules = [*self._text_rules, *(rule for rule in RECORD_RULES if rule.RULE.name in selection)]
        is_compared = any(rule.scope is Scope.INDEX for rule in selection.rules.values())
        # Fingerprints of pages and texts are costly: they are computed only if a rule compares records.
        self._facts_of = index_record if is_compared else name_of

    def check(self, file: SourceFile) -> FileReport:
        """Check one record; an error of ficli itself becomes a finding.

        Raises:
            FicliError: the file cannot be read.

        """
        return self._guarded(self._check, file)

    def index(self, file: SourceFile) -> FileReport:
        """Return the index entry; check the record only if a comment in it may allow a finding.

        Raises:
            FicliError: the file cannot be read.

        """
        return self._guarded(self._check if MARK in file.raw else _known, file)

    def _guarded(self, look: Callable[[SourceFile], FileReport], file: SourceFile) -> FileReport:
        _ = file.raw  # a file that cannot be read is not a mistake of ficli
        try:
            return look(file)
        except Exception as error:  # noqa: BLE001 - one record that breaks ficli must not hide the others
            problem = rule_crashed.reading_problem(error)
            locator = Locator(file.path, None)
            found = diagnostic(rule_crashed.RULE.name, rule_crashed.RULE.severity, problem, locator, {})
            return FileReport(file.path, index_record(file.path, Record(None)), (found,))

    def _check(self, file: SourceFile) -> FileReport:
        context, rules = self._context(file)
        found = run_rules(rules, context)
        record = context.record
        entry = self._facts_of(file.path, record)
        indexed = record.dates.get(("indexed_date",))
        # Nothing to place: the parse with positions, the costliest step of all, is skipped.
        if not context.suppressions and self._need_no_place(found, indexed):
            return FileReport(file.path, entry, (), infos=len(found))
        locator = Locator(file.path, context.parsed)
        kept, used = suppress(found, locator, context.suppressions, self._selection)
        if rules is not self._rules:  # most rules did not run, so it is not known which comments they need
            used = tuple(frozenset(comment.names) for comment in context.suppressions)
        return FileReport(
            file.path,
            entry,
            tuple(self._diagnostic(name, problem, locator, indexed) for name, problem in kept),
            context.suppressions,
            used,
        )

    def _context(self, file: SourceFile) -> tuple[RecordContext, Sequence[FileRule]]:
        data = file.plain
        # The fast path: valid plain data needs neither positions nor schema errors.
        if data is not REFUSED and self._checker.accepts(data):
            return RecordContext(file, data, self._settings), self._rules
        document = file.document
        if not document.usable and document.flaws:
            return RecordContext(file, None, self._settings), self._text_rules
        shape = () if self._checker.accepts(document.data) else shape_errors(document.data, self._checker)
        return RecordContext(file, document.data, self._settings, shape=shape), self._rules

    def _need_no_place(self, found: Sequence[tuple[str, Problem]], indexed: PartialDate | None) -> bool:
        """Return whether only infos were found, which this run does not list."""
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


def _known(file: SourceFile) -> FileReport:
    return FileReport(file.path, index_record(file.path, file.record), ())


def run_rules(rules: Sequence[FileRule], context: RecordContext) -> list[tuple[str, Problem]]:
    """Run rules and return each problem with its rule's name; a broken rule is a problem of `rule-crashed`."""
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
    selection: RuleSelection,
) -> tuple[list[tuple[str, Problem]], tuple[frozenset[str], ...]]:
    """Separate the problems that stay from those a comment allows; return which rules each comment has hidden."""
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
