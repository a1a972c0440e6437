"""What can be wrong with the text of a record, before anybody asks what it says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ficli.document.limits import MAX_DEPTH


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
"""Kinds after which the data of a file means nothing."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw, from offset `start` up to `end` of the text.

    `related` are other places with what is to be said there. `replacement` is the text that, put in place
    of the span, mends the flaw for sure; None where only a person can.
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
    """Say that lists and mappings are nested too deeply, at the bracket or mark that starts one too many."""
    return Flaw(
        FlawKind.OVERSIZED,
        start,
        start + 1,
        f"lists and mappings are nested deeper than {MAX_DEPTH} levels",
        label=label,
        help="no field of a record is that deep",
    )
