"""`ficli init`: create a registry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ficli.terminal import streams
from ficli.terminal.options import DryRun
from ficli.wording import listed


def command(
    *,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where; made when it does not exist.")] = Path(),
    example: Annotated[bool, typer.Option("--example", help="Put in a few real incidents to try things on.")] = False,
    github: Annotated[
        bool, typer.Option("--github", help="Add workflows: validate pull requests, assign IDs after a merge.")
    ] = False,
    gitlab: Annotated[bool, typer.Option("--gitlab", help="Add the same for GitLab.")] = False,
    pre_commit: Annotated[
        bool, typer.Option("--pre-commit", help="Add hooks that validate before a commit and a push.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Make a folder a registry: settings, vocabulary, folders, schema, editor settings. Never overwrites.

    The files written are listed on stdout. Run it again to add what is missing.

    \b
    Examples:
      ficli init                   the working folder
      ficli init --example demo    a folder with a few real incidents
      ficli init --github          add workflows that judge pull requests
    """
    from ficli.commands.init.init import Integrations, init
    from ficli.registry.layout import DRAFTS, FOLDERS, SUFFIX

    wanted = Integrations(github, gitlab, pre_commit)
    outcome = init(streams.environment(), folder, example=example, integrations=wanted, write=not dry_run)
    streams.write(f"{(folder / path).as_posix()}\n" for path in outcome.written)
    if not outcome.written:
        streams.note("Nothing to add: every file is there already.")
    elif outcome.kept:
        streams.note(f"Left alone, since they are there: {listed(outcome.kept)}.")
    for advice in outcome.advice:
        streams.note(f"Note: {advice}.")
    where = "" if folder == Path() else f" {folder.as_posix()}"
    if dry_run:
        streams.note("Nothing was written (`--dry-run`).")
    elif example or any(path.partition("/")[0] in FOLDERS and path.endswith(SUFFIX) for path in outcome.kept):
        streams.note(f"Next: ficli validate{where}")
    else:
        streams.note(f"Next: write a record in {(folder / DRAFTS).as_posix()}/, then `ficli validate{where}`")
