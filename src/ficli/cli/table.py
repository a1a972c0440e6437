"""Lists for people and programs: a table on a terminal, tab-separated lines in a pipe, JSON on request."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ficli.cli import streams
from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ficli.cli.options import ColourChoice


def show(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    group: str,
    hide: Collection[str] = (),
    color: ColourChoice,
    as_json: bool = False,
) -> None:
    """Write rows to stdout.

    Args:
        columns: their names; the last one is the widest.
        rows: as many texts each as there are columns, those of one group together.
        group: the column that becomes a heading above its rows on a terminal, where width is dear.
        hide: the columns that a terminal is spared.
        color: when to colour.
        as_json: write a list of objects whose keys are the names of the columns.

    """
    if as_json:
        streams.write_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    safe = [[harmless(cell) for cell in row] for row in rows]
    width = streams.stdout_width()
    if not width:
        streams.write("\t".join(cells) + "\n" for cells in (columns, *safe))
        return
    _draw(columns, safe, group=group, hide=hide, width=width, colour=streams.colours(color))


def _draw(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    group: str,
    hide: Collection[str],
    width: int,
    colour: bool,
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(
        file=streams.environment().stdout,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
    )
    place = columns.index(group)
    shown = [number for number, name in enumerate(columns) if name != group and name not in hide]
    widths = {number: max(len(row[number]) for row in rows) for number in shown[:-1]} if rows else {}
    for heading, members in groupby(rows, key=lambda row: row[place]):
        console.print(Text(heading, style="bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for number in shown:
            table.add_column(min_width=widths.get(number), no_wrap=number in widths)
        for row in members:
            table.add_row(*(Text(row[number]) for number in shown))
        console.print(table)
        console.print()
