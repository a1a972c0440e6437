"""What the rules say of drafts that are to be published, each beside all other records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.opening import naming_files
from ficli.config import CONFIG_FILE
from ficli.diagnostics import Diagnostic, Severity
from ficli.errors import FicliError
from ficli.registry.rejected import load_rejections
from ficli.registry.scan import DRAFTS, INCIDENTS, RecordFile, scan
from ficli.rules.across import judge_registry
from ficli.rules.catalogue import RULES
from ficli.rules.contract import Settings
from ficli.rules.engine import Engine
from ficli.rules.remembered import RememberedFindings
from ficli.rules.selection import select_rules

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
        engine: judges one record more.

    """

    entries: Sequence[Entry]
    by_path: Mapping[str, Sequence[Diagnostic]]
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
        report = self.engine.judge(RecordFile(path, INCIDENTS), raw)
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
) -> Judged:
    """Judge the drafts of a registry by all its rules, as `ficli validate` does, beside its other records.

    Args:
        environment: the world to work in.
        opened: the registry.
        today: the day after which a date is in the future.
        jobs: worker processes; 0 for as many as there are cores.
        advance: told, as the work goes on, how many of how many records are done.

    Raises:
        ConfigurationError: `ficli.toml` names a rule that there is not.
        FicliError: a record cannot be read, or a worker process died.

    """
    with naming_files(environment, opened.root):
        selection = select_rules(RULES, opened.config, list_info=False)
        rejections = load_rejections(opened.root)
    settings = Settings(opened.config, opened.taxonomy, today, frozenset(RULES), rejections)
    judgement = judge_registry(
        settings,
        selection,
        workers=jobs or environment.workers,
        advance=advance,
        cache=RememberedFindings(settings, selection),
        only={file.path for file in scan(opened.root).files if file.folder == DRAFTS},
    )
    if judgement.unread:
        message = f"{judgement.unread[0]}, so it is not known which IDs and slugs are taken"
        raise FicliError(message)
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in judgement.diagnostics:
        by_path[item.path].append(item)
    return Judged([report.entry for report in judgement.reports], dict(by_path), Engine(settings, selection))
