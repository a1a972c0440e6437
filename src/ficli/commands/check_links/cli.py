"""`ficli check-links`: check whether the pages of sources are still there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ficli.errors import ExitCode, UsageError
from ficli.terminal import streams
from ficli.terminal.options import AnyPort, AsJson, Colour, ColourChoice, DryRun, Offline, Registry, complete_records
from ficli.terminal.page import PageFormat, show_page
from ficli.terminal.progress import progress
from ficli.wording import counted, harmless

if TYPE_CHECKING:
    from ficli.commands.check_links.archive_links import ArchiveReport, ArchiveRequest
    from ficli.commands.check_links.check_links import LinkReport
    from ficli.web.archives.service import Keys


def command(  # noqa: PLR0913 - one for each flag
    *,
    records: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RECORD]...",
            help="Records, each by its ID, slug, path or page; by default all.",
            autocompletion=complete_records,
            show_default=False,
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Ask also the addresses that need no check yet.")] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Ask at most N addresses; 0 for all.", show_default=False)
    ] = 0,
    write: Annotated[
        bool, typer.Option("--write", help="Bring `status` of the sources up to date in the records.")
    ] = False,
    archive: Annotated[
        bool,
        typer.Option(
            "--archive", help="Find archived copies for sources without one, and write them into the records."
        ),
    ] = False,
    dry_run: DryRun = False,
    offline: Offline = False,
    any_port: AnyPort = False,
    output_format: Annotated[
        PageFormat, typer.Option("--output-format", help="Text, or Markdown for a job summary.")
    ] = PageFormat.TEXT,
    as_json: AsJson = False,
    registry: Registry = None,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Ask whether the pages of sources are still there, and remember the answers.

    \b
    Examples:
      ficli check-links                      what should be asked again, of all records
      ficli check-links FI-0232              the sources of one record, now
      ficli check-links --limit 500          at most 500 addresses; the next run goes on
      ficli check-links --offline            what earlier runs found; ask nobody
      ficli check-links --write              mark in the records what is gone: `status: dead`
      ficli check-links FI-0232 --archive    find archived copies for its sources, too

    Only `dead`, `soft-404` and `parked` are broken. A page is `dead` when it was gone twice, three days apart. What
    keeps programs out is `blocked`, and says nothing of the page. docs/links.md tells every verdict, and
    docs/archives.md how `--archive` finds a copy or, with keys in the environment, has one made.

    Exit codes: 0 nothing is broken but what the records say is, 1 something is, 3 the work could not be done.
    """
    from ficli.commands.check_links.archive_links import ArchiveRequest
    from ficli.commands.check_links.check_links import CheckRequest, check_links
    from ficli.commands.check_links.page import links_data, links_page
    from ficli.open_registry import path_prefix
    from ficli.web.archives.service import keys_from
    from ficli.web.fetch.fetcher import Fetcher

    environment = streams.environment()
    if archive and offline:
        raise UsageError("`--archive` asks an archive, and `--offline` nobody", hint="leave one of them out")
    keys = keys_from(environment.variables) if archive else None
    request = CheckRequest(
        names=records or (), again=again, limit=limit, offline=offline, mark=write, write=write and not dry_run
    )
    archived = None
    try:
        with progress(environment, "Asking") as advance:
            report = check_links(
                environment,
                registry,
                request,
                lambda opened: Fetcher(streams.fetch_policy(opened.config, any_port=any_port)),
                advance,
            )
        if archive:
            archived = _archived(report, ArchiveRequest(again or bool(records), limit, write=not dry_run), keys)
    except KeyboardInterrupt:
        streams.note("What has been answered is kept; the next run goes on from there.")
        raise
    if as_json:
        streams.write_json(links_data(report, archived))
    else:
        rest = "The rest has no room here; `ficli check-links --json` has all of it."
        show_page(partial(links_page, report, archived, whole=bool(records)), report.root, output_format, color, rest)
    if dry_run and not as_json:
        streams.write_diff(report.before, report.after, path_prefix(environment, report.root))
    _say_what_is_next(report, write=write, dry_run=dry_run)
    if archived is not None:
        _say_what_was_archived(archived)
    streams.finish(ExitCode.FAILED if archived and archived.stopped else _exit_code(report))


def _archived(report: LinkReport, request: ArchiveRequest, keys: Keys | None) -> ArchiveReport:
    from ficli.commands.check_links.archive_links import archive_links
    from ficli.open_registry import open_config
    from ficli.web.archives.archive import Archive

    environment = streams.environment()
    policy = streams.fetch_policy(open_config(environment, report.root))
    archive = Archive(policy, environment.today(), keys=keys)
    with progress(environment, "Archiving") as advance:
        return archive_links(environment, report.root, report.links, archive, request, advance)


def _say_what_was_archived(archived: ArchiveReport) -> None:
    written = sum(item.is_written for item in archived.archived)
    if written:
        streams.note(f"Wrote {counted(written, 'archived copy', 'archived copies')}. Next: `ficli validate`.")
    if archived.stopped is not None:
        streams.note(f"error: {archived.stopped.message}")
        if archived.stopped.hint:
            streams.note(f"  help: {archived.stopped.hint}")
    if archived.waiting:
        streams.note(f"{counted(archived.waiting, 'copy', 'copies')} still to be looked for: run the command again.")


def _say_what_is_next(report: LinkReport, *, write: bool, dry_run: bool) -> None:
    for note in (*report.notes, *report.unread):
        streams.note(f"note: {harmless(note)}")
    if report.after:
        marked = counted(len(report.after), "record")
        streams.note(f"Would mark {marked}." if dry_run else f"Marked {marked}. Next: `ficli validate`.")
    elif any(link.new_status for link in report.links) and not write:
        streams.note("`ficli check-links --offline --write` brings `status` up to date in the records.")
    if report.waiting and report.asked:  # offline, nobody wanted to ask
        streams.note(f"{counted(report.waiting, 'address', 'addresses')} still to be asked: run the command again.")


def _exit_code(report: LinkReport) -> ExitCode:
    if report.unread:
        return ExitCode.FAILED
    return ExitCode.PROBLEMS if report.unmarked else ExitCode.CLEAN
