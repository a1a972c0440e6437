"""The records as lines of JSON, one a record, with the fields in the same order in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.export.json_ import dumps, tombstone_data

if TYPE_CHECKING:
    from ficli.export.dataset import Dataset


def render(dataset: Dataset) -> Iterator[str]:
    """Write the records."""
    return (f"{line}\n" for line in dataset.records.lines())


def render_tombstones(dataset: Dataset) -> Iterator[str]:
    """Write the tombstones."""
    return (f"{dumps(tombstone_data(tombstone))}\n" for tombstone in dataset.tombstones)
