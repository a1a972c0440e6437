"""Whoever has only the exported `index.json` cites as somebody with the registry does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from ficli.citations.citation import cite_index, cite_record
from ficli.commands.cite.record_source import ExportRecordSource
from ficli.errors import UsageError
from ficli.export import json_
from ficli.incident.record import Record
from ficli.web.exported_index import parse_index

from .conftest import RECORDS

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome

Read = Callable[..., "DatasetOutcome"]


@pytest.fixture
def reading(index: Path, read: Read) -> DatasetOutcome:
    """Return the index, read."""
    return read(index)


@pytest.fixture
def shelf(reading: DatasetOutcome) -> ExportRecordSource:
    """Return the exported index as `ficli cite --registry URL` takes it."""
    return ExportRecordSource(
        parse_index("".join(json_.render(reading.dataset)).encode(), "https://example.org/index.json")
    )


def test_a_record_is_cited_as_in_the_registry(shelf: ExportRecordSource, reading: DatasetOutcome) -> None:
    for data in RECORDS.values():
        if data["status"] == "published":
            expected = cite_record(Record(data), reading.dataset.config)
            assert cite_record(shelf.find(data["id"]), shelf.config) == expected
    assert cite_index(shelf.config, shelf.changed()) == cite_index(reading.dataset.config, reading.dataset.updated)


def test_tombstones_low_confidence_and_drafts_are_told_too(shelf: ExportRecordSource) -> None:
    assert shelf.find("FI-0002").status == "merged"
    assert shelf.find("FI-0002").text("merged_into") == "FI-0003"
    assert shelf.find("4").text("reason") == "The same incident."
    assert shelf.why_low(shelf.find("FI-0001")) == "a single source"
    assert shelf.why_low(shelf.find("FI-0007")) == ""
    with pytest.raises(UsageError):
        shelf.find("a-draft")
