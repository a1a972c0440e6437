"""Pages for people: on a terminal, in a pipe, or as Markdown for a comment or the summary of a job."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ficli.cli import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ficli.cli.options import ColourChoice
    from ficli.output.blocks import Block

_LARGEST: Final = 1_000_000
"""Bytes of Markdown; of a larger summary of a job GitHub shows nothing."""


class PageFormat(StrEnum):
    """How a page is written."""

    TEXT = "text"
    MARKDOWN = "markdown"


def show(page: Callable[[str], Iterable[Block]], root: Path, form: PageFormat, color: ColourChoice, rest: str) -> None:
    """Write a page to stdout.

    Args:
        page: gives its parts, once it knows what to put before a path so that it can be opened from the working folder.
        root: the registry's folder.
        form: text, or Markdown, in which paths begin at the registry.
        color: when to colour.
        rest: what stands for the parts of Markdown that have no room.

    """
    from ficli.commands.opening import path_prefix
    from ficli.output import blocks_markdown, blocks_text
    from ficli.output.blocks import Line

    if form is PageFormat.MARKDOWN:
        streams.write(blocks_markdown.bounded(page(""), _LARGEST, Line(rest)))
        return
    parts = page(path_prefix(streams.environment(), root))
    streams.write(blocks_text.render(parts, width=streams.stdout_width(), colour=streams.colours(color)))
