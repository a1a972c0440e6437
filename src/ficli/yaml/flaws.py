"""The flaws that the text of a record can have, whatever it says, and the bounds on its size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ficli.wording import quoted

MAX_BYTES: Final = 1024 * 1024
"""Bytes of a file. A record has about 3.5 KB; a file longer than this is not a record, and is not parsed."""

MAX_SECOND_OPINION: Final = 64 * 1024
"""Characters of a text that the slow parser is also tried on, if the fast one rejects it."""

MAX_DEPTH: Final = 32
"""Lists and mappings within each other, the record itself included."""

MAX_FLAWS: Final = 1000
"""Flaws of one kind of search reported for one file: more of them are one problem, not a thousand."""


class FlawKind(StrEnum):
    """The kinds of flaws; each is the name of the rule that reports it."""

    SYNTAX = "yaml-syntax"
    DUPLICATE_KEY = "duplicate-key"
    NOT_UTF8 = "not-utf8"
    MULTIPLE_DOCUMENTS = "multiple-documents"
    FEATURE = "yaml-feature"
    CONTROL = "control-character"
    OVERSIZED = "oversized-file"


UNUSABLE: Final = frozenset(
    {
        FlawKind.SYNTAX,
        FlawKind.NOT_UTF8,
        FlawKind.MULTIPLE_DOCUMENTS,
        FlawKind.FEATURE,
        FlawKind.OVERSIZED,
    },
)
"""Kinds after which the data of a file has no meaning."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw, from offset `start` up to `end` of the text.

    `related` are other places with a text for each. `replacement` is the text that, written in place
    of the span, fixes the flaw for certain; None if only a person can.
    """

    kind: FlawKind
    start: int
    end: int
    message: str
    label: str = ""
    help: str = ""
    related: tuple[tuple[int, int, str], ...] = ()
    replacement: str | None = None


def too_deep(start: int, label: str) -> Flaw:
    """Return the flaw of too deep nesting, at the bracket or mark that starts one level too many."""
    return Flaw(
        FlawKind.OVERSIZED,
        start,
        start + 1,
        f"lists and mappings are nested deeper than {MAX_DEPTH} levels",
        label=label,
        help="no field of a record is that deep",
    )


def missing_space(dash: int, line: str) -> Flaw:
    """Return the flaw of an item of a list whose dash is part of its text; `line` is the item as written."""
    return Flaw(
        FlawKind.SYNTAX,
        dash,
        dash + 1,
        f"a space is missing after the dash in {quoted(line)}",
        label="no space after it",
        help="write `- ` before each item of a list, or put a text that starts with a dash in quotes",
    )
