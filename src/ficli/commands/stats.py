"""Counts the published records of a registry: by year, failure mode, AI surface, severity and confidence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.lookup import CONFIDENCES, STATUSES, Row, read_rows
from ficli.commands.opening import open_registry
from ficli.incident.dates import PartialDate
from ficli.incident.taxonomy import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ficli.environment import Environment

HEADLINE = ("high", "catastrophic")
"""The severities that are counted at the head, without records of low confidence."""


class Stats(NamedTuple):
    """The counts.

    Attributes:
        statuses: how many records there are of each status.
        headline: published records of each headline severity, without those of low confidence.
        left_out: those of low confidence, by severity.
        groups: for each field, how many published records have each value; nothing stands for an absent one.
        broken: the paths of files that cannot be read as records.
        unread: what kept files from being read.

    """

    statuses: Mapping[str, int]
    headline: Mapping[str, int]
    left_out: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int]]
    broken: Sequence[str]
    unread: Sequence[str]


def count_records(
    environment: Environment, registry: Path | None, advance: Callable[[int, int], None] | None = None
) -> Stats:
    """Count the records of a registry.

    Raises:
        UsageError: no registry.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed.

    """
    found = read_rows(environment, open_registry(environment, registry), advance)
    published = [row for row in found.rows if row.status == "published"]
    statuses = Counter(row.status for row in found.rows)
    grave = {
        severity: Counter(row.confidence == "low" for row in published if row.severity == severity)
        for severity in HEADLINE
    }
    return Stats(
        statuses={status: statuses[status] for status in STATUSES},
        headline={severity: counts[False] for severity, counts in grave.items()},
        left_out={severity: counts[True] for severity, counts in grave.items()},
        groups={
            "year": dict(sorted(Counter(map(_year, published)).items())),
            "failure_mode": _by_count(row.failure_mode for row in published),
            "ai_surface": _by_count(row.ai_surface for row in published),
            "severity": _in_order((row.severity for row in published), SEVERITIES),
            "confidence": _in_order((row.confidence for row in published), CONFIDENCES),
        },
        broken=found.broken,
        unread=found.unread,
    )


def _year(row: Row) -> str:
    return row.incident_date[:4] if PartialDate.parse(row.incident_date) else ""


def _by_count(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _in_order(values: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    counts = Counter(values)
    return {value: counts[value] for value in (*order, *sorted(counts.keys() - set(order)))}
