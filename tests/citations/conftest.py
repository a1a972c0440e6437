"""A record and its citation, for the tests of citations to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from ficli.citations.citation import Citation, cite_record
from ficli.config import Config
from ficli.incident.record import Record

TITLE = "Klarna reintroduces human agents after AI customer service quality declines"


@pytest.fixture
def config() -> Config:
    """Return the settings of a registry that sets nothing."""
    return Config(root=Path("/registry"))


@pytest.fixture
def record() -> Record:
    """Return the record of the published page that the styles are held against."""
    return Record(
        {
            "id": "FI-0232",
            "slug": "klarna-reintroduces-human-agents-customer-service",
            "status": "published",
            "title": TITLE,
            "incident_date": "2025-05-08",
            "indexed_date": "2026-06-05",
        }
    )


@pytest.fixture
def citation(record: Record, config: Config) -> Citation:
    """Return the citation of that record."""
    return cite_record(record, config)
