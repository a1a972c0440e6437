"""`ficli ids`: what is known of the IDs of a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ficli.cli import streams
from ficli.cli.options import AsJson, Registry
from ficli.wording import counted, harmless

if TYPE_CHECKING:
    from ficli.commands.audit import Audit, Line

FORMAT_VERSION = 1

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _ids() -> None:
    """Look after the IDs of a registry."""


@app.command("audit", short_help="Prove that every ID was given once and none is gone.")
def audit(
    *,
    no_history: Annotated[bool, typer.Option("--no-history", help="Do not ask git about files that are gone.")] = False,
    registry: Registry = None,
    as_json: AsJson = False,
) -> None:
    """Prove the ledger: every number up to the highest is live, merged, removed, reserved, or a gap with its reason.

    \b
    Examples:
      ficli ids audit           gaps, IDs that vanished, IDs that ever named two records
      ficli ids audit --json    the same, for programs

    Every commit on every branch and tag is looked at. Exit codes: 0 every ID is accounted for, 1 an ID is
    gone, or stands or stood for two records, 2 wrong usage or settings, 3 the work could not be done.
    """
    from ficli.cli.progress import progress
    from ficli.commands.audit import audit_ids

    here = streams.environment()
    with progress(here, "records") as advance:
        found = audit_ids(here, registry, history=not no_history, advance=advance)
    if as_json:
        streams.write_json(_as_data(found))
    else:
        streams.write(f"{line.kind}\t{_span(line)}\t{harmless(line.text)}\n" for line in found.lines)
    for note in found.notes:
        streams.note(f"Note: {note}.")
    streams.note(_summary(found))
    streams.finish(found.exit_code())


def _span(line: Line) -> str:
    return line.first if line.first == line.last else f"{line.first} to {line.last}"


def _summary(found: Audit) -> str:
    states = ", ".join(
        counted(number, "gap") if state == "gap" else f"{number:,} {state}"
        for state, number in found.counts.items()
        if number
    )
    problems = sum(line.problem for line in found.lines)
    verdict = f"{counted(problems, 'problem')} found." if problems else "Every ID was given once, and none is gone."
    return f"1 to {found.highest}: {states}. {verdict}"


def _as_data(found: Audit) -> dict[str, object]:
    return {
        "version": FORMAT_VERSION,
        "highest": found.highest,
        "counts": dict(found.counts),
        "lines": [line._asdict() | {"text": harmless(line.text)} for line in found.lines],
        "notes": [harmless(note) for note in found.notes],
    }
