"""`ficli remove`: retire a record, and say why."""

from __future__ import annotations

from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.changes import show_changes
from ficli.cli.options import DryRun, Registry


def command(
    *,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record, by ID, slug or path.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for the public.", show_default=False)] = "",
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Go on even if no commit has the text of the record.")
    ] = False,
    registry: Registry = None,
    dry_run: DryRun = False,
) -> None:
    """Remove a record from the index: its file becomes a tombstone with the reason, and its ID and slug stay.

    \b
    Examples:
      ficli remove FI-0311 --reason "The clinic never used the system on patients."
      ficli remove FI-0311 --reason "…" --dry-run

    Nothing is deleted: git keeps the text, and `ficli reopen` brings it back.
    """
    from ficli.commands.remove import remove

    outcome = remove(
        streams.environment(), record, reason=reason, registry=registry, history=not no_history, write=not dry_run
    )
    show_changes(outcome, write=not dry_run)
