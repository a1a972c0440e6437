"""Pieces of a text to be replaced, all of them by the offsets of the same original."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.document.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Patch:
    """Put `text` in place of what stands from offset `start` up to `end`.

    Where two patches insert at one offset, the one of the greater `indent` comes first: lines of a mapping
    within another end before the other goes on.
    """

    start: int
    end: int
    text: str
    indent: int = 0


def spliced(text: str, patches: Iterable[Patch]) -> str:
    """Apply patches to a text.

    Raises:
        EditError: two of them change the same piece.

    """
    pieces: list[str] = []
    at = 0
    for patch in sorted(patches, key=lambda patch: (patch.start, patch.end, -patch.indent)):
        if patch.start < at:
            raise EditError("two changes concern the same piece of the file")
        pieces += (text[at : patch.start], patch.text)
        at = patch.end
    return "".join((*pieces, text[at:]))
