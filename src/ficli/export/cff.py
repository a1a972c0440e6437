"""A `CITATION.cff` for the registry's repository: how to cite the index as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.citations.catalogue import data_format
from ficli.citations.citation import cite_index

if TYPE_CHECKING:
    from ficli.export.dataset import Dataset


def render(dataset: Dataset) -> Iterator[str]:
    """Write the file."""
    yield data_format("cff").write([cite_index(dataset.config, dataset.updated)])
