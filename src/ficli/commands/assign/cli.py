"""`ficli assign` and `ficli ids`: assign IDs to drafts, and prove that each ID was given once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficli.errors import ExitCode, UsageError
from ficli.terminal import streams
from ficli.terminal.options import AsJson, DryRun, Jobs, Registry
from ficli.wording import counted, harmless

if TYPE_CHECKING:
    from ficli.commands.assign.assign import AssignOutcome, AssignRequest
    from ficli.commands.assign.audit import Audit, LedgerLine
    from ficli.commands.assign.commit import PublishedCommit


FORMAT_VERSION = 1


def complete_drafts(incomplete: str) -> list[str]:
    """Return the slugs of drafts, for completion in a shell."""
    from ficli.errors import FicliError
    from ficli.open_registry import open_registry
    from ficli.registry.layout import DRAFTS
    from ficli.registry.scan import scan

    try:
        files = scan(open_registry(streams.environment()).root).files
    except FicliError:
        return []
    return [file.stem for file in files if file.folder == DRAFTS and file.stem.startswith(incomplete)]


def command(  # noqa: PLR0913 - one for each flag
    *,
    drafts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[DRAFT]...",
            help="Slugs or paths of drafts.",
            show_default=False,
            autocompletion=complete_drafts,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All drafts; those with errors are left out and named.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Name the ID and file of each draft, all drafts by default; write nothing.")
    ] = False,
    dry_run: DryRun = False,
    date: Annotated[
        str, typer.Option(metavar="DAY", help="Publish on this day instead of today.", show_default=False)
    ] = "",
    record_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="Use this reserved ID, for one draft.", show_default=False)
    ] = "",
    reserve: Annotated[
        int, typer.Option(metavar="N", min=0, help="Put the next N numbers aside instead.", show_default=False)
    ] = 0,
    who: Annotated[
        str, typer.Option(metavar="TEXT", help="Who asked for the reserved numbers.", show_default=False)
    ] = "",
    why: Annotated[
        str, typer.Option(metavar="TEXT", help="What the reserved numbers are for.", show_default=False)
    ] = "",
    commit: Annotated[bool, typer.Option("--commit", help="Commit what was published, and nothing else.")] = False,
    push: Annotated[
        bool, typer.Option("--push", help="Commit and push; where others were faster, fetch, renumber and try again.")
    ] = False,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="After a merge or rebase: give the later of two records another ID.")
    ] = False,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="Do not ask git which IDs were ever given, as in a shallow clone.")
    ] = False,
    registry: Registry = None,
    as_json: AsJson = False,
    jobs: Jobs = 0,
) -> None:
    """Give drafts the next free IDs, and publish them: drafts/SLUG.yaml becomes incidents/ID.yaml.

    \b
    Examples:
      ficli assign example-bank-chatbot-refunds    one draft
      ficli assign --all                           all, in the order of their first commits
      ficli assign --check                         on a pull request: which ID and file each would get
      ficli assign --all --push                    in CI, after a merge: commit, push, try again
      ficli assign --reserve 20 --who "Example Newsroom" --why "its series on tax chatbots"
      ficli assign --id FI-0700 example-bank-chatbot-refunds
      ficli assign --resolve                       after a merge in which two branches took one number

    A draft with errors gets no ID. An ID that any record, tombstone, reservation or commit has had is
    never given again. Four lines of the file change: `id`, `status`, `indexed_date`, `taxonomy_version`.

    Exit codes: 0 done, 1 a draft has errors, 2 wrong usage or settings, 3 the work could not be done.
    """
    from ficli.commands.assign.assign import AssignRequest

    _require_sense(drafts, every=every, reserve=reserve, resolve=resolve, commit=commit or push)
    request = AssignRequest(
        drafts=drafts or (),
        every=every or (check and not drafts),
        registry=registry,
        id=record_id,
        day=date,
        history=not no_history,
        write=not (check or dry_run),
        jobs=jobs,
    )
    if reserve or who or why:
        _reserve(request, reserve, who, why, as_json=as_json)
    elif resolve:
        _resolve(request, as_json=as_json)
    else:
        _assign(request, commit=commit or push, push=push, as_json=as_json)


def _require_sense(drafts: Sequence[str] | None, *, every: bool, reserve: int, resolve: bool, commit: bool) -> None:
    """Raise an error for flags that contradict each other."""
    if drafts and every:
        raise UsageError("drafts are named, and `--all` is given too", hint="leave one of them out")
    if (reserve or resolve) and (drafts or every or commit):
        flag = "--reserve" if reserve else "--resolve"
        raise UsageError(f"`{flag}` gives no IDs to drafts, and is a command of its own")
    if reserve and resolve:
        raise UsageError("`--reserve` and `--resolve` are two commands")


def _assign(request: AssignRequest, *, commit: bool, push: bool, as_json: bool) -> None:
    from ficli.commands.assign.assign import assign
    from ficli.open_registry import path_prefix
    from ficli.terminal.progress import progress

    here = streams.environment()
    with progress(here, "records") as advance:
        if commit and request.write:
            from ficli.commands.assign.commit import assign_and_commit

            outcome, published = assign_and_commit(here, request, push=push, advance=advance)
        else:
            outcome, published = assign(here, request, advance), None
    prefix = path_prefix(here, outcome.root)
    if as_json:
        streams.write_json(_as_data(outcome, published))
    else:
        streams.write(f"{item.id}\t{harmless(prefix + item.path)}\n" for item in outcome.assigned)
    _show_findings(outcome, prefix)
    for note in outcome.notes:
        streams.note(f"Note: {note}.")
    streams.note(_summary(outcome, write=request.write))
    if published is not None and published.commit:
        streams.note(
            f"Committed {published.commit[:12]}{f', pushed to {published.pushed}' if published.pushed else ''}."
        )
    elif request.write and any(not item.earlier for item in outcome.assigned) and outcome.failure is None:
        streams.note("Next: ficli validate, then commit")
    if outcome.failure is not None:
        raise outcome.failure
    streams.finish(outcome.exit_code())


def _show_findings(outcome: AssignOutcome, prefix: str) -> None:
    """Write to stderr what the rules find in the drafts, as `ficli validate` shows it, and other obstacles."""
    from ficli.output import renderer
    from ficli.output.report import Report

    everything = [*(item for blocked in outcome.blocked for item in blocked.findings), *outcome.warnings]
    found = [item for _, item in sorted({item.sort_key: item for item in everything}.items())]
    if found:
        paths = {item.path for item in found}
        report = Report(found, outcome.drafts, outcome.drafts, paths, rules=0, prefix=prefix)
        for piece in renderer("full")(report):
            streams.note_lines(piece)
    for blocked in outcome.blocked:
        for reason in blocked.reasons:
            streams.note(f"error: {prefix}{blocked.draft}: {reason}")


def _summary(outcome: AssignOutcome, *, write: bool) -> str:
    new = sum(not item.earlier for item in outcome.assigned)
    earlier = len(outcome.assigned) - new
    parts = [f"{'Published' if write else 'Would publish'} {counted(new, 'draft')} on {outcome.day}."]
    if earlier:
        had = "had its ID" if earlier == 1 else "had their IDs"
        parts.append(f"{counted(earlier, 'draft')} {had} already.")
    if outcome.blocked:
        parts.append(f"{counted(len(outcome.blocked), 'draft')} got none: mend what is in the way, and run it again.")
    if not outcome.drafts:
        parts = ["There are no drafts."]
    if not write:
        parts.append("Nothing was written; an ID is given when it is.")
    return " ".join(parts)


def _as_data(outcome: AssignOutcome, published: PublishedCommit | None) -> dict[str, Any]:
    from ficli.output.json_ import diagnostic_object

    return {
        "version": FORMAT_VERSION,
        "indexed_date": outcome.day.isoformat(),
        "assigned": [
            {
                "id": item.id,
                "path": harmless(item.path),
                "draft": harmless(item.draft) or None,
                "slug": harmless(item.slug),
                "earlier": item.earlier,
            }
            for item in outcome.assigned
        ],
        "blocked": [
            {
                "draft": harmless(item.draft),
                "diagnostics": [diagnostic_object(finding) for finding in item.findings],
                "reasons": [harmless(reason) for reason in item.reasons],
            }
            for item in outcome.blocked
        ],
        "warnings": [diagnostic_object(item) for item in outcome.warnings],
        "notes": [harmless(note) for note in outcome.notes],
        "commit": (published and published.commit) or None,
        "pushed": (published and published.pushed) or None,
    }


def _reserve(request: AssignRequest, number: int, who: str, why: str, *, as_json: bool) -> None:
    from ficli.commands.assign.reserve import reserve

    for flag, value in (("--reserve", number), ("--who", who), ("--why", why)):
        if not value:
            message = f"`{flag}` is missing"
            raise UsageError(message, hint="a block is put aside with `--reserve N --who TEXT --why TEXT`")
    outcome = reserve(streams.environment(), request, number, who=who, why=why)
    if as_json:
        block = {"first": outcome.first, "last": outcome.last, "path": outcome.path}
        streams.write_json({"version": FORMAT_VERSION, "reserved": block})
    else:
        streams.write([f"{outcome.first}\t{outcome.last}\n"])
    if request.write:
        streams.note(f"Put {counted(number, 'number')} aside in {outcome.path}.")
        streams.note(f"Next: commit it; `ficli assign --id {outcome.first} DRAFT` uses the first")
    else:
        streams.note("Nothing was written (`--dry-run`).")


def _resolve(request: AssignRequest, *, as_json: bool) -> None:
    from ficli.commands.assign.renumber import resolve
    from ficli.open_registry import path_prefix

    here = streams.environment()
    outcome = resolve(here, request)
    prefix = path_prefix(here, outcome.root)
    if as_json:
        moved = [
            {
                "old": item.old,
                "new": item.new,
                "path": harmless(item.path),
                "references": list(map(harmless, item.references)),
            }
            for item in outcome.moved
        ]
        data = {"version": FORMAT_VERSION, "moved": moved, "open": [harmless(item) for item in outcome.open]}
        streams.write_json(data)
    else:
        streams.write(f"{item.old}\t{item.new}\t{harmless(prefix + item.path)}\n" for item in outcome.moved)
    for item in outcome.moved:
        streams.note(f"{item.old} stays with `{item.keeps}`; `{item.slug}` is {item.new} now.")
        for reference in item.references:
            streams.note(f"  {prefix}{reference} named it in `related`, and names {item.new} now")
    for text in outcome.open:
        streams.note(f"error: {text}")
    if not outcome.moved and not outcome.open:
        streams.note("Nothing to resolve: no ID stands for two records.")
    elif not request.write:
        streams.note("Nothing was written (`--dry-run`).")
    else:
        streams.note("Next: ficli validate, then go on with the merge or rebase, or commit")
    streams.finish(ExitCode.PROBLEMS if outcome.open else ExitCode.CLEAN)


AUDIT_FORMAT_VERSION = 1

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
    from ficli.commands.assign.audit import audit_ids
    from ficli.terminal.progress import progress

    here = streams.environment()
    with progress(here, "records") as advance:
        found = audit_ids(here, registry, history=not no_history, advance=advance)
    if as_json:
        streams.write_json(_audit_data(found))
    else:
        streams.write(f"{line.kind}\t{_span(line)}\t{harmless(line.text)}\n" for line in found.lines)
    for note in found.notes:
        streams.note(f"Note: {note}.")
    streams.note(_audit_summary(found))
    streams.finish(found.exit_code())


def _span(line: LedgerLine) -> str:
    return line.first if line.first == line.last else f"{line.first} to {line.last}"


def _audit_summary(found: Audit) -> str:
    states = ", ".join(
        counted(number, "gap") if state == "gap" else f"{number:,} {state}"
        for state, number in found.counts.items()
        if number
    )
    problems = sum(line.problem for line in found.lines)
    verdict = f"{counted(problems, 'problem')} found." if problems else "Every ID was given once, and none is gone."
    return f"1 to {found.highest}: {states}. {verdict}"


def _audit_data(found: Audit) -> dict[str, object]:
    return {
        "version": AUDIT_FORMAT_VERSION,
        "highest": found.highest,
        "counts": dict(found.counts),
        "lines": [line._asdict() | {"text": harmless(line.text)} for line in found.lines],
        "notes": [harmless(note) for note in found.notes],
    }
