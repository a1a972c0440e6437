"""`ficli review`: what a reviewer wants to read first of a change."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ficli.cli import streams
from ficli.cli.options import SINCE_HELP, AsJson, Colour, ColourChoice, Jobs, Registry

if TYPE_CHECKING:
    from ficli.commands.review import Review


_LARGEST_PAGE = 1_000_000
"""Bytes of Markdown; of a larger summary of a job GitHub shows nothing."""


class PageFormat(StrEnum):
    """How a page is written."""

    TEXT = "text"
    MARKDOWN = "markdown"


def command(
    *,
    since: Annotated[str, typer.Option(metavar="REF", help=f"Review what has changed since: {SINCE_HELP}.")] = "auto",
    output_format: Annotated[
        PageFormat, typer.Option("--output-format", help="Text, or Markdown for a comment or a job summary.")
    ] = PageFormat.TEXT,
    registry: Registry = None,
    as_json: AsJson = False,
    jobs: Jobs = 0,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Show a card for each record that a change touches: what it says, what changed, what to check.

    \b
    Examples:
      ficli review                                     this branch, since the default branch
      ficli review --since HEAD~3                      the last three commits, and what is not committed
      ficli review --output-format markdown            for a comment or a job summary
      ficli review --json                              for programs

    Whether the change passes is what `ficli validate --since` says; here findings do not fail.

    Exit codes: 0 done, 2 wrong usage or settings, 3 the work could not be done.
    """
    from ficli.cli.progress import progress
    from ficli.cli.review_page import page
    from ficli.commands.opening import path_prefix
    from ficli.commands.review import ReviewRequest, review
    from ficli.output import blocks_markdown, blocks_text
    from ficli.output.blocks import Line

    with progress(streams.environment(), "records") as advance:
        found = review(streams.environment(), ReviewRequest(since, registry, jobs), advance)
    prefix = path_prefix(streams.environment(), found.outcome.root)
    if as_json:
        from ficli.output.json_ import dumped

        streams.write([dumped(_whole(found)), "\n"])
    elif output_format is PageFormat.MARKDOWN:
        rest = Line("The rest has no room here; `ficli review --json` has all of it.")
        streams.write(blocks_markdown.bounded(page(found, ""), _LARGEST_PAGE, rest))
    else:
        pieces = blocks_text.render(page(found, prefix), width=streams.stdout_width(), colour=streams.colours(color))
        streams.write(pieces)
    if not found.outcome.complete:
        from ficli.errors import ExitCode

        streams.finish(ExitCode.FAILED)


def _whole(found: Review) -> dict[str, object]:
    from ficli.cli.review_json import whole

    return whole(found)
