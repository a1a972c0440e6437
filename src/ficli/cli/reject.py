"""`ficli reject`: turn down a candidate."""

from __future__ import annotations

from typing import Annotated

import typer

from ficli.cli import streams
from ficli.cli.options import AsJson, DryRun, Registry
from ficli.wording import harmless, listed


def command(
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
    from ficli.commands.opening import path_prefix
    from ficli.commands.reject import reject
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
