"""`ficli similar`: find what may tell the same event."""

from __future__ import annotations

from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.options import AsJson, Registry
from ficli.cli.pages import write_page
from ficli.environment import is_terminal


def command(
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
    from ficli.cli.evidence import candidates_page
    from ficli.cli.progress import progress
    from ficli.commands.similar import find_similar

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
