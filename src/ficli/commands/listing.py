"""Lists the records that a user asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.commands.lookup import Filter, Row, read_rows
from ficli.commands.opening import open_registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ficli.environment import Environment


class Listing(NamedTuple):
    """What was found.

    Attributes:
        rows: the wanted records, those with an ID first.
        total: how many records there are.
        hidden: how many more would be wanted if their status were.
        broken: the paths of files that cannot be read as records.
        unread: what kept files from being read.

    """

    rows: Sequence[Row]
    total: int
    hidden: int
    broken: Sequence[str]
    unread: Sequence[str]


def list_records(
    environment: Environment,
    registry: Path | None,
    wanted: Filter,
    advance: Callable[[int, int], None] | None = None,
) -> Listing:
    """List the wanted records of a registry.

    Raises:
        UsageError: no registry, or a value that no record can have.
        ConfigurationError: `ficli.toml` or `taxonomy.yaml` is wrong.
        FicliError: a folder cannot be listed.

    """
    opened = open_registry(environment, registry)
    wanted.check(opened.taxonomy)
    found = read_rows(environment, opened, advance)
    rows, hidden = wanted.choose(found.rows)
    return Listing(rows, len(found.rows), hidden, found.broken, found.unread)
