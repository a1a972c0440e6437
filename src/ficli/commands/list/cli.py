"""`ficli list` and `ficli stats`: list and count records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ficli.environment import is_terminal
from ficli.errors import ExitCode, UsageError
from ficli.terminal import streams
from ficli.terminal.options import AsJson, Colour, ColourChoice, Registry, complete_terms, split
from ficli.terminal.page import weighed, write_page, write_rows
from ficli.wording import counted, display_width, harmless

if TYPE_CHECKING:
    from ficli.commands.list.rows import RecordRow, Stats
    from ficli.output.page import Block, Passage

_COLUMNS = (
    "id",
    "slug",
    "status",
    "incident_date",
    "severity",
    "failure_mode",
    "ai_surface",
    "wing",
    "industry",
    "organizations",
    "tags",
    "confidence",
    "merged_into",
    "url",
    "path",
    "title",
)

_LONGEST_BAR = 40
_TITLES = {
    "year": "Year of the incident",
    "failure_mode": "Failure mode",
    "ai_surface": "AI surface",
    "severity": "Severity",
    "confidence": "Confidence",
}


def complete_statuses(incomplete: str) -> list[str]:
    """Return the statuses, for completion in a shell."""
    from ficli.incident.counts import STATUSES

    return [status for status in STATUSES if status.startswith(incomplete)]


def complete_confidences(incomplete: str) -> list[str]:
    """Return the levels of confidence, for completion in a shell."""
    from ficli.incident.counts import CONFIDENCES

    return [level for level in CONFIDENCES if level.startswith(incomplete)]


def list_command(  # noqa: PLR0913 - one for each flag
    *,
    severity: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help="Of this severity.", autocompletion=complete_terms("severity")),
    ] = None,
    failure_mode: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help="Of this failure mode.", autocompletion=complete_terms("failure_mode")),
    ] = None,
    ai_surface: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help="On this AI surface.", autocompletion=complete_terms("ai_surface")),
    ] = None,
    industry: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help="In this industry.", autocompletion=complete_terms("industry")),
    ] = None,
    organization: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="With this in the name of an organization.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="With this tag.")] = None,
    confidence: Annotated[
        list[str] | None,
        typer.Option(metavar="LEVEL", help="Of this confidence.", autocompletion=complete_confidences),
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Not surely before this year, month or day.", show_default=False)
    ] = "",
    until: Annotated[
        str, typer.Option(metavar="DATE", help="Not surely after this year, month or day.", show_default=False)
    ] = "",
    status: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATUS", help="Of this status; by default `published`.", autocompletion=complete_statuses
        ),
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="The same as `--status draft`.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Of every status: drafts and tombstones too.")] = False,
    registry: Registry = None,
    as_json: AsJson = False,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """List published records, or those of another status, that fit every given flag.

    \b
    Examples:
      ficli list
      ficli list --severity high,catastrophic --since 2025
      ficli list --organization klarna --all
      ficli list --confidence low --json

    A flag given twice takes either value, and so does one with several slugs separated by commas. In a
    pipe the list is tab-separated, with more columns.
    """
    from ficli.commands.list.rows import Filter, list_records
    from ficli.incident.counts import STATUSES
    from ficli.terminal.progress import progress

    wanted = Filter(
        severity=split(severity),
        failure_mode=split(failure_mode),
        ai_surface=split(ai_surface),
        industry=split(industry),
        confidence=split(confidence),
        tag=split(tag),
        organization=organization or (),
        status=_statuses(split(status), STATUSES, drafts=drafts, every=every),
        since=since,
        until=until,
    )
    here = streams.environment()
    with progress(here, "records") as advance:
        found = list_records(here, registry, wanted, advance)
    if as_json:
        streams.write_json([_row_data(row) for row in found.rows])
    elif streams.stdout_width():
        write_page(_table(found.rows), color)
    else:
        write_rows(_COLUMNS, map(_cells, found.rows))
    more = f"{found.hidden:,} more with another status: `--all`"
    if not found.total:
        streams.note("There are no records yet.")
    elif not found.rows:
        streams.note(f"No record matches{f' ({more})' if found.hidden else ''}.")
    elif is_terminal(here.stdout) and not as_json:
        streams.note(f"{counted(len(found.rows), 'record')}{f' ({more})' if found.hidden else ''}.")
    report_left_out(found.broken, found.unread)


def report_left_out(broken: Sequence[str], unread: Sequence[str]) -> None:
    """Report the records that are not in the result, and end the command with an exit code that reports it too."""
    for message in unread:
        streams.note(f"error: {message}")
    if broken:
        streams.note(f"error: {counted(len(broken), 'file')} left out that cannot be read as a record: `{broken[0]}`")
        streams.note("  help: `ficli validate` shows what is in the way")
    streams.finish(ExitCode.FAILED if unread else ExitCode.PROBLEMS if broken else ExitCode.CLEAN)


def _statuses(given: list[str], known: Sequence[str], *, drafts: bool, every: bool) -> Sequence[str]:
    if not every:
        return [*given, *(["draft"] if drafts else [])] or ["published"]
    if given or drafts:
        message = "`--all` lists every status, so no other can be named"
        raise UsageError(message, hint="leave one of them out")
    return known


def _row_data(row: RecordRow) -> dict[str, object]:
    return {name: value if value != "" else None for name, value in row._asdict().items()}


def _cells(row: RecordRow) -> Iterator[str]:
    facts = row._asdict()
    return (value if isinstance(value, str) else "; ".join(value) for value in (facts[name] for name in _COLUMNS))


def _table(rows: Sequence[RecordRow]) -> Iterator[Block]:
    """Yield a line for each record; the title gets the width that the other columns leave."""
    from ficli.output.page import Fit, Grid

    if rows:
        yield Grid(("ID", "date", "severity", "failure mode", "title"), [_shown(row) for row in rows], Fit.CUT)


def _shown(row: RecordRow) -> tuple[Passage, ...]:
    """Return the columns of a record for people; a draft is named by its slug, which other commands accept."""
    title = row.title
    if row.status == "draft":
        title = row.slug or row.path
    elif row.status == "merged":
        title = f"(merged into {row.merged_into}) {row.title}"
    elif row.status == "removed":
        title = f"(removed) {row.title}"
    return row.id or row.status or "-", row.incident_date, weighed(row.severity), row.failure_mode, title


def stats_command(
    *,
    registry: Registry = None,
    as_json: AsJson = False,
    color: Colour = ColourChoice.AUTO,
) -> None:
    """Count the published records by year, failure mode, AI surface, severity and confidence.

    \b
    Examples:
      ficli stats
      ficli stats --json

    The counts of high and catastrophic records at the head leave out those of low confidence, and say
    how many. In a pipe the counts are tab-separated.
    """
    from ficli.commands.list.rows import count_records
    from ficli.terminal.progress import progress

    here = streams.environment()
    with progress(here, "records") as advance:
        stats = count_records(here, registry, advance)
    if as_json:
        streams.write_json(_stats_data(stats))
    elif width := streams.stdout_width():
        write_page(_page(stats, width), color)
    else:
        write_rows(("group", "value", "records"), _rows(stats))
    report_left_out(stats.broken, stats.unread)


def _stats_data(stats: Stats) -> dict[str, object]:
    return {
        "version": 1,
        "statuses": stats.statuses,
        "headline": {"published": stats.statuses["published"], **stats.headline},
        "left_out_for_low_confidence": stats.left_out,
        "published_by": stats.groups,
    }


def _rows(stats: Stats) -> Iterator[tuple[str, str, str]]:
    groups = {
        "status": stats.statuses,
        "headline": stats.headline,
        "left_out_for_low_confidence": stats.left_out,
        **stats.groups,
    }
    for group, counts in groups.items():
        for value, count in counts.items():
            yield group, value, str(count)


def _page(stats: Stats, width: int) -> Iterator[Block]:
    from ficli.output.colours import Tone
    from ficli.output.page import FactList, Group, Heading, Marked, TextLine

    yield Group(
        [
            Heading(counted(stats.statuses["published"], "published record")),
            *(TextLine(line, indent=0) for line in _head(stats)),
        ]
    )
    if not stats.statuses["published"]:
        return
    named = {
        group: {harmless(value) or "(none)": count for value, count in counts.items()}
        for group, counts in stats.groups.items()
    }
    widest = max(display_width(value) for counts in named.values() for value in counts)
    digits = max(len(f"{count:,}") for counts in named.values() for count in counts.values())
    room = max(1, min(_LONGEST_BAR, width - widest - digits - 6))
    for group, counts in named.items():
        scale = room / max(counts.values(), default=1)
        bars = {value: "█" * (round(count * scale) or bool(count)) for value, count in counts.items()}
        rows: list[tuple[str, list[Passage]]] = [
            (value, [f"{counts[value]:>{digits},}  ", Marked(bar, Tone.SECOND)]) for value, bar in bars.items()
        ]
        yield Group([Heading(_TITLES[group]), FactList(rows, widest)])


def _head(stats: Stats) -> Iterator[str]:
    for severity, count in stats.headline.items():
        left_out = stats.left_out[severity]
        note = f" ({left_out:,} more of low confidence left out)" if left_out else ""
        yield f"{count:,} {severity}{note}"
    others = [f"{count:,} {status}" for status, count in stats.statuses.items() if status != "published" and count]
    if others:
        yield f"Not counted: {', '.join(others)}"
