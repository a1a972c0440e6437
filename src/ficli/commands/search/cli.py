"""`ficli search` and `ficli similar`: find records by words or by likeness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ficli.commands.list.cli import report_left_out
from ficli.environment import is_terminal
from ficli.terminal import streams
from ficli.terminal.options import AsJson, Colour, ColourChoice, Registry
from ficli.terminal.page import write_page
from ficli.wording import counted

if TYPE_CHECKING:
    from ficli.commands.search.search import SearchHit
    from ficli.output.page import Block


def search_command(
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
    from ficli.commands.search.search import search
    from ficli.terminal.progress import progress

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


def _page(found: Sequence[SearchHit]) -> Iterator[Block]:
    from ficli.output.colours import Tone
    from ficli.output.page import Group, Marked, TextLine

    blocks: list[Block] = []
    for item in found:
        row = item.row
        state = "" if row.status == "published" else f" ({row.status or 'no status'})"
        facts = "  ".join(filter(None, (row.incident_date, row.severity, row.failure_mode)))
        name = Marked(row.id or row.slug or row.path, Tone.STRONG)
        blocks += [TextLine([name, f"{state}  {facts}"], indent=0, hang=4), TextLine(row.title)]
        if item.passage:
            passage = [Marked(text, Tone.MATCH) if match else text for text, match in _pieces(item.passage)]
            blocks.append(TextLine(passage, indent=4))
    yield Group(blocks)


def _pieces(passage: str) -> Iterator[tuple[str, bool]]:
    """Yield a passage in pieces of which every second one matches."""
    from ficli.registry.text_index import END, START

    for number, piece in enumerate(passage.replace(END, START).split(START)):
        if piece:
            yield piece, bool(number % 2)


def _as_data(item: SearchHit) -> dict[str, object]:
    """Return a record as `list --json` does, with its passage in pieces."""
    facts: dict[str, object] = {name: value if value != "" else None for name, value in item.row._asdict().items()}
    pieces = [{"text": piece, "match": match} for piece, match in _pieces(item.passage)]
    return {**facts, "score": round(item.score, 4), "passage": pieces}


def similar_command(
    *,
    name: Annotated[str, typer.Argument(metavar="[RECORD]", help="An ID, a slug, a path, or a page's address.")] = "",
    text: Annotated[str, typer.Option(metavar="TEXT", help="What happened, such as a headline.")] = "",
    url: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="The address of a source; may be given more than once.")
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many at most.")] = 10,
    registry: Registry = None,
    as_json: AsJson = False,
) -> None:
    """Find what may tell the same event as a record, a text or the page of a source, and say why.

    \b
    Examples:
      ficli similar FI-0232
      ficli similar --text "Klarna brings back human agents"
      ficli similar --url https://example.org/article

    Records, tombstones, drafts, also those of other git branches, and what was turned down are searched. `=` marks
    those that have enough in common to be taken for one event.
    """
    from ficli.commands.evidence import candidates_page
    from ficli.commands.search.similar import find_similar
    from ficli.terminal.progress import progress

    here = streams.environment()
    with progress(here, "records") as advance:
        found, left_out = find_similar(
            here, name, text=text, urls=url or (), most=limit, registry=registry, advance=advance
        )
    for message in left_out:
        streams.note(f"warning: {message}")
    if as_json:
        streams.write_json({"version": 1, "candidates": [item._asdict() for item in found]})
    else:
        write_page(candidates_page(found, marks=True))
    if not found:
        streams.note("Nothing like it.")
    elif is_terminal(here.stdout) and not as_json:
        streams.note("`ficli show RECORD` draws one.")
