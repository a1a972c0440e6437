"""`ficli search`: find the records in which words stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ficli.cli import streams
from ficli.cli.listing import report_left_out
from ficli.cli.options import AsJson, Colour, ColourChoice, Registry
from ficli.cli.pages import write_page
from ficli.environment import is_terminal
from ficli.wording import counted

if TYPE_CHECKING:
    from ficli.commands.search import Found
    from ficli.output.blocks import Block


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

    here = streams.environment()
    with progress(here, "records") as advance:
        outcome = search(here, " ".join(text), most=limit, registry=registry, advance=advance)
    if as_json:
        data = {"version": 1, "total": outcome.total, "records": [_as_data(item) for item in outcome.found]}
        streams.write_json(data)
    else:
        write_page(_page(outcome.found), color)
    if not outcome.total:
        streams.note("No record matches.")
    elif outcome.total > len(outcome.found):
        more = outcome.total - len(outcome.found)
        streams.note(f"{counted(more, 'more record')}: `--limit {outcome.total}` shows all.")
    elif is_terminal(here.stdout) and not as_json:
        streams.note(f"{counted(outcome.total, 'record')}.")
    report_left_out(outcome.broken, outcome.unread)


def _page(found: Sequence[Found]) -> Iterator[Block]:
    from ficli.output.blocks import Group, Line, Marked
    from ficli.output.colours import Tone

    blocks: list[Block] = []
    for item in found:
        row = item.row
        state = "" if row.status == "published" else f" ({row.status or 'no status'})"
        facts = "  ".join(filter(None, (row.incident_date, row.severity, row.failure_mode)))
        name = Marked(row.id or row.slug or row.path, Tone.STRONG)
        blocks += [Line([name, f"{state}  {facts}"], indent=0, hang=4), Line(row.title)]
        if item.passage:
            passage = [Marked(text, Tone.MATCH) if match else text for text, match in _pieces(item.passage)]
            blocks.append(Line(passage, indent=4))
    yield Group(blocks)


def _pieces(passage: str) -> Iterator[tuple[str, bool]]:
    """Yield a passage in pieces of which every second one matches."""
    from ficli.registry.text_index import END, START

    for number, piece in enumerate(passage.replace(END, START).split(START)):
        if piece:
            yield piece, bool(number % 2)


def _as_data(item: Found) -> dict[str, object]:
    """Give a record as `list --json` does, with its passage in pieces."""
    facts: dict[str, object] = {name: value if value != "" else None for name, value in item.row._asdict().items()}
    pieces = [{"text": piece, "match": match} for piece, match in _pieces(item.passage)]
    return {**facts, "score": round(item.score, 4), "passage": pieces}
