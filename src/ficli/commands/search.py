"""Finds the records in which words stand, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.indexing import registry_index
from ficli.commands.lookup import Row, as_row, in_order
from ficli.commands.opening import open_registry
from ficli.commands.search_query import parse_query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ficli.environment import Environment


class Found(NamedTuple):
    """A record that was found, the passage that fits best (empty for filters alone), and how well it fits."""

    row: Row
    passage: str
    score: float


class SearchOutcome(NamedTuple):
    """What was found.

    Attributes:
        found: the best records.
        total: how many there are, with those that are not given.
        broken: the paths of files that cannot be read as records.
        unread: what kept files from being read.

    """

    found: Sequence[Found]
    total: int
    broken: Sequence[str]
    unread: Sequence[str]


def search(
    environment: Environment,
    text: str,
    *,
    most: int = 20,
    registry: Path | None = None,
    advance: Callable[[int, int], None] | None = None,
) -> SearchOutcome:
    """Search all records of a registry, drafts and tombstones included.

    Args:
        environment: the world to work in.
        text: what is typed, see `parse_query`.
        most: how many records at most.
        registry: a folder in the registry.
        advance: told, while the index is made, how many of how many records are read.

    Raises:
        UsageError: no registry, nothing to look for, or a filter with a value that no record can have.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed.

    """
    opened = open_registry(environment, registry)
    query = parse_query(text)
    query.wanted.check(opened.taxonomy)
    with registry_index(environment, opened, advance) as index:
        if query.match:
            hits = index.find(query.match)
            rows = [(as_row(hit.facts), hit.number, hit.score) for hit in hits]
        else:
            rows = [(row, 0, 0.0) for row in sorted(map(as_row, index.facts()), key=in_order)]
        chosen = {row.path for row in query.wanted.choose(row for row, _, _ in rows)[0]}
        wanted = [item for item in rows if item[0].path in chosen]
        shown = wanted[:most]
        passages = index.passages(query.match, [number for _, number, _ in shown]) if query.match else {}
        found = [Found(row, passages.get(number, ""), score) for row, number, score in shown]
        return SearchOutcome(found, len(wanted), index.broken(), index.unread)
