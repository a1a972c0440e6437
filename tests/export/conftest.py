"""A registry with a record of every sort, and what it takes to export it and to read it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from ficli.commands.export.dataset import read_dataset
from ficli.export.dataset import PUBLIC, ExportSelection
from ficli.open_registry import open_registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ficli.commands.export.dataset import DatasetOutcome
    from ficli.environment import Environment

Data = dict[str, Any]


def record(number: int, **changes: Any) -> Data:  # noqa: ANN401 - fields are of several types
    """Make a published record; a field that is changed to None is left out."""
    data: Data = {
        "schema_version": 1,
        "id": f"FI-{number:04}",
        "slug": f"example-bank-{number}",
        "status": "published",
        "title": f"Chatbot of Example Bank invents a fee, case {number}",
        "summary": "The chatbot of Example Bank told customers of a fee that did not exist. They were paid back.",
        "organizations": [{"name": "Example Bank", "role": "deployer"}],
        "incident_date": "2025-05",
        "indexed_date": "2026-01-10",
        "taxonomy_version": "1.0.0",
        "failure_mode": "hallucination",
        "ai_surface": "chatbot",
        "severity": "medium",
        "what_happened": "The chatbot told customers of a fee.\n\nThere was none.",
        "sources": [{"kind": "press", "title": "A fee nobody knew", "url": f"https://news.example.org/{number}"}],
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def tombstone(number: int, status: str, into: int = 0, day: str = "2026-02-01") -> Data:
    """Make a tombstone."""
    data = {
        "schema_version": 1,
        "id": f"FI-{number:04}",
        "slug": f"retired-{number}",
        "status": status,
        "title": f"Retired case {number}",
        "reason": "The same incident.",
        "retired_date": day,
    }
    return data | ({"merged_into": f"FI-{into:04}"} if into else {})


FULL = record(
    7,
    severity="high",
    mechanism="The model completed the question with a rule of its own.",
    quote={"text": "We are sorry.", "speaker": "Ada Example, spokesperson", "source": 1},
    systems=[{"name": "Teller", "vendor": "Example Soft", "version": "2.1"}, {"name": "Base model"}],
    organizations=[{"name": "A bank in Europe", "role": "deployer", "anonymized": True}],
    date_basis="reported",
    industry="financial-services",
    countries=["DE", "AT"],
    claim_status="admitted",
    failure_path=dict.fromkeys(("trigger", "model_step", "control_gap", "failure", "consequence"), "A step."),
    impact={"public_visibility": "high", "amounts": [{"value": 1200.5, "currency": "EUR", "label": "paid back"}]},
    related=["FI-0001"],
    aliases=["AIID:1234"],
    tags=["fees", "refunds"],
    corrections=[{"date": "2026-03-01", "note": "The sum was wrong."}, {"date": "2026-03-05", "note": "So was the day."}],
    steward_note="A note of the steward's own.",
    sources=[
        {
            "kind": "regulator", "title": "Decision 12", "url": "https://regulator.example.net/12",
            "publisher": "Example Authority", "authors": ["B. Example", "C. Example"], "published": "2025-06-01",
            "language": "en", "accessed": "2026-01-02", "docket": "12/2025", "status": "live",
            "archive": {"url": "https://archive.example.com/12", "captured": "2025-06-02", "sha256": "0" * 64},
            "passages": ["The fee did not exist.", "It was paid back."],
        },
        {"kind": "press", "title": "A fee nobody knew", "url": "https://news.example.org/7"},
    ],
)  # fmt: skip
RECORDS = {
    "incidents/FI-0001.yaml": record(1),
    "incidents/FI-0007.yaml": FULL,
    "incidents/2026/FI-0010.yaml": record(10, indexed_date="2026-04-01", severity="high", mechanism="It broke."),
    "incidents/FI-0002.yaml": tombstone(2, "merged", 3),
    "incidents/FI-0003.yaml": tombstone(3, "merged", 1, day="2026-05-06"),
    "incidents/FI-0004.yaml": tombstone(4, "removed"),
    "drafts/a-draft.yaml": record(0, id=None, slug="a-draft", status="draft", indexed_date=None, taxonomy_version=None),
}


def put(root: Path, records: dict[str, Data]) -> None:
    """Write records; JSON is YAML."""
    for path, data in records.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return a registry with these records."""
    root = tmp_path / "index"
    put(root, RECORDS)
    (root / "ficli.toml").touch()
    return root


@pytest.fixture
def read(environment: Callable[..., Environment]) -> Iterator[Callable[..., DatasetOutcome]]:
    """Yield a function that reads a registry into a dataset."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def reading(root: Path, *, only: tuple[str, ...] = PUBLIC, workers: int = 1, **chosen: Any) -> DatasetOutcome:  # noqa: ANN401 - the fields of a selection are of several types
            here = environment(cwd=root, workers=workers)
            return stack.enter_context(read_dataset(here, open_registry(here), ExportSelection(only=only, **chosen)))

        yield reading
