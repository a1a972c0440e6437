"""What a finding is: severities, rules, spans, labels, fixes and diagnostics, all frozen values without I/O.

Positions are 1-based and count characters (Unicode code points), not bytes and not terminal cells; the
end of a span is exclusive. Offsets are 0-based and count characters of the decoded text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

FieldPath: TypeAlias = tuple[str | int, ...]
"""A route into a record from its root: `("sources", 1, "url")`; list positions are 0-based."""


def field_name(path: FieldPath) -> str:
    """Format a field path for a curator: `sources[2].url`, with list positions counted from 1."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name


class Severity(StrEnum):
    """The weight of a finding: an error fails the run, a warning with `--strict`, an info never."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """The rank; 0 for the most severe."""
        return _RANKS[self]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Scope(StrEnum):
    """What a rule needs to see: one record, all records, or all records and a base revision."""

    FILE = "file"
    INDEX = "index"
    HISTORY = "history"


class Fixable(StrEnum):
    """Whether `--fix` fixes the findings of a rule."""

    NO = "no"
    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Rule:
    """The metadata of a rule.

    `name` is permanent and reads well after the word *allow*. `since` is the version of ficli that added it.
    An `essential` rule cannot be turned off, weakened or suppressed: without it a record could pass unread.
    """

    name: str
    severity: Severity
    scope: Scope
    since: str
    fix: Fixable = Fixable.NO
    essential: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of a file, from a 1-based line and column up to, not including, an end line and column."""

    line: int
    column: int
    end_line: int
    end_column: int


FILE_START = Span(1, 1, 1, 1)
"""The place of a finding about a file as a whole."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a file to show beside a finding: the place, its line, and the words at the marks.

    `path` is relative to the registry, with `/`. `source` is the text of line `span.line` without its line
    end; it is empty if no text can be shown.
    """

    path: str
    span: Span
    source: str
    text: str = ""


# --- edits: what a fix does to a document, by field path, so that positions never go stale -----------------


@dataclass(frozen=True, slots=True)
class SetValue:
    """Replace the value of an existing field by another scalar."""

    path: FieldPath
    value: str | float | bool | None


@dataclass(frozen=True, slots=True)
class InsertKey:
    """Add a key to the mapping at `path`, at its canonical place. `value` is plain data."""

    path: FieldPath
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class AppendItem:
    """Add `value` (plain data) as the last item of the list at `path`."""

    path: FieldPath
    value: Any


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a list item, or a key with its value; comments that belong to it are removed too."""

    path: FieldPath


@dataclass(frozen=True, slots=True)
class RenameKey:
    """Rename the key at the end of `path`, and keep its value."""

    path: FieldPath
    name: str


@dataclass(frozen=True, slots=True)
class ReplaceText:
    """Replace the characters from offset `start` up to `end` of the decoded text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Reformat:
    """Write the whole file in the canonical layout, as `ficli fmt` does."""


Edit: TypeAlias = SetValue | InsertKey | AppendItem | Remove | RenameKey | ReplaceText | Reformat


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix of a finding. A safe one never changes what a record says; an unsafe one may."""

    description: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Replacement:
    """The effect of a fix on a file: `text` replaces the text at `span`, which may be empty."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, complete: it can be printed without further look-ups.

    `message` is complete by itself, starts in lower case and has no final period; only `help` names a fix.
    `label` is the short text beside the marks. `field` is a name as `field_name` writes it, or empty.
    """

    rule: str
    severity: Severity
    message: str
    excerpt: Excerpt
    field: str = ""
    related: tuple[Excerpt, ...] = ()
    help: str = ""
    fix: Fix | None = None

    @property
    def path(self) -> str:
        """The file, relative to the registry, with `/`."""
        return self.excerpt.path

    @property
    def span(self) -> Span:
        """The smallest useful place."""
        return self.excerpt.span

    @property
    def label(self) -> str:
        """The short text beside the marks, or empty."""
        return self.excerpt.text

    @property
    def sort_key(self) -> tuple[str, Span, int, str, str]:
        """The sort key: file, place, severity, rule and message; a total order, whatever rule ran first."""
        return (self.path, self.span, self.severity.rank, self.rule, self.message)
