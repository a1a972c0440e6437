"""Apply the fixes of findings in memory until nothing more can be fixed, and compute the text of a single fix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from ficli.diagnostics import Diagnostic, Edit, Replacement
from ficli.errors import FicliError
from ficli.incident.fields import LAYOUT
from ficli.registry.records import Records, SourceFile
from ficli.rules.check_registry import RegistryFindings, check_registry
from ficli.yaml.document import LineTable
from ficli.yaml.edit import EditError, apply, edited

if TYPE_CHECKING:
    from ficli.rules.contract import Settings
    from ficli.rules.history_context import ChangeContext
    from ficli.rules.selection import RuleSelection

MOST_TEXT = 8 << 20
"""Characters to edit. Each fix is applied to its file alone: without a bound, many large files would take minutes."""

_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Fixed:
    """The result of fixing.

    Attributes:
        registry_findings: the findings that are left.
        before: the old bytes of each file that changes, by path.
        after: the new ones.
        count: how many findings were fixed.

    """

    registry_findings: RegistryFindings
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    count: int


def fix_registry(  # noqa: PLR0913 - those of `check_registry`, and two
    first: RegistryFindings,
    settings: Settings,
    selection: RuleSelection,
    *,
    wanted: Callable[[Diagnostic], bool],
    unsafe: bool,
    workers: int,
    since: ChangeContext | None = None,
) -> Fixed:
    """Fix what can be fixed.

    A fixed file may have further findings that can be fixed, so this repeats until a round changes nothing.

    Args:
        first: the findings to start from.
        settings: as for `check_registry`.
        selection: as for `check_registry`.
        wanted: returns whether a finding is to be fixed.
        unsafe: whether fixes that may change what a record says are applied too.
        workers: as for `check_registry`.
        since: as for `check_registry`.

    """
    registry_findings, count = first, 0
    before: dict[str, bytes] = {}
    after: dict[str, SourceFile] = {}
    for _ in range(_MOST_ROUNDS):
        fixed: dict[str, SourceFile] = {}
        for path, findings in _by_path(registry_findings.diagnostics, wanted, unsafe=unsafe).items():
            file = registry_findings.records.get(path)
            outcome, number = _fix_file(file, findings)
            if number:
                before.setdefault(path, file.raw)
                fixed[path] = outcome
                count += number
        if not fixed:
            break
        after |= fixed
        registry_findings = check_registry(
            settings,
            selection,
            workers=workers,
            records=first.records.over(after),
            settled={report.path: report for report in registry_findings.reports if report.path not in fixed},
            since=since,
        )
    changed = {path: file.raw for path, file in after.items() if file.raw != before[path]}
    return Fixed(registry_findings, {path: before[path] for path in changed}, changed, count)


def _by_path(
    diagnostics: Iterable[Diagnostic], wanted: Callable[[Diagnostic], bool], *, unsafe: bool
) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in diagnostics:
        if item.fix is not None and (item.fix.safe or unsafe) and wanted(item):
            found[item.path].append(item)
    return found


def _fix_file(file: SourceFile, findings: Sequence[Diagnostic]) -> tuple[SourceFile, int]:
    """Apply the fixes of a file, each that does not overlap one before it, and count them."""
    document = file.document
    if not document.is_exact:
        return file, 0  # not UTF-8: the text is a guess, and writing it would lose what was there
    outcome, number = document, 0
    edits: list[Edit] = []
    for fix in (item.fix for item in findings if item.fix is not None):
        try:
            fixed = edited(document, [*edits, *fix.edits], LAYOUT)
        except EditError:
            continue
        if fixed.text != outcome.text:
            outcome, number = fixed, number + 1
            edits.extend(fix.edits)
    return SourceFile(file.root, file.path, outcome.raw, document=outcome), number


class Replacements:
    """Computes replacements in the records of a registry, up to a total length of edited text.

    Args:
        records: the files as they were checked.

    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._room = MOST_TEXT

    def __call__(self, item: Diagnostic) -> Replacement | None:
        """Return the effect of a finding's fix, alone; None if there is no fix, or if it does not apply any more."""
        if item.fix is None:
            return None
        try:
            document = self._records.get(item.path).document
        except FicliError:
            return None
        self._room -= len(document.text)
        if self._room < 0 or not document.is_exact:
            return None
        try:
            return difference(document.text, apply(document, item.fix.edits, LAYOUT))
        except EditError:
            return None


def difference(before: str, after: str) -> Replacement | None:
    """Return the one range in which two texts differ; None if they are equal."""
    if before == after:
        return None
    start = _shared(before, after)
    longest = min(len(before), len(after)) - start
    same = min(longest, _shared(reversed(before), reversed(after)))
    lines = LineTable(before)
    return Replacement(lines.span(start, len(before) - same), after[start : len(after) - same])


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Return the length of the common prefix of two texts."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
