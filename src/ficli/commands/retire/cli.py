"""`ficli merge`, `remove`, `reopen`, `split`, `reject`: retire and reopen records, reject candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ficli.environment import is_terminal
from ficli.errors import UsageError
from ficli.terminal import streams
from ficli.terminal.options import AsJson, DryRun, Registry
from ficli.wording import capitalized, harmless, listed, quoted

if TYPE_CHECKING:
    from ficli.commands.retire.merge import Undecided
    from ficli.commands.retire.tombstones import FileWrites


def show_changes(changes: FileWrites, *, write: bool) -> None:
    """Print the paths of the files, or what would change in them; then what was done and what comes next."""
    from ficli.open_registry import path_prefix

    prefix = path_prefix(streams.environment(), changes.root)
    if write:
        streams.write(f"{harmless(prefix + path)}\n" for path in changes.after)
    else:
        streams.write_diff(changes.before, changes.after, prefix)
    for sentence in changes.done:
        streams.note(f"{capitalized(sentence)}.")
    streams.note(f"Next: {changes.next}" if write else "Nothing was written (`--dry-run`).")


def merge_command(  # noqa: PLR0913 - one for each flag
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
    from ficli.commands.retire.merge import KINDS, MergeRequest, Undecided, merge

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
    """Ask whether one kind of the offered items is taken over; an empty offer is not asked about."""
    items = getattr(undecided.offer, kind)
    for item in items:
        streams.note(f"  {item.get('url', '') if isinstance(item, dict) else item}")
    return bool(items) and typer.confirm(f"Take over {kind} of {undecided.old} into {undecided.new}?", err=True)


def remove_command(
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
    from ficli.commands.retire.remove import remove

    outcome = remove(
        streams.environment(), record, reason=reason, registry=registry, history=not no_history, write=not dry_run
    )
    show_changes(outcome, write=not dry_run)


def reopen_command(
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
    from ficli.commands.retire.remove import reopen

    outcome = reopen(streams.environment(), record, reason=reason, registry=registry, write=not dry_run)
    show_changes(outcome, write=not dry_run)


def split_command(
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
    from ficli.commands.retire.split import split

    outcome = split(streams.environment(), record, into or (), registry=registry, write=not dry_run)
    show_changes(outcome, write=not dry_run)


def reject_command(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of its source.")],
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why, for whoever comes across it again.")],
    title: Annotated[str, typer.Option(metavar="TEXT", help="What it is called, to know it by.")] = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
    registry: Registry = None,
) -> None:
    """Turn down a candidate, with the reason, so that nobody writes it up a second time.

    \b
    Examples:
      ficli reject https://example.org/demo --reason "a demonstration, not a failure in use"

    It goes into `rejected.yaml`, dated today. `ficli new` and `ficli similar` tell of it where the same page
    comes up again under any of its addresses, and so does `ficli validate`.
    """
    from ficli.commands.retire.reject import reject
    from ficli.open_registry import path_prefix
    from ficli.registry.layout import REJECTED_FILE

    here = streams.environment()
    outcome = reject(here, url, reason, title=title, registry=registry, write=not dry_run)
    path = f"{path_prefix(here, outcome.root)}{REJECTED_FILE}"
    if as_json:
        data = {"version": 1, "path": REJECTED_FILE, **outcome.rejection._asdict(), "used_by": list(outcome.used_by)}
        streams.write_json(data)
    else:
        streams.write([f"{harmless(path)}\n"])
    if outcome.used_by:
        streams.note(f"warning: this page is a source of {listed(outcome.used_by)}")
        streams.note("  help: `ficli validate` reports it there; drop the source, or take the entry back out")
    if dry_run:
        streams.note("Nothing was written (`--dry-run`).")
