"""Counts the published records of a registry: by year, failure mode, AI surface, severity and confidence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.lookup import CONFIDENCES, STATUSES, Row, read_rows
from ficli.commands.opening import open_registry
from ficli.incident.dates import PartialDate
from ficli.incident.taxonomy import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ficli.environment import Environment

HEADLINE = ("high", "catastrophic")
"""The severities that are counted at the head, without records of low confidence."""


class Facts(NamedTuple):
    """What is counted of one record; what is absent is empty."""

    status: str
    year: str
    failure_mode: str
    ai_surface: str
    severity: str
    confidence: str


class Counts(NamedTuple):
    """The counts of some records.

    Attributes:
        statuses: how many records there are of each status.
        headline: published records of each headline severity, without those of low confidence.
        left_out: those of low confidence, by severity.
        groups: for each field, how many published records have each value; nothing stands for an absent one.

    """

    statuses: Mapping[str, int]
    headline: Mapping[str, int]
    left_out: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int]]


class Stats(NamedTuple):
    """The counts of a registry.

    Attributes:
        statuses: as in `Counts`, and so are `headline`, `left_out` and `groups`.
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
    return Stats(*count(Counter(map(facts_of, found.rows))), found.broken, found.unread)


def facts_of(row: Row) -> Facts:
    """Take what is counted out of the facts of a record."""
    year = row.incident_date[:4] if PartialDate.parse(row.incident_date) else ""
    return Facts(row.status, year, row.failure_mode, row.ai_surface, row.severity, row.confidence)


def count(tally: Mapping[Facts, int]) -> Counts:
    """Sum up how many records have the same facts, by each of the facts."""
    published = {facts: number for facts, number in tally.items() if facts.status == "published"}
    statuses = _sums(tally, "status")
    low = {facts: number for facts, number in published.items() if facts.confidence == "low"}
    grave, weak = _sums(published, "severity"), _sums(low, "severity")
    return Counts(
        statuses={status: statuses[status] for status in STATUSES},
        headline={severity: grave[severity] - weak[severity] for severity in HEADLINE},
        left_out={severity: weak[severity] for severity in HEADLINE},
        groups={
            "year": dict(sorted(_sums(published, "year").items())),
            "failure_mode": _by_count(_sums(published, "failure_mode")),
            "ai_surface": _by_count(_sums(published, "ai_surface")),
            "severity": _in_order(grave, SEVERITIES),
            "confidence": _in_order(_sums(published, "confidence"), CONFIDENCES),
        },
    )


def _sums(tally: Mapping[Facts, int], fact: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for facts, number in tally.items():
        sums[getattr(facts, fact)] += number
    return sums


def _by_count(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _in_order(counts: Counter[str], order: Sequence[str]) -> dict[str, int]:
    return {value: counts[value] for value in (*order, *sorted(counts.keys() - set(order)))}
