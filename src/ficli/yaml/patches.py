"""Replacements of pieces of a text, all by the offsets of the same original, and the error of an impossible edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ficli.errors import FicliError


class EditError(FicliError):
    """An edit cannot be made without damage to the file; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Replace the text from offset `start` up to `end` by `text`.

    If two patches insert at one offset, the one with the greater `indent` comes first: lines of an inner
    mapping end before the outer one continues.
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
    # One pass over the sorted patches joins the text once; applying them one by one would copy it each time.
    for patch in sorted(patches, key=lambda patch: (patch.start, patch.end, -patch.indent)):
        if patch.start < at:
            raise EditError("two changes concern the same piece of the file")
        pieces += (text[at : patch.start], patch.text)
        at = patch.end
    return "".join((*pieces, text[at:]))
