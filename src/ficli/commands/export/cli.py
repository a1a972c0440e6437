"""`ficli export`: write the whole index in a format that other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ficli.commands.list.cli import complete_statuses, report_left_out
from ficli.environment import is_terminal
from ficli.errors import ExitCode, UsageError
from ficli.export import FORMATS
from ficli.terminal import streams
from ficli.terminal.options import DryRun, Registry, split
from ficli.wording import counted, harmless, listed

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import LeftOut
    from ficli.commands.export.export import Export, ExportRequest


def complete_formats(incomplete: str) -> list[str]:
    """Return the formats, for completion in a shell."""
    return [name for name in FORMATS if name.startswith(incomplete)]


def complete_fields(incomplete: str) -> list[str]:
    """Return the fields of a record, for completion in a shell."""
    from ficli.export.fields import record_fields

    return [name for name in record_fields(with_steward_notes=True) if name.startswith(incomplete)]


def complete_servers(incomplete: str) -> list[str]:
    """Return the web servers, for completion in a shell."""
    from ficli.export.redirects import SERVERS

    return [name for name in SERVERS if name.startswith(incomplete)]


def command(  # noqa: PLR0913 - one for each flag
    *,
    format_: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help=f"{listed(FORMATS, last='or')}.",
            autocompletion=complete_formats,
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PATH", help="The file or folder to write.", show_default=False)
    ] = "",
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS",
            help="Only records of this status; by default all but drafts.",
            autocompletion=complete_statuses,
        ),
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="Only these fields of a record.", autocompletion=complete_fields),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            metavar="DATE", help="Only what was indexed, corrected or retired on this day or later.", show_default=False
        ),
    ] = "",
    rows_per_part: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Write `jsonl` or `parquet` in parts of N records, with a manifest."),
    ] = None,
    server: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Write `redirects` for `nginx`, `apache`, `netlify` or `cloudflare`.",
            show_default=False,
            autocompletion=complete_servers,
        ),
    ] = "",
    with_steward_notes: Annotated[
        bool, typer.Option("--with-steward-notes", help="Put in the steward's commentary, which is no data.")
    ] = False,
    dry_run: DryRun = False,
    registry: Registry = None,
) -> None:
    """Write the whole index in a format that others read: the records with what follows from them.

    \b
    Examples:
      ficli export json -o index.json          everything in one file
      ficli export jsonl | jq .title           a record a line
      ficli export csv -o tables/              records.csv, sources.csv, tombstones.csv
      ficli export sqlite -o index.sqlite      tables with a full-text index
      ficli export parquet -o data/ --rows-per-part 50000
      ficli export atom -o feed.atom           new and corrected records
      ficli export redirects --server nginx    what becomes of retired pages
      ficli export cff -o CITATION.cff         how to cite the index

    Drafts are left out unless `--only draft` asks for them. A flag given twice takes either value, and
    so does one with several values separated by commas. Without `--output` the text goes to stdout. The
    same registry gives the same bytes. docs/export.md describes the formats.
    """
    from ficli.commands.export.export import ExportRequest, open_export
    from ficli.export.dataset import PUBLIC, ExportSelection
    from ficli.terminal.progress import progress

    here = streams.environment()
    selection = ExportSelection(
        only=tuple(split(only)) or PUBLIC,
        since=since,
        fields=tuple(split(fields)),
        with_steward_notes=with_steward_notes,
    )
    request = ExportRequest(format_, output, selection, server, rows_per_part or 0)
    if not output:
        _check_stdout(format_)
    with progress(here, "records") as advance, open_export(here, registry, request, advance) as export:
        if output:
            paths = export.paths() if dry_run else export.write()
            streams.write(f"{harmless(_shown(path, here.cwd))}\n" for path in paths)
            _say(export, written=not dry_run)
        elif dry_run:
            _say(export, written=False)
        elif FORMATS[format_].binary:
            streams.write_bytes(export.content())
        else:
            _print(export.text())
        _advise(request, export)
        left_out = export.left_out
    _report(left_out)


def _check_stdout(form: str) -> None:
    """Raise an error if stdout cannot take the format."""
    if form in FORMATS and FORMATS[form].binary and is_terminal(streams.environment().stdout):
        message = f"the format `{form}` is no text for a terminal"
        raise UsageError(message, hint=f"`--output {FORMATS[form].file}` writes a file; a pipe takes it too")


def _print(pieces: Iterator[str]) -> None:
    """Write text to stdout, in UTF-8 in any locale, since it is data; control characters are escaped on a terminal."""
    if is_terminal(streams.environment().stdout):
        lines = ("\n".join(map(harmless, piece.replace("\r\n", "\n").split("\n"))) for piece in pieces)
        streams.write(lines)
    else:
        streams.write_bytes(piece.encode() for piece in pieces)


def _shown(path: Path, cwd: Path) -> str:
    return (path.relative_to(cwd) if path.is_relative_to(cwd) else path).as_posix()


def _say(export: Export, *, written: bool) -> None:
    dataset = export.dataset
    held = [("record", len(dataset.records))] if {"published", "draft"} & set(dataset.selection.only) else []
    held += [("tombstone", len(dataset.tombstones))] if dataset.selection.has_tombstones else []
    what = " and ".join(counted(number, noun) for noun, number in held) or "the citation of the index"
    version = f", version {dataset.version}" if dataset.version else ""
    streams.note(f"{'Wrote' if written else 'Would write'} {what}{version}.")
    if not written:
        streams.note("Nothing was written (`--dry-run`).")


def _advise(request: ExportRequest, export: Export) -> None:
    """Warn of what the user would otherwise notice late."""
    from ficli.export.redirects import MOST_AT_CLOUDFLARE

    if request.format == "csv" and not request.output:
        streams.note("Note: these are the records; `--output DIR` writes sources and tombstones too.")
    redirects = sum(bool(tombstone.redirect_url) for tombstone in export.dataset.tombstones)
    if request.server == "cloudflare" and redirects > MOST_AT_CLOUDFLARE:
        streams.note(f"Note: Cloudflare reads {MOST_AT_CLOUDFLARE:,} redirects of a file, and these are {redirects:,}.")


def _report(left_out: LeftOut) -> None:
    """Report what is not in the export, and end the command with an exit code that reports it too."""
    for problem in left_out.problems:
        streams.note(f"error: {problem}")
    if left_out.unsound:
        number = counted(len(left_out.unsound), "record")
        streams.note(f"error: {number} left out that have not the shape of one: `{left_out.unsound[0]}`")
        streams.note("  help: `ficli validate` shows what is wrong")
    report_left_out(left_out.broken, left_out.unread)
    streams.finish(ExitCode.PROBLEMS if left_out.problems or left_out.unsound else ExitCode.CLEAN)
