"""`index.json` is what its published schema says, and holds everything; `jsonl` has the same records."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from ficli.export import json_, jsonl
from ficli.export.fields import record_fields
from ficli.incident.schema import shipped_schema

if TYPE_CHECKING:
    from ficli.commands.export.dataset import DatasetOutcome

Read = Callable[..., "DatasetOutcome"]
SCHEMA = "index.schema.json"


def exported(reading: DatasetOutcome) -> Any:  # noqa: ANN401 - JSON
    return json.loads("".join(json_.render(reading.dataset)))


def errors(data: object) -> list[str]:
    validator = jsonschema.Draft7Validator(shipped_schema("index"))
    return [f"{list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(data)]


def test_the_published_schema_is_the_packaged_one_and_a_schema() -> None:
    published = (Path(__file__).parents[2] / "schema" / SCHEMA).read_bytes()
    assert published == (files("ficli.incident") / "data" / SCHEMA).read_bytes()
    jsonschema.Draft7Validator.check_schema(json.loads(published))


def test_every_field_of_the_schema_is_described() -> None:
    def undescribed(node: Any, path: str = "") -> list[str]:  # noqa: ANN401 - JSON
        if not isinstance(node, dict):
            return []
        found = []
        for keyword in ("properties", "definitions"):
            for name, child in node.get(keyword, {}).items():
                if "then" not in path and "if" not in path and not child.get("description") and "$ref" not in child:
                    found.append(f"{path}/{name}")
                found.extend(undescribed(child, f"{path}/{name}"))
        return found + undescribed(node.get("items"), f"{path}/items")

    assert undescribed(shipped_schema("index")) == []


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"only": ("draft", "published", "merged", "removed")},
        {"since": "2026-03-05"},
        {"fields": ("id", "title", "sources")},
        {"with_steward_notes": True},
        {"only": ("removed",)},
    ],
)
def test_an_export_is_what_the_schema_says(index: Path, read: Read, chosen: dict[str, Any]) -> None:
    assert errors(exported(read(index, **chosen))) == []


def test_the_examples_are_what_the_schema_says(registry: Path, read: Read) -> None:
    data = exported(read(registry))

    assert errors(data) == []
    assert [entry["id"] for entry in data["records"]] == ["FI-0192", "FI-0232", "FI-0666"]
    klarna = data["records"][1]
    assert klarna["citations"]["house"] == (
        'AI Failure Index. "Klarna reintroduces human agents after AI customer service quality declines" (FI-0232). Realm Labs. '
        "https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service (indexed Jun 5, 2026)."
    )
    assert klarna["citations"]["bibtex"].startswith("@misc{fi-0232,")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 2),
        (("version",), "2026-05-06"),
        (("records", 0, "severity"), "grave"),
        (("records", 0, "id"), None),
        (("records", 0, "tags"), None),
        (("records", 0, "sources", 0, "number"), "1"),
        (("tombstones", 0, "redirect_to"), 1),
        (("counts", "headline", "high"), -1),
    ],
)
def test_the_schema_refuses_what_is_wrong(index: Path, read: Read, path: tuple[Any, ...], value: object) -> None:
    data = exported(read(index))
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    place[last] = value

    assert errors(data) != []


def test_the_schema_misses_a_field(index: Path, read: Read) -> None:
    data = exported(read(index))
    del data["records"][0]["tags"]
    assert errors(data) == ["['records', 0]: 'tags' is a required property"]


def test_what_is_told_of_the_index(index: Path, read: Read) -> None:
    (index / "ficli.toml").write_text(
        '[index]\nname = "Example Index"\ncontact = "desk@example.org"\n', encoding="utf-8"
    )
    data = exported(read(index, since="2026-01-01"))

    assert data["format"] == 1
    assert data["index"] == {
        "name": "Example Index", "steward": "Realm Labs", "base_url": "https://failureindex.ai",
        "licence": "CC-BY-4.0", "contact": "desk@example.org",
    }  # fmt: skip
    assert data["selection"] == {"only": ["published", "merged", "removed"], "since": "2026-01-01", "fields": None}
    assert data["counts"]["headline"] == {"high": 1, "catastrophic": 0}
    assert data["counts"]["left_out_for_low_confidence"] == {"high": 1, "catastrophic": 0}
    assert data["taxonomy"]["failure_modes"][0]["profile"]["trigger"]
    assert data["tombstones"][0]["redirect_to"] == "FI-0001"


def test_an_empty_index_is_valid(tmp_path: Path, read: Read) -> None:
    (tmp_path / "ficli.toml").touch()
    data = exported(read(tmp_path))

    assert errors(data) == []
    assert (data["version"], data["records"], data["tombstones"]) == (None, [], [])


def test_lines_are_the_records_of_the_index(index: Path, read: Read) -> None:
    reading = read(index)
    lines = "".join(jsonl.render(reading.dataset)).splitlines()

    assert list(map(json.loads, lines)) == exported(reading)["records"]
    assert all(list(json.loads(line)) == list(record_fields()) for line in lines)
    assert [json.loads(line)["id"] for line in jsonl.render_tombstones(reading.dataset)] == [
        "FI-0002",
        "FI-0003",
        "FI-0004",
    ]
