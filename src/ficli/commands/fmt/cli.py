"""`ficli fmt`: write records in the canonical layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ficli.errors import ExitCode
from ficli.terminal import streams
from ficli.terminal.options import Registry
from ficli.wording import counted, harmless


def command(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Records or folders; by default all.", show_default=False),
    ] = None,
    registry: Registry = None,
    check: Annotated[bool, typer.Option("--check", help="Name what would change, write nothing, exit 1.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, write nothing, exit 1.")] = False,
) -> None:
    """Write records in the canonical layout: key order, indentation, prose as blocks; comments and data stay.

    \b
    Examples:
      ficli fmt                            all records
      ficli fmt incidents/FI-0232.yaml     one
      ficli fmt --diff                     only look
    """
    from ficli.commands.fmt.fmt import format_records
    from ficli.open_registry import path_prefix

    outcome = format_records(streams.environment(), paths or (), registry=registry, write=not (check or diff))
    prefix = path_prefix(streams.environment(), outcome.root)
    if diff:
        streams.write_diff(outcome.before, outcome.after, prefix)
    else:
        streams.write(f"{harmless(prefix + path)}\n" for path in outcome.after)
    for reason in outcome.refused:
        streams.note(f"error: {prefix}{reason}")
    if outcome.refused:
        streams.note("  help: `ficli validate` shows what is wrong with it")
    verb = "Would change" if check or diff else "Changed"
    streams.note(f"{verb} {len(outcome.after):,} of {counted(outcome.seen, 'record')}.")
    streams.finish(ExitCode.PROBLEMS if outcome.refused or (outcome.after and (check or diff)) else ExitCode.CLEAN)
