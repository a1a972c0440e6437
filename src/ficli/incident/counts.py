"""Counts of records: by status, and the published ones by year, mode, surface, severity and confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ficli.dates import PartialDate
from ficli.incident.taxonomy import SEVERE, SEVERITIES

STATUSES = ("draft", "published", "merged", "removed")
CONFIDENCES = ("low", "medium", "high")


class CountedFacts(NamedTuple):
    """The counted facts of one record; a missing one is empty."""

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
        groups: for each field, how many published records have each value; empty for a missing one.

    """

    statuses: Mapping[str, int]
    headline: Mapping[str, int]
    left_out: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int]]


def year_of(date: str) -> str:
    """Return the year of a date, or empty if it is not one."""
    return date[:4] if PartialDate.parse(date) else ""


def count_facts(tally: Mapping[CountedFacts, int]) -> Counts:
    """Count the records with the same facts, by each of the facts."""
    published = {facts: number for facts, number in tally.items() if facts.status == "published"}
    statuses = _sums(tally, "status")
    low = {facts: number for facts, number in published.items() if facts.confidence == "low"}
    grave, weak = _sums(published, "severity"), _sums(low, "severity")
    return Counts(
        statuses={status: statuses[status] for status in STATUSES},
        headline={severity: grave[severity] - weak[severity] for severity in SEVERE},
        left_out={severity: weak[severity] for severity in SEVERE},
        groups={
            "year": dict(sorted(_sums(published, "year").items())),
            "failure_mode": _by_count(_sums(published, "failure_mode")),
            "ai_surface": _by_count(_sums(published, "ai_surface")),
            "severity": _in_order(grave, SEVERITIES),
            "confidence": _in_order(_sums(published, "confidence"), CONFIDENCES),
        },
    )


def _sums(tally: Mapping[CountedFacts, int], fact: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for facts, number in tally.items():
        sums[getattr(facts, fact)] += number
    return sums


def _by_count(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _in_order(counts: Counter[str], order: Sequence[str]) -> dict[str, int]:
    return {value: counts[value] for value in (*order, *sorted(counts.keys() - set(order)))}
