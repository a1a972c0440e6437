"""`ficli merge`: let one record lead to another that tells the same incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ficli.cli import streams
from ficli.cli.changes import show_changes
from ficli.cli.options import DryRun, Registry
from ficli.environment import is_terminal
from ficli.errors import UsageError
from ficli.wording import listed, quoted

if TYPE_CHECKING:
    from ficli.commands.merge import Undecided


def command(  # noqa: PLR0913 - one for each flag
    *,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record that leads elsewhere from now on.")],
    into: Annotated[str, typer.Option("--into", metavar="RECORD", help="The record that tells the incident.")],
    take: Annotated[
        str,
        typer.Option(
            metavar="KINDS",
            help="What the latter takes over, of `sources,aliases,related`, or `none`.",
            show_default=False,
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why, for the public; by default that both tell one incident.")
    ] = "",
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing, not even on a terminal.")] = False,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Go on even if no commit has the text of the merged record.")
    ] = False,
    registry: Registry = None,
    dry_run: DryRun = False,
) -> None:
    """Merge a record into another: its file becomes a tombstone that leads there, and its ID stays.

    \b
    Examples:
      ficli merge FI-0311 --into FI-0232
      ficli merge FI-0311 --into FI-0232 --take sources,aliases
      ficli merge FI-0311 --into FI-0232 --take none --dry-run

    Records that name the merged one name the other instead, and records merged into it lead to the other.
    On a terminal you are asked what the other takes over; elsewhere `--take` says it.
    """
    from ficli.commands.merge import KINDS, MergeRequest, Undecided, merge

    chosen = [kind for kind in take.split(",") if kind and kind != "none"]
    for kind in chosen:
        if kind not in KINDS:
            raise UsageError(
                f"`--take`: there is no {quoted(kind)}", hint=f"it is {listed([*KINDS, 'none'], last='or')}"
            )
    here = streams.environment()

    def asked(kinds: list[str] | None) -> MergeRequest:
        return MergeRequest(record, into, kinds, reason, registry, history=not no_history, write=not dry_run)

    outcome = merge(here, asked(chosen if take else None))
    if isinstance(outcome, Undecided):
        if no_input or not is_terminal(here.stdin):
            hint = "`--take sources,aliases,related` takes all of it over, `--take none` leaves it"
            raise UsageError(f"{outcome.old} has what {outcome.new} lacks: {outcome.offer}", hint=hint)
        outcome = merge(here, asked([kind for kind in KINDS if _wanted(outcome, kind)]))
    if not isinstance(outcome, Undecided):
        show_changes(outcome, write=not dry_run)


def _wanted(undecided: Undecided, kind: str) -> bool:
    """Ask whether one kind of what is on offer is taken over; nothing is asked where nothing is."""
    items = getattr(undecided.offer, kind)
    for item in items:
        streams.note(f"  {item.get('url', '') if isinstance(item, dict) else item}")
    return bool(items) and typer.confirm(f"Take over {kind} of {undecided.old} into {undecided.new}?", err=True)
