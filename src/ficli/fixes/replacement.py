"""Tells what the fix of one finding would write where, for formats that hand a fix on to another program."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from ficli.diagnostics import Replacement
from ficli.document.edit import EditError, apply
from ficli.document.lines import Lines
from ficli.document.parse import parse
from ficli.errors import FicliError
from ficli.incident.fields import LAYOUT
from ficli.registry.load import read_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ficli.diagnostics import Diagnostic
    from ficli.document.parsed import Document


MOST_TEXT = 8 << 20
"""Characters to read. Each fix reads its file again: without a bound, many fixes of large files would take minutes."""


class Replacements:
    """Works out replacements in the records of a registry, until so much text was read; the last file is kept.

    Args:
        root: the registry's folder.

    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._document: Document | None = None
        self._room = MOST_TEXT

    def __call__(self, item: Diagnostic) -> Replacement | None:
        """Give what the fix of a finding comes to, alone; None where it has none, or none any more."""
        if item.fix is None:
            return None
        if item.path != self._path:
            self._path, self._document = item.path, self._read(item.path)
        if self._document is None:
            return None
        self._room -= len(self._document.text)
        if self._room < 0:
            return None
        try:
            return difference(self._document.text, apply(self._document, item.fix.edits, LAYOUT))
        except EditError:
            return None

    def _read(self, path: str) -> Document | None:
        try:
            raw = read_record(self._root, path)
        except FicliError:
            return None
        document = parse(raw)
        return document if document.text.encode(errors="replace") == raw else None


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
