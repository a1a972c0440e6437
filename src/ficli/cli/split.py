"""`ficli split`: scaffold drafts for the other incidents that one record tells."""

from __future__ import annotations

from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.changes import show_changes
from ficli.cli.options import DryRun, Registry


def command(
    *,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record, by ID, slug or path.")],
    into: Annotated[
        list[str] | None,
        typer.Option("--into", metavar="SLUG", help="The slug of a draft; give it once for each.", show_default=False),
    ] = None,
    registry: Registry = None,
    dry_run: DryRun = False,
) -> None:
    """Split a record that tells several incidents: a draft for each of the others, while it keeps its ID.

    \b
    Examples:
      ficli split FI-0311 --into example-bank-fee-refunds --into example-bank-card-refunds

    A draft has the sources and the classification of the record, names it in `related`, and says TODO where
    something must be written before `ficli assign` takes it.
    """
    from ficli.commands.split import split

    outcome = split(streams.environment(), record, into or (), registry=registry, write=not dry_run)
    show_changes(outcome, write=not dry_run)
