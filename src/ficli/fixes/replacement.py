"""Tells what the fix of one finding would write where, for formats that hand a fix on to another program."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from ficli.diagnostics import Replacement
from ficli.document.edit import EditError, apply
from ficli.document.lines import Lines
from ficli.errors import FicliError
from ficli.incident.fields import LAYOUT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.diagnostics import Diagnostic
    from ficli.registry.records import Records


MOST_TEXT = 8 << 20
"""Characters to edit. Each fix is applied to its file alone: without a bound, many large files would take minutes."""


class Replacements:
    """Works out replacements in the records of a registry, until so much text was edited.

    Args:
        records: the files as they were judged.

    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self._room = MOST_TEXT

    def __call__(self, item: Diagnostic) -> Replacement | None:
        """Give what the fix of a finding comes to, alone; None where it has none, or none any more."""
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
    """Find the one stretch in which two texts differ; None where they do not."""
    if before == after:
        return None
    start = _shared(before, after)
    longest = min(len(before), len(after)) - start
    same = min(longest, _shared(reversed(before), reversed(after)))
    lines = Lines(before)
    return Replacement(lines.span(start, len(before) - same), after[start : len(after) - same])


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """Count the characters with which two texts begin alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
