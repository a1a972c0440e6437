"""`ficli reopen`: publish a merged or removed record again."""

from __future__ import annotations

from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.changes import show_changes
from ficli.cli.options import DryRun, Registry


def command(
    *,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The tombstone, by ID, slug or path.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the public.", show_default=False)] = "",
    registry: Registry = None,
    dry_run: DryRun = False,
) -> None:
    """Publish a merged or removed record again, with the text that the last commit before has.

    \b
    Examples:
      ficli reopen FI-0311 --reason "The two reports turned out to tell of two incidents."
      ficli reopen FI-0311 --reason "…" --dry-run

    A line in its `corrections` says that it was retired, when and why not.
    """
    from ficli.commands.reopen import reopen

    outcome = reopen(streams.environment(), record, reason=reason, registry=registry, write=not dry_run)
    show_changes(outcome, write=not dry_run)
