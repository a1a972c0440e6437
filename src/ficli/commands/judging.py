"""What the rules say of drafts that are to be published, each beside all other records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import Diagnostic, Severity
from ficli.errors import FicliError
from ficli.registry.layout import CONFIG_FILE, DRAFTS
from ficli.registry.records import Records, SourceFile
from ficli.registry.scan import scan
from ficli.rules.across import Judgement, judge_registry
from ficli.rules.engine import Engine, FileReport
from ficli.rules.remembered import RememberedFindings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from ficli.commands.opening import OpenRegistry
    from ficli.environment import Environment
    from ficli.registry.entry import Entry


class Findings(NamedTuple):
    """What the rules find in one draft: errors, which block it, and warnings."""

    errors: Sequence[Diagnostic]
    warnings: Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class Judged:
    """A registry that has been judged.

    Attributes:
        entries: what the index knows of each record.
        by_path: the findings of each file.
        records: the files as they were read.
        engine: judges one record more.

    """

    entries: Sequence[Entry]
    by_path: Mapping[str, Sequence[Diagnostic]]
    records: Records
    engine: Engine

    @property
    def paths(self) -> list[str]:
        """The files of all records and drafts."""
        return [entry.path for entry in self.entries]

    def findings(self, path: str) -> Findings:
        """Give what the rules find in a draft; a rule that broke on the registry as a whole counts for each."""
        found = [*self.by_path.get(path, ()), *self.by_path.get(CONFIG_FILE, ())]
        return Findings(
            [item for item in found if item.severity is Severity.ERROR],
            [item for item in found if item.severity is Severity.WARNING],
        )

    def once_published(self, path: str, raw: bytes) -> list[str]:
        """Say what would be wrong with a record that is no longer a draft."""
        report = self.engine.judge(SourceFile("", path, raw))
        return [
            f"as a published record it would have an error: {item.message} [{item.rule}]"
            for item in report.diagnostics
            if item.severity is Severity.ERROR
        ]


def judge_drafts(
    environment: Environment,
    opened: OpenRegistry,
    *,
    today: date,
    jobs: int = 0,
    advance: Callable[[int, int], None] | None = None,
    known: Judgement | None = None,
) -> Judged:
    """Judge the drafts of a registry by all its rules, as `ficli validate` does, beside its other records.

    Args:
        environment: the world to work in.
        opened: the registry.
        today: the day after which a date is in the future.
        jobs: worker processes; 0 for as many as there are cores.
        advance: told, as the work goes on, how many of how many records are done.
        known: what was found in the same files just now, so that no record that is not a draft is read again.

    Raises:
        ConfigurationError: `ficli.toml` names a rule that there is not.
        FicliError: a record cannot be read, or a worker process died.

    """
    terms = opened.terms(today, list_info=False)
    judgement = judge_registry(
        *terms,
        workers=jobs or environment.workers,
        advance=advance,
        cache=RememberedFindings(*terms),
        records=known.records if known else None,
        settled=_settled(known) if known else {},
        only={file.path for file in scan(opened.root).files if file.folder == DRAFTS},
    )
    if judgement.unread:
        message = f"{judgement.unread[0]}, so it is not known which IDs and slugs are taken"
        raise FicliError(message)
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in judgement.diagnostics:
        by_path[item.path].append(item)
    entries = [report.entry for report in judgement.reports]
    return Judged(entries, dict(by_path), judgement.records, Engine(*terms))


def _settled(known: Judgement) -> dict[str, FileReport]:
    """Return what the drafts are compared with; a record with a suppression is checked again, for it may be of use."""
    return {
        report.path: FileReport(report.path, report.entry, ())
        for report in known.reports
        if not report.path.startswith(f"{DRAFTS}/") and not report.suppressions
    }
