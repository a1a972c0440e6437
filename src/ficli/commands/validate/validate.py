"""Check a registry against its rules, and fixes findings if asked to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ficli.diagnostics import Diagnostic, Replacement, Severity
from ficli.errors import ExitCode, UsageError
from ficli.open_registry import Choice, OpenRegistry, open_registry
from ficli.registry.writing import write_changes
from ficli.rules.check_registry import RegistryFindings, check_registry, only_paths
from ficli.rules.remembered import RememberedFindings
from ficli.rules.tool import rule_crashed
from ficli.wording import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.environment import Environment
    from ficli.registry.base_revision import ChangeSet
    from ficli.rules.check_record import FileReport


class FixMode(Enum):
    """Which fixes to apply."""

    NONE = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class ValidateRequest:
    """What to check.

    Attributes:
        paths: files and folders whose findings are wanted; none for all. The whole registry is read either way.
        registry: a folder in the registry; by default that of `paths`, or the working folder.
        select: run only these rules.
        ignore: leave these rules out.
        fix: which fixes to apply.
        write: whether fixed files are written; otherwise the outcome only has what would change.
        jobs: worker processes; 0 for as many as there are cores.
        cache: whether the stored findings of unchanged records are used.
        list_info: whether info findings are listed; otherwise those of a clean record are only counted.
        since: the branch, tag or commit since which the change was made whose findings are wanted; `auto` for the
            default branch, None for the findings of all records.

    """

    paths: Sequence[Path] = ()
    registry: Path | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fix: FixMode = FixMode.NONE
    write: bool = True
    jobs: int = 0
    cache: bool = True
    list_info: bool = True
    since: str | None = None


@dataclass(frozen=True)
class ValidateOutcome:
    """What was found.

    Attributes:
        root: the registry's folder.
        registry_findings: what was found in all of it, with the files as they were read.
        diagnostics: the findings in the wanted files, sorted.
        loaded: how many records were read.
        reported: how many of them the wanted findings are about.
        records: the paths of those that were read.
        rules: how many rules ran.
        ran: their names.
        unread: why records could not be read.
        fixed: how many findings were fixed, or would be.
        unplaced_infos: how many info findings were only counted.
        before: the old bytes of each changed file.
        after: the new bytes of each changed file.
        change: what has changed since the base; None if no base was asked for.
        changed: how many records that added, changed or removed; one with a new file name counts once.

    """

    root: Path
    registry_findings: RegistryFindings
    diagnostics: Sequence[Diagnostic]
    loaded: int
    reported: int
    records: AbstractSet[str]
    rules: int
    ran: Sequence[str]
    unread: Sequence[str] = ()
    fixed: int = 0
    unplaced_infos: int = 0
    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
    change: ChangeSet | None = None
    changed: int = 0

    @property
    def complete(self) -> bool:
        """Whether every record was read and no rule broke."""
        return not self.unread and all(item.rule != rule_crashed.RULE.name for item in self.diagnostics)

    def fixed_text(self, item: Diagnostic) -> Replacement | None:
        """Return the place and text that the fix of one finding would write; None if there is no fix that applies."""
        return self._replacements(item)

    @cached_property
    def _replacements(self) -> Callable[[Diagnostic], Replacement | None]:
        from ficli.rules.fixes import Replacements

        return Replacements(self.registry_findings.records)

    def exit_code(self, *, strict: bool = False) -> ExitCode:
        """The exit code: an unread record outweighs every finding; a run without records is not clean."""
        if self.unread:
            return ExitCode.FAILED
        severities = {item.severity for item in self.diagnostics}
        failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        if severities & failing:
            return ExitCode.PROBLEMS
        return ExitCode.CLEAN if self.loaded else ExitCode.USAGE


def validate(
    environment: Environment, request: ValidateRequest, advance: Callable[[int, int], None] | None = None
) -> ValidateOutcome:
    """Check a registry against its rules.

    Args:
        environment: the environment to work in.
        request: what to check.
        advance: called, as the work goes on, with how many of how many records are done.

    Raises:
        UsageError: no registry, no records, a path outside, an unknown rule, a base that cannot be one.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed, a worker died, git cannot report what has changed, a fixed file cannot be
            written.

    """
    opened = open_registry(environment, request.registry or (request.paths[0] if request.paths else None))
    wanted = opened.relative_paths(environment.cwd, request.paths)
    choice = Choice(
        select=request.select,
        ignore=request.ignore,
        list_info=request.list_info,
        history=request.since is not None,
    )
    terms, since = opened.terms(environment.today(), **choice), None
    if request.since is not None:
        since, terms = opened.since(environment, request.since, terms, **choice)
    settings, selection = terms
    workers = request.jobs or environment.workers
    cache = RememberedFindings(settings, selection) if request.cache else None
    registry_findings = check_registry(settings, selection, workers=workers, advance=advance, cache=cache, since=since)
    scope = _Wanted(registry_findings, wanted, since.change if since else None)
    scope.require_records(opened)
    before: Mapping[str, bytes] = {}
    after: Mapping[str, bytes] = {}
    fixed = 0
    if request.fix is not FixMode.NONE:
        from ficli.rules.fixes import fix_registry

        result = fix_registry(
            registry_findings,
            settings,
            selection,
            wanted=lambda item: not wanted or bool(only_paths([item], wanted)),
            unsafe=request.fix is FixMode.UNSAFE,
            workers=workers,
            since=since,
        )
        registry_findings, before, after, fixed = result.registry_findings, result.before, result.after, result.count
        if request.write:
            write_changes(opened.root, before, after)
    return ValidateOutcome(
        root=opened.root,
        registry_findings=registry_findings,
        diagnostics=only_paths(registry_findings.diagnostics, wanted) if wanted else registry_findings.diagnostics,
        loaded=len(registry_findings.reports),
        reported=len(scope.reports),
        records={report.path for report in registry_findings.reports},
        rules=len(selection.rules),
        ran=tuple(selection.rules),
        unread=registry_findings.unread,
        fixed=fixed,
        unplaced_infos=sum(report.infos for report in scope.reports),
        before=before,
        after=after,
        change=since.change if since else None,
        changed=registry_findings.changed,
    )


class _Wanted(NamedTuple):
    """The part of a registry whose findings are wanted: paths, a change, both, or neither for all of it."""

    registry_findings: RegistryFindings
    paths: Sequence[str]
    change: ChangeSet | None

    @property
    def reports(self) -> Sequence[FileReport]:
        """The records whose findings are wanted."""
        folders = tuple(f"{path}/" for path in self.paths)
        return [
            report
            for report in self.registry_findings.reports
            if (not self.paths or report.path in self.paths or report.path.startswith(folders))
            and (self.change is None or self.change.touches(report.path))
        ]

    def require_records(self, opened: OpenRegistry) -> None:
        """Check that there was something to check; a change without records is accepted.

        Raises:
            UsageError: there are no records.

        """
        registry_findings, paths = self.registry_findings, self.paths
        if registry_findings.unread or self.reports or (self.change is not None and registry_findings.reports):
            return
        if only_paths(registry_findings.diagnostics, paths) if paths else registry_findings.diagnostics:
            return
        where = ", ".join(harmless(path) for path in paths) or harmless(str(opened.root))
        message = f"no records in `{where}`"
        raise UsageError(message, hint="records are the `.yaml` files in `incidents/` and `drafts/`")
