"""How what may tell the same event is shown: what it is, and why it came up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ficli.cli import streams
from ficli.environment import is_terminal
from ficli.wording import harmless

if TYPE_CHECKING:
    from ficli.commands.duplicates import Candidate

_STATES = {"published": "", "draft": " (draft)", "rejected": " (turned down)"}


def show_candidates(candidates: Sequence[Candidate]) -> None:
    """Note what may tell the same event as a new draft."""
    streams.note("This may be written up already:")
    width = streams.screen_width() - 2 if is_terminal(streams.environment().stderr) else 0
    for line in lines(candidates, width):
        streams.note(f"  {line}")


def lines(candidates: Sequence[Candidate], width: int, *, marks: bool = False) -> Iterator[str]:
    """Yield the lines that name each candidate, with why below it.

    Args:
        candidates: what to name.
        width: terminal cells in a line; 0 where nothing is wrapped.
        marks: whether those that are likely to be the same event are marked with `=`.

    """
    for item in candidates:
        state = _STATES.get(item.status, f" ({item.status})")
        mark = ("= " if item.likely else "  ") if marks else ""
        yield f"{mark}{harmless(item.id or item.path)}{harmless(state)}  {harmless(item.title)}"
        why = harmless("; ".join(item.why))
        yield from (f"    {line}" for line in (textwrap.wrap(why, max(width - 4, 40)) if width else [why]))
