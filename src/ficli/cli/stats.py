"""`ficli stats`: count the published records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.cli import streams
from ficli.cli.listing import report_left_out
from ficli.cli.options import AsJson, Colour, ColourChoice, Registry
from ficli.wording import counted, display_width, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.commands.stats import Stats

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
        streams.write(_drawn(stats, width, colour=streams.colours(color)))
    else:
        streams.write("\t".join(cells) + "\n" for cells in (("group", "value", "records"), *_rows(stats)))
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
            yield group, harmless(value), str(count)


def _drawn(stats: Stats, width: int, *, colour: bool) -> Iterator[str]:
    from ficli.output.colours import Palette

    palette = Palette(colour)
    yield palette.strong(counted(stats.statuses["published"], "published record")) + "\n"
    for severity, count in stats.headline.items():
        left_out = stats.left_out[severity]
        note = f" ({left_out:,} more of low confidence left out)" if left_out else ""
        yield f"{count:,} {severity}{note}\n"
    others = [f"{count:,} {status}" for status, count in stats.statuses.items() if status != "published" and count]
    if others:
        yield f"Not counted: {', '.join(others)}\n"
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
        yield f"\n{palette.strong(_TITLES[group])}\n"
        most = max(counts.values(), default=1)
        for value, count in counts.items():
            bar = palette.second(_bar(round(count * room / most) or bool(count)))
            padding = " " * (widest - display_width(value))
            yield f"  {value}{padding}  {count:>{digits},}  {bar}".rstrip() + "\n"


def _bar(length: int) -> str:
    try:
        "█".encode(getattr(streams.environment().stdout, "encoding", None) or "utf-8")
    except (UnicodeError, LookupError):
        return "#" * length
    return "█" * length
