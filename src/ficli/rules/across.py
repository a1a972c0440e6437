"""Judges a whole registry: every record by the rules of file scope, then all of them together.

Records are read and judged in worker processes when there are many, each file once. What the rules across
records need comes back as small entries. `ficli.registry.records` says which files are kept to show where they point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.config import CONFIG_FILE
from ficli.diagnostics import Diagnostic, Excerpt, Span
from ficli.errors import FicliError
from ficli.registry.cache import covers, entries_mark
from ficli.registry.records import Records, in_chunks
from ficli.registry.scan import RecordFile, scan
from ficli.rules.caused import caused_by
from ficli.rules.engine import Engine, FileReport
from ficli.rules.together import Across
from ficli.rules.tool import unknown_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ficli.config import Config
    from ficli.registry.cache import FileMemory
    from ficli.registry.entry import Entry
    from ficli.registry.scan import Scan
    from ficli.rules.contract import Settings
    from ficli.rules.past import Since
    from ficli.rules.selection import Selection

_WORTH_CACHE = 500
NOTHING_SETTLED: Mapping[str, FileReport] = {}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found in a registry.

    Attributes:
        reports: one for each record that was read, in the order of their paths.
        diagnostics: every finding, sorted.
        unread: what kept a record from being read; a run with any of these has not checked everything.
        records: the files as they were read.
        changed: how many records a change added, changed or removed.

    """

    reports: Sequence[FileReport]
    diagnostics: Sequence[Diagnostic]
    unread: Sequence[str]
    records: Records
    changed: int = 0


class _ChunkResult(NamedTuple):
    reports: list[FileReport]
    unread: list[str]


class _Judging:
    """Judges the records of a chunk, and keeps the files that a later step may ask for."""

    def __init__(
        self, settings: Settings, selection: Selection, records: Records, wanted: AbstractSet[str] | None
    ) -> None:
        self._engine = Engine(settings, selection)
        self._records = records
        self._wanted = wanted

    def __call__(self, files: Sequence[RecordFile]) -> _ChunkResult:
        result = _ChunkResult([], [])
        for file in files:
            source = self._records.look(file.path)
            is_wanted = self._wanted is None or file.path in self._wanted
            try:
                report = self._engine.judge(source) if is_wanted else self._engine.know(source)
            except FicliError as error:
                result.unread.append(error.message)
                continue
            result.reports.append(report)
            is_spare = _is_clean(report) and (self._wanted is None or not is_wanted)
            self._records.keep(source.slim, spare=is_spare)
        return result


def judge_registry(  # noqa: PLR0913 - each of those after `*` is one way to run
    settings: Settings,
    selection: Selection,
    *,
    workers: int = 1,
    records: Records | None = None,
    settled: Mapping[str, FileReport] = NOTHING_SETTLED,
    advance: Callable[[int, int], None] | None = None,
    cache: FileMemory[tuple[Entry, int]] | None = None,
    since: Since | None = None,
    only: AbstractSet[str] | None = None,
) -> Judgement:
    """Judge every record of a registry, or what a change to it has touched and caused.

    Args:
        settings: configuration (with the registry's folder), vocabulary and today's date.
        selection: the rules of this run and their severities.
        workers: how many processes may work at the same time.
        records: where the files are taken from; None for those on disk.
        settled: what is known already of records that are not to be read again, by path.
        advance: told, as the work goes on, how many of how many records are done.
        cache: the records that were clean before; None to read every record. It goes with the files on disk.
        since: the change whose findings are wanted; None for those of all records. Every record is read either way, but
            one that is as it was is judged only where its settings are not.
        only: the records to judge, the others being read for what the index knows of them; None for all.

    Raises:
        FicliError: a folder cannot be listed, or a worker process died.

    """
    found = scan(settings.config.root)
    if len(found.files) < _WORTH_CACHE:
        cache = None
    clean = cache.known(found.files) if cache is not None else {}
    changed = [file for file in found.files if file.path not in clean and file.path not in settled]
    wanted = only if only is not None else _wanted(since, found.files)
    records = records or Records(settings.config.root)
    results = list(in_chunks(changed, _Judging, settings, selection, records, wanted, workers=workers, advance=advance))
    reports = [FileReport(path, entry, (), infos=infos) for path, (entry, infos) in clean.items()]
    reports.extend(settled[file.path] for file in found.files if file.path in settled and file.path not in clean)
    reports.extend(report for result in results for report in result.reports)
    reports.sort(key=lambda report: report.path)
    across = Across(settings, selection, found.strays, reports, records)
    diagnostics = [item for report in reports for item in report.diagnostics]
    mark = _mark(cache, found, clean, reports)
    if cache is None or not mark or cache.note != mark:
        diagnostics.extend(across.diagnostics())
        mark = mark if across.found_nothing else ""
    past = across.past(since) if since is not None else None
    history = list(across.history(past)) if past is not None else []
    diagnostics.extend(across.unused_suppressions())
    if cache is not None and wanted is None:
        facts = ((report.path, (report.entry, report.infos)) for report in reports if _is_clean(report))
        cache.remember(facts, note=mark)
    diagnostics.extend(_unknown_in_config(settings, selection))
    if since is not None:
        diagnostics = [*caused_by(since, diagnostics, reports, across), *history]
    diagnostics.sort(key=lambda item: item.sort_key)
    unread = [message for result in results for message in result.unread]
    return Judgement(reports, diagnostics, unread, records, past.changed if past is not None else 0)


def _mark(
    cache: FileMemory[tuple[Entry, int]] | None,
    found: Scan,
    clean: Mapping[str, object],
    reports: Sequence[FileReport],
) -> str:
    """Give the mark of all entries; nothing where it is not wanted, or where something lies among the records."""
    if cache is None or found.strays:
        return ""
    if len(clean) == len(found.files) and covers(cache.note, len(clean)):
        return cache.note
    return entries_mark([report.entry for report in reports])


def _wanted(since: Since | None, files: Iterable[RecordFile]) -> AbstractSet[str] | None:
    """Name the records that have to be judged; None for all, as they do when what they are judged by has changed."""
    if since is None or since.change.settings:
        return None
    return frozenset(file.path for file in files if since.change.touches(file.path))


def _is_clean(report: FileReport) -> bool:
    return not (report.diagnostics or report.suppressions)


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
