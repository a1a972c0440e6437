"""`ficli search`: find the records in which words stand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ficli.cli import streams
from ficli.cli.listing import report_left_out
from ficli.cli.options import AsJson, Colour, ColourChoice, Registry
from ficli.environment import is_terminal
from ficli.wording import counted, harmless

if TYPE_CHECKING:
    from ficli.commands.search import Found
    from ficli.output.colours import Palette

_MATCH = "1;33"


def command(
    *,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words, phrases and filters.")],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many at most.")] = 20,
    registry: Registry = None,
    as_json: AsJson = False,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Search the text of all records, drafts and tombstones included, and show the best first.

    \b
    Examples:
      ficli search bereavement fares
      ficli search '"human agents" -refund'        a phrase, and a word that must not be there
      ficli search hallucinat*                     the beginning of a word
      ficli search organization:klarna severity:high,catastrophic
      ficli search chatbot status:draft --json

    All words must be there; their endings do not count in English. Filters: `organization:` and `tag:`,
    `severity:`, `failure_mode:`, `ai_surface:`, `industry:`, `confidence:`, `status:`, `since:` and `until:`.
    """
    from ficli.cli.progress import progress
    from ficli.commands.search import search
    from ficli.output.colours import Palette

    here = streams.environment()
    with progress(here, "records") as advance:
        outcome = search(here, " ".join(text), most=limit, registry=registry, advance=advance)
    if as_json:
        data = {"version": 1, "total": outcome.total, "records": [_as_data(item) for item in outcome.found]}
        streams.write_json(data)
    else:
        palette = Palette(streams.colours(color))
        streams.write(line for item in outcome.found for line in _lines(item, streams.stdout_width(), palette))
    if not outcome.total:
        streams.note("No record matches.")
    elif outcome.total > len(outcome.found):
        more = outcome.total - len(outcome.found)
        streams.note(f"{counted(more, 'more record')}: `--limit {outcome.total}` shows all.")
    elif is_terminal(here.stdout) and not as_json:
        streams.note(f"{counted(outcome.total, 'record')}.")
    report_left_out(outcome.broken, outcome.unread)


def _lines(item: Found, width: int, palette: Palette) -> Iterator[str]:
    row = item.row
    name = row.id or row.slug or row.path
    state = "" if row.status == "published" else f" ({row.status or 'no status'})"
    facts = "  ".join(filter(None, (row.incident_date, row.severity, row.failure_mode)))
    yield f"{palette.strong(harmless(name))}{harmless(state)}  {harmless(facts)}\n"
    yield f"  {harmless(row.title)}\n"
    passage = " ".join(item.passage.split())
    pieces = textwrap.wrap(passage, max(width - 4, 40)) if width else [passage]
    inside = False
    for line in filter(None, pieces):
        marked, inside = _marked(line, palette, inside=inside)
        yield f"    {marked}\n"


def _marked(line: str, palette: Palette, *, inside: bool) -> tuple[str, bool]:
    """Paint the matches of a line of a passage, and tell whether one goes on in the next."""
    from ficli.registry.text_index import END, START

    if not palette.on:
        return harmless(line.replace(START, "*").replace(END, "*")), inside
    written = ""
    while line:
        piece, mark, line = line.partition(END if inside else START)
        written += palette.paint(_MATCH, harmless(piece)) if inside else harmless(piece)
        inside = inside != bool(mark)
    return written, inside


def _as_data(item: Found) -> dict[str, object]:
    """Give a record as `list --json` does, with its passage in pieces of which every second one matches."""
    from ficli.registry.text_index import END, START

    facts: dict[str, object] = {name: value if value != "" else None for name, value in item.row._asdict().items()}
    pieces = [
        {"text": piece, "match": bool(number % 2)}
        for number, piece in enumerate(item.passage.replace(END, START).split(START))
        if piece
    ]
    return {**facts, "score": round(item.score, 4), "passage": pieces}
