"""`ficli link`: add sources to a record from their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficli.errors import ExitCode, UsageError
from ficli.terminal import streams
from ficli.terminal.options import AnyPort, AsJson, DryRun, Offline, RecordName, Registry
from ficli.terminal.page import write_page
from ficli.terminal.progress import progress
from ficli.terminal.streams import read_given
from ficli.wording import counted, harmless

if TYPE_CHECKING:
    from ficli.commands.link.link import LinkOutcome
    from ficli.open_registry import OpenRegistry
    from ficli.web.archives.archive import Archive


def command(  # noqa: PLR0913 - one for each flag
    *,
    record: RecordName,
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="The addresses of the sources.")],
    replace: Annotated[
        int,
        typer.Option("--replace", metavar="N", min=0, help="Replace source N instead of adding.", show_default=False),
    ] = 0,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="The kind of source.")] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The title.")] = "",
    publisher: Annotated[str, typer.Option("--publisher", metavar="NAME", help="Who published it.")] = "",
    author: Annotated[list[str] | None, typer.Option("--author", metavar="NAME", help="An author; repeatable.")] = None,
    published: Annotated[
        str, typer.Option("--published", metavar="DATE", help="The date: `2025`, `2025-05` or `2025-05-08`.")
    ] = "",
    language: Annotated[str, typer.Option("--language", metavar="TAG", help="The language: `en`, `pt-BR`.")] = "",
    docket: Annotated[str, typer.Option("--docket", metavar="NUMBER", help="The docket of a court filing.")] = "",
    passage: Annotated[
        list[str] | None,
        typer.Option("--passage", metavar="TEXT", help="Words to look up on the page and keep; repeatable."),
    ] = None,
    html: Annotated[
        str, typer.Option("--html", metavar="FILE", help="Read this saved page, `-` for stdin; nothing is fetched.")
    ] = "",
    archive: Annotated[bool, typer.Option("--archive", help="Look for an archived copy of each page, too.")] = False,
    offline: Offline = False,
    any_port: AnyPort = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    registry: Registry = None,
) -> None:
    """Add sources to a record: each page is read, and says itself what it is called, when it appeared and where.

    \b
    Examples:
      ficli link FI-0232 https://news.example.org/2025/story
      ficli link 232 URL URL URL                 several at once
      ficli link 232 URL --dry-run               show the change, write nothing
      ficli link 232 URL --passage "its words"   keep a passage, if the page has it
      ficli link 232 URL --html page.html        a page behind a wall, saved in a browser
      ficli link 232 URL --replace 2             read source 2 anew
      ficli link 232 URL --archive               with the copy that the Wayback Machine has

    What is fetched, where each value comes from and what is never done is told in docs/link.md.
    """
    from ficli.commands.evidence import sources_page
    from ficli.commands.link.link import LinkRequest, link
    from ficli.open_registry import path_prefix
    from ficli.web.fetch.fetcher import Fetcher

    environment = streams.environment()
    if archive and (offline or replace):
        other = "--offline" if offline else "--replace"
        hint = "`ficli check-links RECORD --archive` finds copies for the sources of a record"
        raise UsageError(f"`--archive` and `{other}` cannot go together", hint=hint)
    given = {
        "kind": kind,
        "title": title,
        "publisher": publisher,
        "authors": author or [],
        "published": published,
        "language": language,
        "docket": docket,
    }
    request = LinkRequest(
        record=record,
        urls=urls,
        given={name: value for name, value in given.items() if value},
        passages=passage or (),
        html=read_given(environment, html) if html else None,
        replace=replace,
        offline=offline,
        write=not dry_run,
    )
    with progress(environment, "Fetching") as advance:
        outcome = link(
            environment,
            registry,
            request,
            lambda opened: Fetcher(streams.fetch_policy(opened.config, any_port=any_port)),
            advance if len(urls) > 1 else None,
            archive_for=_archive if archive else None,
        )
    prefix = path_prefix(environment, outcome.root)
    if as_json:
        streams.write_json(_as_data(outcome, written=not dry_run))
    else:
        write_page(sources_page(outcome.linked))
        if dry_run:
            streams.write_diff({outcome.path: outcome.before}, _changed(outcome), prefix)
    for failure in outcome.failed:
        streams.note(f"error: {failure.url}: {failure.message}")
        if failure.hint:
            streams.note(f"  help: {failure.hint}")
    _say_what_was_done(outcome, harmless(prefix + outcome.path), written=not dry_run)
    streams.finish(_exit_code(outcome))


def _archive(opened: OpenRegistry) -> Archive:
    from ficli.web.archives.archive import Archive

    return Archive(streams.fetch_policy(opened.config), streams.environment().today())


def _changed(outcome: LinkOutcome) -> dict[str, bytes]:
    return {outcome.path: outcome.after} if outcome.after != outcome.before else {}


def _say_what_was_done(outcome: LinkOutcome, path: str, *, written: bool) -> None:
    if not outcome.linked:
        streams.note(f"Nothing was changed in {path}.")
        return
    verb = (
        ("Replaced" if outcome.replaced else "Added")
        if written
        else "Would replace"
        if outcome.replaced
        else "Would add"
    )
    streams.note(f"{verb} {counted(len(outcome.linked), 'source')} in {path}.")
    if any(item.facts.proposals for item in outcome.linked):
        streams.note(
            "What is marked `?` is for you to check: `--author` and `--published` with `--replace N` write it."
        )
    if written:
        streams.note(f"Next: `ficli validate {path}`, and `ficli verify {path}`.")


def _exit_code(outcome: LinkOutcome) -> ExitCode:
    if not outcome.failed:
        return ExitCode.CLEAN
    at_fault = ("duplicate", "refused", "passage")
    if not outcome.linked and not any(failure.reason in at_fault for failure in outcome.failed):
        return ExitCode.FAILED
    return ExitCode.PROBLEMS


def _as_data(outcome: LinkOutcome, *, written: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "path": outcome.path,
        "written": written and outcome.after != outcome.before,
        "linked": [
            {
                "number": item.number,
                "asked": item.facts.asked,
                "source": dict(item.facts.fields),
                "evidence": dict(item.facts.evidence),
                "proposals": [proposal._asdict() for proposal in item.facts.proposals],
                "notes": list(item.facts.notes),
            }
            for item in outcome.linked
        ],
        "failed": [failure._asdict() for failure in outcome.failed],
    }
