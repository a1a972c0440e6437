"""Check a registry: each record by the file rules, then all records together; for a change, only what it caused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ficli.diagnostics import Diagnostic, Excerpt, Severity, Span
from ficli.errors import FicliError
from ficli.registry.index_entry import index_record
from ficli.registry.layout import CONFIG_FILE
from ficli.registry.records import Records, in_chunks
from ficli.registry.scan import RecordFile, scan
from ficli.rules.check_record import FileReport, RecordChecker
from ficli.rules.cross_record import RegistryRules
from ficli.rules.remembered import NOTHING, RememberedFindings
from ficli.rules.tool import rule_crashed, unknown_rule

if TYPE_CHECKING:
    from ficli.config import Config
    from ficli.registry.base_revision import ChangeSet
    from ficli.rules.contract import Settings
    from ficli.rules.history_context import ChangeContext, Terms
    from ficli.rules.selection import RuleSelection

_Mark: TypeAlias = "tuple[str, Span, str, Severity, str]"

_WORTH_CACHE = 500
NOTHING_SETTLED: Mapping[str, FileReport] = {}


@dataclass(frozen=True, slots=True)
class RegistryFindings:
    """The findings in a registry.

    Attributes:
        reports: one for each record that was read, in the order of their paths.
        diagnostics: every finding, sorted.
        unread: why records could not be read; a run with any of these has not checked everything.
        records: the files as they were read.
        changed: how many records a change added, changed or removed.

    """

    reports: Sequence[FileReport]
    diagnostics: Sequence[Diagnostic]
    unread: Sequence[str]
    records: Records = field(compare=False)
    changed: int = 0


def check_registry(  # noqa: PLR0913 - each of those after `*` is one way to run
    settings: Settings,
    selection: RuleSelection,
    *,
    workers: int = 1,
    records: Records | None = None,
    settled: Mapping[str, FileReport] = NOTHING_SETTLED,
    advance: Callable[[int, int], None] | None = None,
    cache: RememberedFindings | None = None,
    since: ChangeContext | None = None,
    only: AbstractSet[str] | None = None,
) -> RegistryFindings:
    """Check every record of a registry, or what a change to it has touched and caused.

    Worker processes read and check many records, each file once. The rules across records get small index entries; a
    file is read again only to find the place of such a problem.

    Args:
        settings: configuration (with the registry's folder), vocabulary and today's date.
        selection: the rules of this run and their severities.
        workers: how many processes may work at the same time.
        records: where the files are taken from; None for those on disk.
        settled: what is known already of records that are not to be read again, by path.
        advance: called, as the work goes on, with how many of how many records are done.
        cache: what an earlier run found; None to read every record. It goes with the files on disk.
        since: the change whose findings are wanted; None for those of all records. Every record is read either way, but
            an unchanged one is checked only if its settings have changed.
        only: the records to check; the others are read only for their index entries; None for all.

    Raises:
        FicliError: a folder cannot be listed, or a worker process died.

    """
    found = scan(settings.config.root)
    if len(found.files) < _WORTH_CACHE:
        cache = None
    wanted = only if only is not None else _wanted(since, found.files)
    earlier = cache.earlier(found.files, wanted) if cache is not None else NOTHING
    changed = [file for file in found.files if file.path not in earlier.reports and file.path not in settled]
    records = records or Records(settings.config.root)
    results = list(
        in_chunks(changed, _ChunkChecker, settings, selection, records, wanted, workers=workers, advance=advance)
    )
    reports = list(earlier.reports.values())
    reports.extend(
        settled[file.path] for file in found.files if file.path in settled and file.path not in earlier.reports
    )
    reports.extend(report for result in results for report in result.reports)
    reports.sort(key=lambda report: report.path)
    registry_rules = RegistryRules(settings, selection, found.strays, reports, records, earlier)
    diagnostics = [item for report in reports for item in report.diagnostics]
    mark = cache.mark(found, reports) if cache is not None else ""
    diagnostics.extend(registry_rules.diagnostics(cache.cross_record(mark) if cache is not None else None))
    context = registry_rules.context(since) if since is not None else None
    history = list(registry_rules.history(context)) if context is not None else []
    diagnostics.extend(registry_rules.unused_suppressions())
    if cache is not None and wanted is None:
        cache.remember(reports, mark, registry_rules.placed, registry_rules.idle)
    diagnostics.extend(_unknown_in_config(settings, selection))
    if since is not None:
        diagnostics = [*findings_of_change(since, diagnostics, reports, registry_rules), *history]
    diagnostics.sort(key=lambda item: item.sort_key)
    unread = [message for result in results for message in result.unread]
    return RegistryFindings(reports, diagnostics, unread, records, context.changed if context is not None else 0)


def _wanted(since: ChangeContext | None, files: Iterable[RecordFile]) -> AbstractSet[str] | None:
    """Return the records to check; None for all, if the settings have changed."""
    if since is None or since.change.settings:
        return None
    return frozenset(file.path for file in files if since.change.touches(file.path))


def _is_clean(report: FileReport) -> bool:
    return not (report.diagnostics or report.suppressions)


def _unknown_in_config(settings: Settings, selection: RuleSelection) -> Iterator[Diagnostic]:
    """Yield a finding for each unknown rule name in `ficli.toml`."""
    config: Config = settings.config
    for mention in config.mentions:
        if mention.name not in settings.known_rules:
            problem = unknown_rule.problem(mention.name, settings.known_rules)
            span = Span(mention.line, mention.column, mention.line, mention.column + len(mention.name))
            excerpt = Excerpt(CONFIG_FILE, span, mention.source, problem.label)
            name = unknown_rule.RULE.name
            yield Diagnostic(name, selection.severity(name), problem.message, excerpt, help=problem.help)


class _ChunkResult(NamedTuple):
    reports: list[FileReport]
    unread: list[str]


class _ChunkChecker:
    """Checks the records of a chunk, and keeps the files that a later step may ask for."""

    def __init__(
        self, settings: Settings, selection: RuleSelection, records: Records, wanted: AbstractSet[str] | None
    ) -> None:
        self._checker = RecordChecker(settings, selection)
        self._records = records
        self._wanted = wanted

    def __call__(self, files: Sequence[RecordFile]) -> _ChunkResult:
        result = _ChunkResult([], [])
        for file in files:
            source = self._records.look(file.path)
            is_wanted = self._wanted is None or file.path in self._wanted
            try:
                report = self._checker.check(source) if is_wanted else self._checker.index(source)
            except FicliError as error:
                result.unread.append(error.message)
                continue
            result.reports.append(report)
            is_spare = _is_clean(report) and (self._wanted is None or not is_wanted)
            self._records.keep(source.slim, spare=is_spare)
        return result


def only_paths(diagnostics: Iterable[Diagnostic], paths: Sequence[str]) -> list[Diagnostic]:
    """Keep the findings in these files and folders, relative to the registry, and in its settings."""
    folders = tuple(f"{path}/" for path in paths)
    chosen = set(paths)
    return [
        item for item in diagnostics if item.path in chosen or item.path.startswith(folders) or item.path == CONFIG_FILE
    ]


def findings_of_change(
    since: ChangeContext,
    diagnostics: Iterable[Diagnostic],
    reports: Sequence[FileReport],
    registry_rules: RegistryRules,
) -> list[Diagnostic]:
    """Return the findings that a change has caused: those in changed files, and those elsewhere that are new.

    Of the base only the changed files are read. Its findings in all other records are computed from the present files,
    and only if a finding may be an old one.

    Args:
        since: the change.
        diagnostics: the present findings, without those of history scope.
        reports: one for each record that was read.
        registry_rules: ran the rules across records.

    """
    change = since.change
    kept: list[Diagnostic] = []
    doubtful: list[Diagnostic] = []
    for item in diagnostics:
        (kept if _is_touched(item, change) else doubtful).append(item)
    if not doubtful:
        return kept
    terms = since.before if change.settings else registry_rules.terms
    if terms is None:  # the settings of the base are not known, so each finding may be new
        return [*kept, *doubtful]
    old = set(map(_identity, _before(since, terms, reports, registry_rules)))
    return [*kept, *(item for item in doubtful if _identity(item) not in old)]


def _is_touched(item: Diagnostic, change: ChangeSet) -> bool:
    """Return whether a finding, or a place that explains it, is in what has changed; a broken rule always counts."""
    if item.rule == rule_crashed.RULE.name:
        return True
    return change.touches(item.path) or any(change.touches(excerpt.path) for excerpt in item.related)


def _identity(item: Diagnostic) -> _Mark:
    return (item.path, item.span, item.rule, item.severity, item.message)


def _before(
    since: ChangeContext, terms: Terms, reports: Sequence[FileReport], registry_rules: RegistryRules
) -> Iterator[Diagnostic]:
    """Yield the findings of the base in the records that have not changed."""
    change = since.change
    unchanged = [report for report in reports if not change.touches(report.path)]
    if change.settings:
        checker = RecordChecker(*terms)
        unchanged = [
            checker.check(registry_rules.records.get(report.path)) if _has_said(report) else report
            for report in unchanged
        ]
    held = change.records_before
    known = [*unchanged, *(FileReport(path, index_record(path, file.record), ()) for path, file in held.items())]
    known.sort(key=lambda report: report.path)
    strays = [stray for stray in registry_rules.strays if not change.touches(stray.path)]
    before = RegistryRules(*terms, strays, known, registry_rules.records.over(held))
    for report in unchanged:
        yield from report.diagnostics
    yield from before.diagnostics()
    yield from before.unused_suppressions()


def _has_said(report: FileReport) -> bool:
    return bool(report.diagnostics or report.suppressions)
