"""Judges a whole registry: every record by the rules of file scope, then all of them together.

Records are read and judged in worker processes when there are many, each file once. What the rules across
records need comes back as small entries; a file is read again only to show where such a rule points.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.config import CONFIG_FILE
from ficli.diagnostics import Diagnostic, Excerpt, Severity, Span
from ficli.document.parse import parse
from ficli.environment import in_parallel
from ficli.errors import FicliError
from ficli.incident.record import Record
from ficli.registry.cache import entries_mark
from ficli.registry.load import read_record
from ficli.registry.scan import RecordFile, Scan, scan
from ficli.rules.catalogue import INDEX_RULES
from ficli.rules.contract import IndexContext, IndexProblem, Problem
from ficli.rules.engine import Engine, FileReport, suppress
from ficli.rules.locate import Locator, diagnostic
from ficli.rules.tool import rule_crashed, unknown_rule, unused_suppression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ficli.config import Config
    from ficli.incident.dates import PartialDate
    from ficli.registry.cache import FileMemory
    from ficli.registry.entry import Entry
    from ficli.rules.contract import IndexRule, Settings
    from ficli.rules.selection import Selection

CHUNK = 250
"""Records a worker takes at once: fewer cost more in sending than they gain in balance."""

_WORTH_WORKERS = 500
_WORTH_CACHE = 500

NO_OVERLAY: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in a registry.

    Attributes:
        reports: one for each record that was read, in the order of their paths.
        diagnostics: every finding, sorted.
        unread: what kept a record from being read; a run with any of these has not checked everything.

    """

    reports: Sequence[FileReport]
    diagnostics: Sequence[Diagnostic]
    unread: Sequence[str]


class _ChunkResult(NamedTuple):
    reports: list[FileReport]
    unread: list[str]


class _Worker:
    """What a worker process keeps between chunks."""

    engine: Engine
    root: str
    overlay: Mapping[str, bytes]
    only: AbstractSet[str] | None


def _prepare(
    settings: Settings, selection: Selection, overlay: Mapping[str, bytes], only: AbstractSet[str] | None
) -> None:
    _Worker.engine = Engine(settings, selection)
    _Worker.root = str(settings.config.root)
    _Worker.overlay = overlay
    _Worker.only = only


def _read(path: str) -> bytes:
    held = _Worker.overlay.get(path)
    return read_record(_Worker.root, path) if held is None else held


def _judge_chunk(files: Sequence[RecordFile]) -> _ChunkResult:
    result = _ChunkResult([], [])
    for file in files:
        try:
            raw = _read(file.path)
        except FicliError as error:
            result.unread.append(error.message)
        else:
            wanted = _Worker.only is None or file.path in _Worker.only
            result.reports.append(_Worker.engine.judge(file, raw) if wanted else _Worker.engine.glance(file, raw))
    return result


def judge_registry(  # noqa: PLR0913 - those after `*` read well at the call
    settings: Settings,
    selection: Selection,
    *,
    workers: int = 1,
    overlay: Mapping[str, bytes] = NO_OVERLAY,
    advance: Callable[[int, int], None] | None = None,
    cache: FileMemory[tuple[Entry, int]] | None = None,
    only: AbstractSet[str] | None = None,
) -> Judgement:
    """Judge every record of a registry.

    Args:
        settings: configuration (with the registry's folder), vocabulary and today's date.
        selection: the rules of this run and their severities.
        workers: how many processes may work at the same time.
        overlay: bytes to judge in place of those on disk, by path.
        advance: told, as the work goes on, how many of how many records are done.
        cache: the records that were clean before; None to read every record. It goes with an empty overlay.
        only: the files that the rules of file scope judge, others being read for the index alone; None for all.

    Raises:
        FicliError: a folder cannot be listed, or a worker process died.

    """
    found = scan(settings.config.root)
    if len(found.files) < _WORTH_CACHE:
        cache = None
    clean = cache.known(found.files) if cache is not None else {}
    results = []
    changed = [file for file in found.files if file.path not in clean]
    for result in _judge_files(changed, (settings, selection, overlay, only), workers=workers):
        results.append(result)
        if advance is not None:
            advance(min(len(results) * CHUNK, len(changed)), len(changed))
    reports = [FileReport(path, entry, (), infos=infos) for path, (entry, infos) in clean.items()]
    reports.extend(report for result in results for report in result.reports)
    reports.sort(key=lambda report: report.path)
    across = _Across(settings, selection, found, reports, overlay)
    diagnostics = [item for report in reports for item in report.diagnostics]
    mark = entries_mark(report.entry for report in reports) if cache is not None and not found.strays else ""
    if cache is None or not mark or cache.note != mark:
        diagnostics.extend(across.diagnostics())
        mark = mark if across.found_nothing else ""
    diagnostics.extend(across.unused_suppressions())
    if cache is not None and only is None:
        facts = ((report.path, (report.entry, report.infos)) for report in reports if _is_clean(report))
        cache.remember(facts, note=mark)
    diagnostics.extend(_unknown_in_config(settings, selection))
    diagnostics.sort(key=lambda item: item.sort_key)
    return Judgement(reports, diagnostics, [message for result in results for message in result.unread])


def _is_clean(report: FileReport) -> bool:
    return not (report.diagnostics or report.suppressions)


def _judge_files(
    files: Sequence[RecordFile],
    arguments: tuple[Settings, Selection, Mapping[str, bytes], AbstractSet[str] | None],
    *,
    workers: int,
) -> Iterator[_ChunkResult]:
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    if workers > 1 and len(files) >= _WORTH_WORKERS:
        yield from in_parallel(
            _judge_chunk,
            chunks,
            workers=min(workers, len(chunks)),
            prepare=_prepare,
            arguments=arguments,
        )
        return
    _prepare(*arguments)
    for chunk in chunks:
        yield _judge_chunk(chunk)


class _Across:
    """Runs the rules across records, and settles which suppressions were of use."""

    def __init__(
        self,
        settings: Settings,
        selection: Selection,
        found: Scan,
        reports: Sequence[FileReport],
        overlay: Mapping[str, bytes],
    ) -> None:
        self._overlay = overlay
        self._settings = settings
        self._selection = selection
        self._index = IndexContext([report.entry for report in reports], found.strays, settings)
        self._reports = {report.path: report for report in reports}
        self._locators: dict[str, Locator] = {}
        self.found_nothing = False
        """Whether the rules across records have run and found nothing, not even what a comment allows."""

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield the findings across records."""
        by_path: dict[str, list[tuple[str, Problem]]] = defaultdict(list)
        for rule in INDEX_RULES:
            if rule.RULE.name in self._selection:
                for name, (path, problem) in _run(rule, self._index):
                    by_path[path].append((name, problem))
        self.found_nothing = not by_path
        for path, found in by_path.items():
            yield from self._place(path, found)

    def unused_suppressions(self) -> Iterator[Diagnostic]:
        """Yield the suppressions that hid nothing, once all findings are known."""
        if unused_suppression.RULE.name in self._selection:
            for report in self._reports.values():
                yield from self._unused(report)

    def _place(self, path: str, found: Iterable[tuple[str, Problem]]) -> Iterator[Diagnostic]:
        locator = self._locator(path)
        report = self._reports.get(path)
        comments = report.suppressions if report else ()
        kept, used = suppress(found, locator, comments, self._selection)
        if report and any(used):
            merged = tuple(before | now for before, now in zip(report.used, used, strict=True))
            self._reports[path] = report._replace(used=merged)
        indexed = _indexed(locator)
        for name, problem in kept:
            others = {label.path: self._locator(label.path) for label in problem.related if label.path}
            yield diagnostic(name, self._selection.severity(name, indexed), problem, locator, others)

    def _unused(self, report: FileReport) -> Iterator[Diagnostic]:
        rule = unused_suppression.RULE
        for comment, used in zip(report.suppressions, report.used, strict=True):
            idle = tuple(name for name in comment.names if name in self._selection and name not in used)
            if idle:
                locator = self._locator(report.path)
                text = locator.document.text if locator.document else ""
                for name in idle:
                    essential = self._selection.rules[name].essential
                    problem = unused_suppression.problem(comment, name, text, essential=essential)
                    yield diagnostic(rule.name, self._selection.severity(rule.name), problem, locator, {})

    def _locator(self, path: str) -> Locator:
        if path not in self._locators:
            document = None
            if path in self._reports:
                document = parse(self._read(path))
            self._locators[path] = Locator(path, document)
        return self._locators[path]

    def _read(self, path: str) -> bytes:
        held = self._overlay.get(path)
        return read_record(self._settings.config.root, path) if held is None else held


def _indexed(locator: Locator) -> PartialDate | None:
    return Record(locator.document.data).dates.get(("indexed_date",)) if locator.document else None


def _run(rule: IndexRule, index: IndexContext) -> Iterator[tuple[str, IndexProblem]]:
    try:
        for problem in rule.check(index):
            yield rule.RULE.name, problem
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the run goes on and says so
        # It concerns no single record, and must be told whichever records are asked for.
        yield rule_crashed.RULE.name, IndexProblem(CONFIG_FILE, rule_crashed.problem(rule.RULE.name, error))


def _unknown_in_config(settings: Settings, selection: Selection) -> Iterator[Diagnostic]:
    """Find rule names in `ficli.toml` that no rule has."""
    config: Config = settings.config
    for mention in config.mentions:
        if mention.name not in settings.known_rules:
            problem = unknown_rule.problem(mention.name, settings.known_rules)
            span = Span(mention.line, mention.column, mention.line, mention.column + len(mention.name))
            excerpt = Excerpt(CONFIG_FILE, span, mention.source, problem.label)
            name = unknown_rule.RULE.name
            yield Diagnostic(name, selection.severity(name), problem.message, excerpt, help=problem.help)


def only_paths(diagnostics: Iterable[Diagnostic], paths: Sequence[str]) -> list[Diagnostic]:
    """Keep the findings in these files and folders, relative to the registry, and in its settings."""
    folders = tuple(f"{path}/" for path in paths)
    chosen = set(paths)
    return [
        item for item in diagnostics if item.path in chosen or item.path.startswith(folders) or item.path == CONFIG_FILE
    ]


def worst(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """Name the worst severity among findings; None where there are none."""
    return min((item.severity for item in diagnostics), key=lambda severity: severity.rank, default=None)
