"""Applies the fixes that findings offer, in memory, until nothing more can be mended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.document.edit import EditError, edited
from ficli.incident.fields import LAYOUT
from ficli.registry.records import SourceFile
from ficli.rules.across import Judgement, judge_registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ficli.diagnostics import Diagnostic, Edit
    from ficli.rules.contract import Settings
    from ficli.rules.past import Since
    from ficli.rules.selection import Selection

_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing came to.

    Attributes:
        judgement: the findings that are left.
        before: the old bytes of each file that changes, by path.
        after: the new ones.
        count: how many findings were mended.

    """

    judgement: Judgement
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    count: int


def fix_registry(  # noqa: PLR0913 - those of `judge_registry`, and two
    first: Judgement,
    settings: Settings,
    selection: Selection,
    *,
    wanted: Callable[[Diagnostic], bool],
    unsafe: bool,
    workers: int,
    since: Since | None = None,
) -> Fixed:
    """Mend what can be mended.

    A mended file may show further findings that can be mended, so this goes on until a round changes nothing.

    Args:
        first: the findings to start from.
        settings: as for `judge_registry`.
        selection: as for `judge_registry`.
        wanted: tells which findings are to be mended.
        unsafe: whether fixes that may change what a record says are applied too.
        workers: as for `judge_registry`.
        since: as for `judge_registry`.

    """
    judgement, count = first, 0
    before: dict[str, bytes] = {}
    after: dict[str, SourceFile] = {}
    for _ in range(_MOST_ROUNDS):
        mended: dict[str, SourceFile] = {}
        for path, findings in _by_path(judgement.diagnostics, wanted, unsafe=unsafe).items():
            file = judgement.records.get(path)
            outcome, number = _mend(file, findings)
            if number:
                before.setdefault(path, file.raw)
                mended[path] = outcome
                count += number
        if not mended:
            break
        after |= mended
        judgement = judge_registry(
            settings,
            selection,
            workers=workers,
            records=first.records.over(after),
            settled={report.path: report for report in judgement.reports if report.path not in mended},
            since=since,
        )
    changed = {path: file.raw for path, file in after.items() if file.raw != before[path]}
    return Fixed(judgement, {path: before[path] for path in changed}, changed, count)


def _by_path(
    diagnostics: Iterable[Diagnostic], wanted: Callable[[Diagnostic], bool], *, unsafe: bool
) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for item in diagnostics:
        if item.fix is not None and (item.fix.safe or unsafe) and wanted(item):
            found[item.path].append(item)
    return found


def _mend(file: SourceFile, findings: Sequence[Diagnostic]) -> tuple[SourceFile, int]:
    """Apply the fixes of a file, each that does not get in the way of one before it, and count them."""
    document = file.document
    if not document.is_exact:
        return file, 0  # not UTF-8: the text is a guess, and writing it would lose what was there
    outcome, number = document, 0
    edits: list[Edit] = []
    for fix in (item.fix for item in findings if item.fix is not None):
        try:
            mended = edited(document, [*edits, *fix.edits], LAYOUT)
        except EditError:
            continue
        if mended.text != outcome.text:
            outcome, number = mended, number + 1
            edits.extend(fix.edits)
    return SourceFile(file.root, file.path, outcome.raw, document=outcome), number
