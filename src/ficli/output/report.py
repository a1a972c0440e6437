"""The input of every output format: the findings, their counts and fingerprints, and the width of the screen."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from ficli.diagnostics import Diagnostic, Replacement, Severity
from ficli.output.colours import Palette
from ficli.rules.tool import rule_crashed
from ficli.wording import counted


def count_by_rule(report: Report) -> Iterator[str]:
    """Yield a line for each rule with findings, most findings first."""
    palette = Palette(report.colour)
    counts = Counter((item.rule, item.severity) for item in report.shown)
    fixable = {item.rule for item in report.shown if item.fix is not None and item.fix.safe}
    digits = max((len(f"{count:,}") for count in counts.values()), default=1)
    widest = max((len(rule) for rule, _ in counts), default=0)
    for (rule, severity), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        kind = palette.severity(severity, f"{severity:<7}")
        note = "  --fix mends some" if rule in fixable else ""
        yield f"{count:>{digits},}  {kind}  {rule:<{widest if note else 0}}{note}\n"
    if counts:
        yield "\n"


_NUMBER = re.compile(r"\[\d+\]")


def fingerprints(items: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield a fingerprint for each finding: 64 hexadecimal digits, all different.

    It is a hash of the rule, the file, the field without its number in a list, and the marked text; of
    several findings with the same hash, the second and later ones also include their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for item in items:
        facts = (item.rule, item.path, _NUMBER.sub("[]", item.field), _marked(item))
        seen[facts] += 1
        text = "\0".join((*facts, str(seen[facts])))
        yield hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _marked(item: Diagnostic) -> str:
    span = item.span
    end = span.end_column - 1 if span.end_line == span.line else None
    return item.excerpt.source[span.column - 1 : end].strip()


def _without_fixed_text(_item: Diagnostic) -> Replacement | None:
    return None


@dataclass(frozen=True, slots=True)
class Baseline:
    """The base that the findings of a change are compared with.

    Attributes:
        ref: the branch, tag or commit that was asked for, or the default branch.
        commit: the hash of the commit from which the change starts.
        changed: how many records were added, changed or removed.

    """

    ref: str
    commit: str
    changed: int


@dataclass(frozen=True)
class Report:
    """A run's findings.

    Attributes:
        diagnostics: all findings, sorted.
        loaded: how many records were read.
        reported: how many of them the wanted findings are about.
        records: the paths of those that were read; findings are in other files too.
        rules: how many rules ran.
        unread: how many records could not be read.
        fixed: how many findings were fixed.
        unplaced_infos: how many info findings were only counted.
        show_info: whether info findings are listed.
        prefix: the path from the working folder to the registry, such as `demo/`, for paths that can be opened.
        colour: whether to use colour.
        width: terminal cells in a line; 0 to leave lines unwrapped and uncut.
        statistics: whether to count by rule instead of listing.
        ran: the names of the rules that ran, for formats that list them.
        fixed_text: returns the place and text that the fix of a finding would write; None if it does not have one.
        since: the base of the findings of a change; None if those of all records are shown.

    """

    diagnostics: Sequence[Diagnostic]
    loaded: int
    reported: int
    records: AbstractSet[str]
    rules: int
    unread: int = 0
    fixed: int = 0
    unplaced_infos: int = 0
    show_info: bool = False
    prefix: str = ""
    colour: bool = False
    width: int = 0
    statistics: bool = False
    since: Baseline | None = None
    ran: Sequence[str] = ()
    fixed_text: Callable[[Diagnostic], Replacement | None] = _without_fixed_text

    @cached_property
    def worst_first(self) -> Sequence[Diagnostic]:
        """The findings to list, errors before warnings before infos."""
        return sorted(self.shown, key=lambda item: item.severity.rank)

    def place(self, path: str) -> str:
        """Return the path of a file of the registry from the working folder."""
        return f"{self.prefix}{path}"

    @property
    def complete(self) -> bool:
        """Whether every record was read and no rule broke."""
        return not self.unread and all(item.rule != rule_crashed.RULE.name for item in self.diagnostics)

    @cached_property
    def shown(self) -> Sequence[Diagnostic]:
        """The findings to list."""
        if self.show_info:
            return self.diagnostics
        return [item for item in self.diagnostics if item.severity is not Severity.INFO]

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity, listed or not."""
        found = Counter(item.severity for item in self.diagnostics)
        found[Severity.INFO] += self.unplaced_infos
        return found

    @cached_property
    def fixable(self) -> tuple[int, int]:
        """How many of the listed findings a safe fix fixes, and how many only an unsafe one."""
        fixes = [item.fix for item in self.shown if item.fix is not None]
        safe = sum(fix.safe for fix in fixes)
        return safe, len(fixes) - safe

    @cached_property
    def records_with_findings(self) -> int:
        """The number of files with findings to list."""
        return len({item.path for item in self.shown})

    def summary(self) -> str:
        """Return in a sentence or two what was found, among how many records, and what can be done."""
        parts = []
        if self.fixed:
            parts.append(f"Fixed {counted(self.fixed, 'problem')}.")
        parts.append(self._found())
        if self.rules:
            parts.append(f"{counted(self.rules, 'rule')} ran.")
        if self.unread:
            parts.append(f"{counted(self.unread, 'record')} could not be read, so this is not the whole picture.")
        hidden = len(self.diagnostics) - len(self.shown) + self.unplaced_infos
        if hidden:
            parts.append(f"{counted(hidden, 'info finding')} not listed (`--info` lists {_them(hidden)}).")
        return " ".join(parts)

    def _found(self) -> str:
        left = " left" if self.fixed else ""
        if not self.shown:
            return f"No problems{left}{self._where()}."
        kinds = [
            counted(number, noun, plural)
            for severity, noun, plural in (
                (Severity.ERROR, "error", "errors"),
                (Severity.WARNING, "warning", "warnings"),
                (Severity.INFO, "info", "info"),
            )
            if (number := sum(item.severity is severity for item in self.shown))
        ]
        found = f"Found {counted(len(self.shown), 'problem')}{left} ({', '.join(kinds)})"
        safe, unsafe = self.fixable
        can = []
        if safe:
            can.append(f"{safe:,} can be fixed with `--fix`")
        if unsafe:
            can.append(f"{unsafe:,} {'more' if safe else 'can be fixed'} with `--unsafe-fixes`")
        return f"{found}{self._where()}{'; ' + ', '.join(can) if can else ''}."

    def _where(self) -> str:
        """Return among how many records: " in 2 of 41 records", or ": 10,000 loaded, 3 changed, 2 with findings"."""
        if self.since is not None:
            numbers = (self.loaded, self.since.changed, self.records_with_findings)
            loaded, changed, found = (f"{number:,}" for number in numbers)
            return f": {loaded} loaded, {changed} changed, {found} with findings"
        records = counted(self.reported, "record")
        among = records if self.reported == self.loaded else f"{records} ({self.loaded:,} loaded)"
        if not self.shown:
            return f" in {among}"
        paths = {item.path for item in self.shown}
        others = len(paths - self.records)
        more = f" and {counted(others, 'other file')}" if others else ""
        return f" in {len(paths) - others:,} of {among}{more}"


def _them(number: int) -> str:
    return "it" if number == 1 else "them"
