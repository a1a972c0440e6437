"""Check drafts against all rules before they are published, beside all other records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import Diagnostic, Severity
from ficli.errors import FicliError
from ficli.registry.layout import CONFIG_FILE, DRAFTS
from ficli.registry.records import Records, SourceFile
from ficli.registry.scan import scan
from ficli.rules.check_record import FileReport, RecordChecker
from ficli.rules.check_registry import RegistryFindings, check_registry
from ficli.rules.remembered import RememberedFindings

if TYPE_CHECKING:
    from datetime import date

    from ficli.environment import Environment
    from ficli.open_registry import OpenRegistry
    from ficli.registry.index_entry import IndexEntry


class DraftFindings(NamedTuple):
    """The findings of the rules in one draft: errors, which block it, and warnings."""

    errors: Sequence[Diagnostic]
    warnings: Sequence[Diagnostic]


@dataclass(frozen=True, slots=True)
class CheckedRegistry:
    """A registry that has been checked.

    Attributes:
        entries: what the index knows of each record.
        by_path: the findings of each file.
        records: the files as they were read.
        checker: checks one more record.

    """

    entries: Sequence[IndexEntry]
    by_path: Mapping[str, Sequence[Diagnostic]]
    records: Records
    checker: RecordChecker

    @property
    def paths(self) -> list[str]:
        """The files of all records and drafts."""
        return [entry.path for entry in self.entries]

    def findings(self, path: str) -> DraftFindings:
        """Return the findings in a draft; a rule that broke on the registry as a whole counts for each."""
        found = [*self.by_path.get(path, ()), *self.by_path.get(CONFIG_FILE, ())]
        return DraftFindings(
            [item for item in found if item.severity is Severity.ERROR],
            [item for item in found if item.severity is Severity.WARNING],
        )

    def once_published(self, path: str, raw: bytes) -> list[str]:
        """Return the errors that a record would have once it is not a draft."""
        report = self.checker.check(SourceFile("", path, raw))
        return [
            f"as a published record it would have an error: {item.message} [{item.rule}]"
            for item in report.diagnostics
            if item.severity is Severity.ERROR
        ]


def check_drafts(
    environment: Environment,
    opened: OpenRegistry,
    *,
    today: date,
    jobs: int = 0,
    advance: Callable[[int, int], None] | None = None,
    known: RegistryFindings | None = None,
) -> CheckedRegistry:
    """Check the drafts of a registry against all its rules, as `ficli validate` does, beside its other records.

    Args:
        environment: the environment to work in.
        opened: the registry.
        today: the day after which a date is in the future.
        jobs: worker processes; 0 for as many as there are cores.
        advance: called, as the work goes on, with how many of how many records are done.
        known: what was found in the same files just now, so that no record that is not a draft is read again.

    Raises:
        ConfigurationError: `ficli.toml` names a rule that does not exist.
        FicliError: a record cannot be read, or a worker process died.

    """
    terms = opened.terms(today, list_info=False)
    registry_findings = check_registry(
        *terms,
        workers=jobs or environment.workers,
        advance=advance,
        cache=RememberedFindings(*terms),
        records=known.records if known else None,
        settled=_settled(known) if known else {},
        only={file.path for file in scan(opened.root).files if file.folder == DRAFTS},
    )
    if registry_findings.unread:
        message = f"{registry_findings.unread[0]}, so it is not known which IDs and slugs are taken"
        raise FicliError(message)
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in registry_findings.diagnostics:
        by_path[item.path].append(item)
    entries = [report.entry for report in registry_findings.reports]
    return CheckedRegistry(entries, dict(by_path), registry_findings.records, RecordChecker(*terms))


def _settled(known: RegistryFindings) -> dict[str, FileReport]:
    """Return the index entries of records that need no new check; one with a suppression may hide a new finding."""
    return {
        report.path: FileReport(report.path, report.entry, ())
        for report in known.reports
        if not report.path.startswith(f"{DRAFTS}/") and not report.suppressions
    }
