"""`ficli explain`: print the page of a rule."""

from __future__ import annotations

from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.options import Colour, ColourChoice, complete_rules


def command(
    *,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Its name.", autocompletion=complete_rules)],
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Print a rule's page: what it finds, why, a bad and a good example, and how to mend it.

    \b
    Examples:
      ficli explain false-precision
    """
    from ficli.commands.explain import explain

    streams.write(explain(rule, colour=streams.colours(color)))
