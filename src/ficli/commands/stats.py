"""Counts the published records of a registry: by year, failure mode, AI surface, severity and confidence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.lookup import Row, read_rows
from ficli.commands.opening import open_registry
from ficli.incident.counts import Facts, count, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ficli.environment import Environment


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
    return Facts(row.status, year_of(row.incident_date), row.failure_mode, row.ai_surface, row.severity, row.confidence)
