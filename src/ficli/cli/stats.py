"""`ficli stats`: count the published records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.cli import streams
from ficli.cli.listing import report_left_out
from ficli.cli.options import AsJson, Colour, ColourChoice, Registry
from ficli.cli.pages import write_page, write_rows
from ficli.wording import counted, display_width, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.commands.stats import Stats
    from ficli.output.blocks import Block, Passage

_LONGEST_BAR = 40
_TITLES = {
    "year": "Year of the incident",
    "failure_mode": "Failure mode",
    "ai_surface": "AI surface",
    "severity": "Severity",
    "confidence": "Confidence",
}


def command(
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
    from ficli.cli.progress import progress
    from ficli.commands.stats import count_records

    here = streams.environment()
    with progress(here, "records") as advance:
        stats = count_records(here, registry, advance)
    if as_json:
        streams.write_json(_as_data(stats))
    elif width := streams.stdout_width():
        write_page(_page(stats, width), color)
    else:
        write_rows(("group", "value", "records"), _rows(stats))
    report_left_out(stats.broken, stats.unread)


def _as_data(stats: Stats) -> dict[str, object]:
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
    from ficli.output.blocks import Facts, Group, Heading, Line, Marked
    from ficli.output.colours import Tone

    yield Group(
        [
            Heading(counted(stats.statuses["published"], "published record")),
            *(Line(line, indent=0) for line in _head(stats)),
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
        yield Group([Heading(_TITLES[group]), Facts(rows, widest)])


def _head(stats: Stats) -> Iterator[str]:
    for severity, count in stats.headline.items():
        left_out = stats.left_out[severity]
        note = f" ({left_out:,} more of low confidence left out)" if left_out else ""
        yield f"{count:,} {severity}{note}"
    others = [f"{count:,} {status}" for status, count in stats.statuses.items() if status != "published" and count]
    if others:
        yield f"Not counted: {', '.join(others)}"
