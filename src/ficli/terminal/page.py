"""Print pages and tables: on a terminal, in a pipe, as Markdown, or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from ficli.environment import is_terminal
from ficli.terminal import streams
from ficli.wording import display_width, harmless

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.output.page import Block, Passage
    from ficli.terminal.options import ColourChoice

_LARGEST: Final = 1_000_000
"""Bytes of Markdown; GitHub does not show a larger summary of a job."""


class PageFormat(StrEnum):
    """How a page is written."""

    TEXT = "text"
    MARKDOWN = "markdown"


def show_page(
    page: Callable[[str], Iterable[Block]], root: Path, form: PageFormat, color: ColourChoice, rest: str
) -> None:
    """Write a page to stdout.

    Args:
        page: returns its parts, given the prefix that makes a path valid from the working folder.
        root: the registry's folder.
        form: text, or Markdown, whose paths begin at the registry.
        color: when to colour.
        rest: the text that replaces the parts of Markdown for which there is no room.

    """
    from ficli.open_registry import path_prefix

    if form is PageFormat.TEXT:
        write_page(page(path_prefix(streams.environment(), root)), color)
        streams.write(["\n"])  # a diff may follow
        return
    from ficli.output import page_markdown
    from ficli.output.page import TextLine

    streams.write(page_markdown.bounded(page(""), _LARGEST, TextLine(rest)))


def write_page(blocks: Iterable[Block], color: str = "never") -> None:
    """Write the parts of a page to stdout, wrapped on a terminal and whole in a pipe."""
    from ficli.output.page_text import render

    encoding = getattr(streams.environment().stdout, "encoding", None) or "utf-8"
    width, colour = streams.stdout_width(), streams.colours(color)
    streams.write(render(blocks, width=width, colour=colour, encoding=encoding))


def note_page(blocks: Iterable[Block]) -> None:
    """Write the parts of a page to stderr, wrapped on a terminal."""
    from ficli.output.page_text import render

    width = streams.screen_width() if is_terminal(streams.environment().stderr) else 0
    streams.note_lines("".join(render(blocks, width=width)))


def weighed(severity: str, name: str = "") -> Passage:
    """Mark the name of a severity, if it is one that must be noticed."""
    from ficli.output.colours import Tone
    from ficli.output.page import Marked

    tones = {"high": Tone.BAD, "catastrophic": Tone.WORST}
    return Marked(name or severity, tones[severity]) if severity in tones else name or severity


def write_rows(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    """Write rows to stdout for programs: a line each, with tabs between the cells."""
    streams.write("\t".join(cells) + "\n" for cells in (columns, *(map(harmless, row) for row in rows)))


def show_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    group: str,
    hide: Collection[str] = (),
    color: ColourChoice,
    as_json: bool = False,
) -> None:
    """Write rows to stdout: a table on a terminal, tab-separated lines in a pipe, JSON on request.

    Args:
        columns: their names; the last one is the widest.
        rows: as many texts each as there are columns, those of one group together.
        group: the column that becomes a heading above its rows on a terminal, to save width.
        hide: the columns that are left out on a terminal.
        color: when to colour.
        as_json: write a list of objects whose keys are the names of the columns.

    """
    if as_json:
        streams.write_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif streams.stdout_width():
        write_page(_grouped(columns, rows, group, hide), color)
    else:
        write_rows(columns, rows)


def _grouped(
    columns: Sequence[str], rows: Sequence[Sequence[str]], group: str, hide: Collection[str]
) -> Iterator[Block]:
    from ficli.output.page import Fit, Grid, Group, Heading

    place = columns.index(group)
    shown = [number for number, name in enumerate(columns) if name != group and name not in hide]
    widths = [max((display_width(row[number]) for row in rows), default=0) for number in shown]
    for heading, members in groupby(rows, key=lambda row: row[place]):
        cells = [[row[number] for number in shown] for row in members]
        yield Group([Heading(heading), Grid((), cells, Fit.LAST, widths)])
