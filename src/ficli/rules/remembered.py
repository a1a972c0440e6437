"""Remember the findings of each record and across records, so that a second run neither reads nor checks again.

The findings of a record hold as long as its file is as it was. Those across records hold as long as what the index
knows of all records is as it was. If that has changed, the rules run again, and only places in changed files are worked
out again.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ficli import __version__
from ficli.diagnostics import (
    AppendItem,
    Diagnostic,
    Edit,
    Excerpt,
    Fix,
    InsertKey,
    Reformat,
    Remove,
    RenameKey,
    ReplaceText,
    Scope,
    SetValue,
    Severity,
    Span,
)
from ficli.registry.index_entry import IndexEntry
from ficli.rules.check_record import FileReport
from ficli.rules.suppression import Suppression
from ficli.rules.tool import rule_crashed

if TYPE_CHECKING:
    from ficli.registry.scan import RecordFile, Scan
    from ficli.registry.store import FileFacts
    from ficli.rules.contract import Problem, Settings
    from ficli.rules.selection import RuleSelection

_Plain: TypeAlias = Any
"""What JSON holds."""

_SEVERITIES = {str(severity): severity for severity in Severity}
_EDITS: dict[str, Callable[..., Edit]] = {
    kind.__name__: kind for kind in (SetValue, InsertKey, AppendItem, Remove, RenameKey, ReplaceText, Reformat)
}
_written = json.JSONEncoder(separators=(",", ":")).encode


class Placed(NamedTuple):
    """What the rules across records found in one file.

    Attributes:
        mark: a hash of the problems that the rules found.
        diagnostics: the findings, suppressed ones left out.
        used: for each suppression of the file, the rules whose findings it has hidden here.
        others: the other files whose lines the findings show.

    """

    mark: str
    diagnostics: tuple[Diagnostic, ...]
    used: tuple[frozenset[str], ...] = ()
    others: tuple[str, ...] = ()


class Idle(NamedTuple):
    """The suppressions of one file that hid nothing: what all of them hid in the end, and the findings."""

    used: tuple[frozenset[str], ...]
    diagnostics: tuple[Diagnostic, ...]


class Earlier(NamedTuple):
    """What an earlier run found in files that are as they were.

    Attributes:
        reports: by path.
        placed: the findings across records, by path.
        idle: the findings about suppressions, by path.

    """

    reports: Mapping[str, FileReport]
    placed: Mapping[str, Placed]
    idle: Mapping[str, Idle]

    def place(self, path: str, mark: str) -> Placed | None:
        """Return the findings across records in a file; None if the problems or the files are not as they were."""
        placed = self.placed.get(path)
        return placed if placed and placed.mark == mark and self.reports.keys() >= {path, *placed.others} else None


NOTHING = Earlier({}, {}, {})


class RememberedFindings:
    """The stored findings for exactly this ficli, these settings, this vocabulary, these rules and this day.

    Args:
        settings: configuration, vocabulary and today's date.
        selection: the rules of the run and their severities.

    """

    def __init__(self, settings: Settings, selection: RuleSelection) -> None:
        self._settings = settings
        self._selection = selection
        self._facts: FileFacts | None = None
        self._elsewhere: dict[str, Placed] = {}
        self._note: Mapping[str, _Plain] = {}
        self._earlier = NOTHING

    def earlier(self, files: Sequence[RecordFile], wanted: AbstractSet[str] | None) -> Earlier:
        """Return what is known of the files that are as they were.

        Args:
            files: all records.
            wanted: the records whose findings are wanted; None for all. Of the others, only what a comment may allow
                counts.

        """
        facts = self._opened()
        known = facts.known(files)
        try:
            with _uncollected():
                self._earlier = _earlier(known, wanted)
            self._note = json.loads(facts.note) if facts.note else {}
            self._elsewhere = {path: _placed(path, held) for path, held in self._note.get("elsewhere", {}).items()}
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            facts.forget()
            self._earlier, self._note, self._elsewhere = NOTHING, {}, {}
        return self._earlier

    def _opened(self) -> FileFacts:
        from ficli.registry.store import VERDICTS, FileFacts, cache_key, code_stamp

        if self._facts is None:
            settings, selection = self._settings, self._selection
            judging = sorted(name for name, rule in selection.rules.items() if rule.scope is not Scope.HISTORY)
            parts = (
                *(settings.config, settings.taxonomy, settings.rejections.items),
                *(selection.settings, judging, selection.list_info),
            )
            key = cache_key(__version__, code_stamp(), str(settings.today), *(repr(part) for part in parts))
            self._facts = FileFacts(settings.config.root, VERDICTS, key)
        return self._facts

    def mark(self, found: Scan, reports: Sequence[FileReport]) -> str:
        """Return a hash of everything that the rules across records see."""
        kept = str(self._note.get("mark", ""))
        strays = f"{len(found.files)}:{_sum_up(found.strays)}:"
        if len(self._earlier.reports) == len(found.files) and kept.startswith(strays):
            return kept
        return f"{strays}{entries_mark([report.entry for report in reports])}"

    def cross_record(self, mark: str) -> Mapping[str, Placed] | None:
        """Return the findings across records by path; None if the rules have to run again."""
        earlier = self._earlier
        if self._note.get("mark") != mark or self._note.get("placed") != len(earlier.placed):
            return None
        placed = {**earlier.placed, **self._elsewhere}
        others = {other for one in placed.values() for other in one.others}
        return placed if others <= earlier.reports.keys() else None

    def remember(
        self, reports: Iterable[FileReport], mark: str, placed: Mapping[str, Placed], idle: Mapping[str, Idle]
    ) -> None:
        """Keep what was found.

        Args:
            reports: what was found in every record.
            mark: the hash of what the rules across records have seen.
            placed: what they found, by path.
            idle: what was found about suppressions, by path.

        """
        still, new = set(), {}
        elsewhere = dict(placed)
        for report in reports:
            path, earlier = report.path, self._earlier
            here, unused = elsewhere.pop(path, None), idle.get(path)
            is_kept = path in earlier.reports
            if is_kept and here is earlier.placed.get(path) and unused is earlier.idle.get(path):
                still.add(path)
            elif (text := _text(report, here, unused)) is not None:
                new[path] = text
        note = {"mark": mark, "placed": len(placed) - len(elsewhere)}
        note["elsewhere"] = {path: _plain_placed(path, held) for path, held in elsewhere.items()}
        is_sound = not any(item.rule == rule_crashed.RULE.name for held in placed.values() for item in held.diagnostics)
        self._opened().remember(new, still=still, note=_written(note) if is_sound else "")


def entries_mark(entries: Sequence[IndexEntry]) -> str:
    """Return a hash of all index entries, so that any change in them is noticed."""
    return _sum_up(entries)


def problems_mark(found: Iterable[tuple[str, Problem]]) -> str:
    """Return a hash of the problems that rules found in a file."""
    return _sum_up(found)


def _sum_up(values: Iterable[object]) -> str:
    return hashlib.sha256("\0".join(map(repr, values)).encode(errors="surrogatepass")).hexdigest()


# --- facts as JSON -----------------------------------------------------------------------------------------------


def _text(report: FileReport, placed: Placed | None, idle: Idle | None) -> str | None:
    """Write what was found in a file; None if it is not worth keeping or JSON cannot hold it."""
    if any(item.rule == rule_crashed.RULE.name for item in report.diagnostics):
        return None
    path, entry, diagnostics, suppressions, used, infos = report
    facts: list[_Plain] = [infos, entry[1:]]
    try:
        if diagnostics or suppressions or placed:
            facts.append([_plain(path, item) for item in diagnostics])
            facts.append([(one.names, one.reason, one.start, one.end, one.line, one.alone) for one in suppressions])
            facts.append(_names(used))
            facts.append(_plain_placed(path, placed) if placed else None)
            facts.append([_names(idle.used), [_plain(path, item) for item in idle.diagnostics]] if idle else None)
        return _written(facts)
    except (ValueError, TypeError, RecursionError):
        return None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Turn the garbage collector off: making many small values that are all kept is twice as fast without it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _earlier(known: Mapping[str, str], wanted: AbstractSet[str] | None) -> Earlier:
    reports: dict[str, FileReport] = {}
    placed: dict[str, Placed] = {}
    idle: dict[str, Idle] = {}
    # One call for all records is several times as fast as one for each.
    for path, facts in zip(known, json.loads(f"[{','.join(known.values())}]"), strict=True):
        infos, entry, *found = facts
        if not found:
            reports[path] = FileReport(path, _entry(path, entry), (), infos=infos)
            continue
        diagnostics, suppressions, used, cross_record, unused = found
        is_wanted = suppressions or wanted is None or path in wanted
        reports[path] = FileReport(
            path,
            _entry(path, entry),
            tuple([_diagnostic(path, item) for item in diagnostics]) if is_wanted else (),
            tuple([Suppression(tuple(names), *rest) for names, *rest in suppressions]),
            _frozen(used),
            infos,
        )
        if cross_record:
            placed[path] = _placed(path, cross_record)
        if unused:
            idle[path] = Idle(_frozen(unused[0]), tuple([_diagnostic(path, item) for item in unused[1]]))
    return Earlier(reports, placed, idle)


def _entry(path: str, facts: _Plain) -> IndexEntry:
    return IndexEntry._make([path, *[tuple(fact) if type(fact) is list else fact for fact in facts]])


def _names(used: Iterable[Collection[str]]) -> list[list[str]]:
    return [sorted(names) for names in used]


def _frozen(used: Iterable[Iterable[str]]) -> tuple[frozenset[str], ...]:
    return tuple([frozenset(names) for names in used])


def _plain_placed(path: str, placed: Placed) -> _Plain:
    diagnostics = [_plain(path, item) for item in placed.diagnostics]
    return [placed.mark, diagnostics, _names(placed.used), placed.others]


def _placed(path: str, facts: _Plain) -> Placed:
    mark, diagnostics, used, others = facts
    return Placed(mark, tuple([_diagnostic(path, item) for item in diagnostics]), _frozen(used), tuple(others))


def _plain(path: str, item: Diagnostic) -> _Plain:
    """Return a finding as JSON can hold it; the path of its own file is left out."""
    return (
        *(item.rule, item.severity, item.message, _plain_excerpt(path, item.excerpt), item.field),
        *([_plain_excerpt(path, excerpt) for excerpt in item.related], item.help),
        [item.fix.description, item.fix.safe, [_plain_edit(edit) for edit in item.fix.edits]] if item.fix else None,
    )


def _diagnostic(path: str, facts: _Plain) -> Diagnostic:
    rule, severity, message, excerpt, field, related, help_, fix = facts
    return Diagnostic(
        rule,
        _SEVERITIES[severity],
        message,
        _excerpt(path, *excerpt),
        field,
        tuple([_excerpt(path, *one) for one in related]) if related else (),
        help_,
        Fix(fix[0], tuple([_edit(*edit) for edit in fix[2]]), fix[1]) if fix else None,
    )


def _plain_excerpt(path: str, excerpt: Excerpt) -> _Plain:
    span = excerpt.span
    place = (span.line, span.column, span.end_line, span.end_column)
    return ("" if excerpt.path == path else excerpt.path, *place, excerpt.source, excerpt.text)


def _excerpt(path: str, other: str, line: int, column: int, end_line: int, end_column: int, *texts: str) -> Excerpt:
    return Excerpt(other or path, Span(line, column, end_line, end_column), *texts)


def _plain_edit(edit: Edit) -> _Plain:
    """Return an edit as JSON can hold it.

    Raises:
        TypeError: JSON would not give back the same.

    """
    values = [getattr(edit, name) for name in type(edit).__slots__]
    if values and type(values[0]) is tuple:
        values[0] = list(values[0])
    if json.loads(_written(values)) != values:  # such as a key that is a number
        raise TypeError
    return [type(edit).__name__, *values]


def _edit(kind: str, *values: _Plain) -> Edit:
    """Make an edit: its first value is a field path, unless that is a number."""
    return _EDITS[kind](*[tuple(one) if place == 0 and type(one) is list else one for place, one in enumerate(values)])
