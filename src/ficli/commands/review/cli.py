"""`ficli review`: show what a reviewer reads first of a change."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ficli.terminal import streams
from ficli.terminal.options import SINCE_HELP, AsJson, Colour, ColourChoice, Jobs, Registry
from ficli.terminal.page import PageFormat, show_page


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
    from ficli.commands.review.page import review_data, review_page
    from ficli.commands.review.review import ReviewRequest, review
    from ficli.terminal.progress import progress

    with progress(streams.environment(), "records") as advance:
        found = review(streams.environment(), ReviewRequest(since, registry, jobs), advance)
    if as_json:
        streams.write_json(review_data(found))
    else:
        rest = "The rest has no room here; `ficli review --json` has all of it."
        show_page(partial(review_page, found), found.outcome.root, output_format, color, rest)
    if not found.outcome.complete:
        from ficli.errors import ExitCode

        streams.finish(ExitCode.FAILED)
