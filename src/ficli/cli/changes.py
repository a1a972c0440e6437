"""How a command that changes several records says what it wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.cli import streams
from ficli.cli.diff import unified
from ficli.wording import harmless

if TYPE_CHECKING:
    from ficli.commands.retiring import Changes


def show_changes(changes: Changes, *, write: bool) -> None:
    """Print the paths of the files, or what would change in them; say what was done and what comes next."""
    from ficli.commands.opening import path_prefix

    prefix = path_prefix(streams.environment(), changes.root)
    if write:
        streams.write(f"{harmless(prefix + path)}\n" for path in changes.after)
    else:
        streams.write(unified(changes.before, changes.after, prefix))
    for sentence in changes.told:
        streams.note(f"{sentence[:1].upper()}{sentence[1:]}.")
    streams.note(f"Next: {changes.next}" if write else "Nothing was written (`--dry-run`).")
