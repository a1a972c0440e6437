"""The published schemas, the default taxonomy and the example records agree with each other."""

from __future__ import annotations

import copy
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
import pytest
import yaml_rs
from jsonschema import Draft7Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).parents[2]
DATA = files("ficli.incident") / "data"
EXAMPLE = files("ficli.registry") / "example"
SCHEMAS = ("incident", "taxonomy", "config")
EXAMPLES = (
    "incidents/FI-0192.yaml",
    "incidents/FI-0232.yaml",
    "incidents/FI-0666.yaml",
    "drafts/air-canada-held-liable-chatbot-bereavement-fares.yaml",
)
GROUPS = ("failure_modes", "ai_surfaces", "severities", "source_kinds", "industries")

Document = dict[str, Any]
FieldPath = tuple[str | int, ...]


def schema(name: str) -> Document:
    """Read a schema as packaged."""
    return cast("Document", json.loads((DATA / f"{name}.schema.json").read_text(encoding="utf-8")))


def yaml(text: str) -> Document:
    """Read YAML with its dates left as text."""
    return cast("Document", yaml_rs.loads(text, parse_datetime=False))


def taxonomy() -> Document:
    """Read the default taxonomy."""
    return yaml((DATA / "taxonomy.yaml").read_text(encoding="utf-8"))


def example(path: str) -> Document:
    """Read an example record."""
    return yaml((EXAMPLE / path).read_text(encoding="utf-8"))


def errors(name: str, document: object) -> set[tuple[str, FieldPath]]:
    """List the errors of a document as pairs of keyword and path; the schema `false` counts as a keyword.

    The two validators must agree on whether there are any.
    """
    loaded = schema(name)
    found = set()
    for error in jsonschema_rs.Draft7Validator(loaded).iter_errors(document):
        last = error.schema_path[-1]
        keyword = "false" if "properties" in error.schema_path[-2:-1] else str(last)
        found.add((keyword, tuple(error.instance_path)))
    assert Draft7Validator(loaded).is_valid(document) is (not found)
    return found


def subschemas(node: object, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Document]]:
    """Yield every schema that describes a field or an item, but not those that only state a condition."""
    if not isinstance(node, dict):
        return
    yield path, node
    for keyword in ("properties", "definitions"):
        for name, child in node.get(keyword, {}).items():
            yield from subschemas(child, (*path, keyword, name))
    for keyword in ("items", "additionalProperties"):
        yield from subschemas(node.get(keyword), (*path, keyword))
    for number, child in enumerate(node.get("oneOf", ())):
        yield from subschemas(child, (*path, "oneOf", number))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_copy_is_the_packaged_file(name: str) -> None:
    published = REPOSITORY / "schema" / f"{name}.schema.json"
    assert published.read_bytes() == (DATA / f"{name}.schema.json").read_bytes()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_draft_07_under_its_own_address(name: str) -> None:
    loaded = schema(name)
    Draft7Validator.check_schema(loaded)
    jsonschema_rs.Draft7Validator(loaded)
    assert loaded["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert loaded["$id"] == f"https://failureindex.ai/schema/{name}.schema.json"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_laid_out_as_ficli_writes_json(name: str) -> None:
    text = (DATA / f"{name}.schema.json").read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_says_what_to_write(name: str) -> None:
    own = [(path, node) for path, node in subschemas(schema(name)) if "$ref" not in node]
    silent = [path for path, node in own if not node.get("description", "").strip()]
    assert silent == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_mapping_is_closed(name: str) -> None:
    mappings = {path: node for path, node in subschemas(schema(name)) if "properties" in node}
    assert mappings
    for path, node in mappings.items():
        assert node["type"] == "object", path
        assert node["additionalProperties"] is not True, path


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_reference_stands_alone_and_every_definition_is_used(name: str) -> None:
    loaded = schema(name)
    text = json.dumps(loaded)
    for definition in loaded["definitions"]:
        assert f'"$ref": "#/definitions/{definition}"' in text
    assert [path for path, node in subschemas(loaded) if "$ref" in node and len(node) > 1] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_an_example_in_a_schema_is_valid_where_it_stands(name: str) -> None:
    loaded = schema(name)
    for path, node in subschemas(loaded):
        alone = {**node, "definitions": loaded["definitions"]}
        wrong = [value for value in node.get("examples", ()) if not Draft7Validator(alone).is_valid(value)]
        assert wrong == [], path


def test_the_taxonomy_has_its_own_shape() -> None:
    assert errors("taxonomy", taxonomy()) == set()


@pytest.mark.parametrize("group", GROUPS)
def test_a_slug_stands_once_in_its_group(group: str) -> None:
    slugs = [item["slug"] for item in taxonomy()[group]]
    assert len(slugs) == len(set(slugs))


def test_the_severities_rise() -> None:
    assert [item["slug"] for item in taxonomy()["severities"]] == ["low", "medium", "high", "catastrophic"]


def test_primary_kinds_are_those_the_confidence_counts() -> None:
    primary = {item["slug"] for item in taxonomy()["source_kinds"] if item["primary"]}
    assert primary == {"primary", "court-filing", "regulator"}


def test_the_incident_schema_has_the_terms_of_the_taxonomy() -> None:
    loaded, terms = schema("incident"), taxonomy()
    fields = {
        "failure_modes": loaded["properties"]["failure_mode"],
        "ai_surfaces": loaded["properties"]["ai_surface"],
        "severities": loaded["properties"]["severity"],
        "industries": loaded["properties"]["industry"],
        "source_kinds": loaded["definitions"]["source"]["properties"]["kind"],
    }
    for group, field in fields.items():
        wanted = [{"const": item["slug"], "description": item["definition"]} for item in terms[group]]
        assert field["oneOf"] == wanted, group


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_record_has_the_right_shape(path: str) -> None:
    assert errors("incident", example(path)) == set()


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_record_is_in_order_and_says_where_its_schema_is(path: str) -> None:
    text = (EXAMPLE / path).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema/incident.schema.json\n")
    loaded, record = schema("incident"), yaml(text)
    assert list(record) == [name for name in loaded["properties"] if name in record]
    for source in record["sources"]:
        assert list(source) == [name for name in loaded["definitions"]["source"]["properties"] if name in source]


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_record_lies_where_it_belongs(path: str) -> None:
    record, place = example(path), Path(path)
    assert place.stem == record["id"] if record["status"] == "published" else place.stem == record["slug"]
    assert place.parent.name == ("incidents" if record["status"] == "published" else "drafts")


def test_the_example_is_these_records() -> None:
    root = Path(str(EXAMPLE))
    assert sorted(path.relative_to(root).as_posix() for path in root.rglob("*.yaml")) == sorted(EXAMPLES)


PUBLISHED = "incidents/FI-0232.yaml"
SEVERE = "incidents/FI-0666.yaml"
DRAFT = "drafts/air-canada-held-liable-chatbot-bereavement-fares.yaml"
ABSENT = object()
"""In a variation: the field is taken away."""
TOMBSTONE = {
    "schema_version": 1,
    "id": "FI-0007",
    "slug": "told-twice",
    "status": "merged",
    "merged_into": "FI-0008",
    "reason": "The same event as FI-0008.",
    "retired_date": "2026-11-23",
    "title": "An incident told twice",
}


def varied(record: Document, changes: dict[FieldPath, object]) -> Document:
    """Copy a record and set or take away fields by their paths."""
    changed = copy.deepcopy(record)
    for path, value in changes.items():
        holder: Any = changed
        for step in path[:-1]:
            holder = holder[step]
        if value is ABSENT:
            del holder[path[-1]]
        elif isinstance(holder, list) and path[-1] == len(holder):
            holder.append(value)
        else:
            holder[path[-1]] = value
    return changed


GOOD: dict[str, tuple[str, dict[FieldPath, object]]] = {
    "a month": (PUBLISHED, {("incident_date",): "2025-05"}),
    "a year": (PUBLISHED, {("incident_date",): "2025"}),
    "a five-digit ID": (PUBLISHED, {("id",): "FI-10000"}),
    "aliases of every form": (
        PUBLISHED,
        {
            ("aliases",): [
                "AIID:1234",
                "AVID-2023-R0007",
                "AML.CS0016",
                "CVE-2025-32711",
                "OECD:2025-05-08-1a2b",
            ]
        },
    ),
    "languages": (PUBLISHED, {("sources", 0, "language"): "pt-BR", ("sources", 1, "language"): "zh-Hant"}),
    "an archive copy": (
        PUBLISHED,
        {
            ("sources", 0, "archive"): {
                "url": "https://archive.example/x",
                "captured": "2025-05-09",
                "sha256": "0a" * 32,
            }
        },
    ),
    "a correction": (
        PUBLISHED,
        {("corrections",): [{"date": "2026-07-01", "note": "The date was one day late."}]},
    ),
    "a severe draft without a mechanism": (DRAFT, {("severity",): "catastrophic"}),
    "an amount with a fraction": (
        PUBLISHED,
        {("impact", "amounts"): [{"value": 0.5, "currency": "EUR", "label": "fee"}]},
    ),
    "an anonymized organization": (PUBLISHED, {("organizations", 0, "anonymized"): True}),
    "a system": (PUBLISHED, {("systems",): [{"name": "Assistant", "vendor": "Example", "version": "3.5"}]}),
}

BAD: dict[str, tuple[str, dict[FieldPath, object], set[tuple[str, FieldPath]]]] = {
    "no title": (PUBLISHED, {("title",): ABSENT}, {("required", ())}),
    "an empty title": (PUBLISHED, {("title",): ""}, {("minLength", ("title",))}),
    "a title on two lines": (PUBLISHED, {("title",): "one\ntwo"}, {("pattern", ("title",))}),
    "an endless title": (PUBLISHED, {("title",): "x" * 301}, {("maxLength", ("title",))}),
    "an unknown field": (PUBLISHED, {("sevrity",): "low"}, {("additionalProperties", ())}),
    "an unknown field in a source": (
        PUBLISHED,
        {("sources", 0, "site"): "Bloomberg"},
        {("additionalProperties", ("sources", 0))},
    ),
    "a status of no kind": (PUBLISHED, {("status",): "final"}, {("oneOf", ("status",))}),
    "an unknown failure mode": (PUBLISHED, {("failure_mode",): "bad-luck"}, {("oneOf", ("failure_mode",))}),
    "a number for a severity": (PUBLISHED, {("severity",): 3}, {("oneOf", ("severity",))}),
    "an unknown source kind": (
        PUBLISHED,
        {("sources", 1, "kind"): "blog"},
        {("oneOf", ("sources", 1, "kind"))},
    ),
    "a short ID": (PUBLISHED, {("id",): "FI-232"}, {("pattern", ("id",))}),
    "a slug with capitals": (PUBLISHED, {("slug",): "Klarna-agents"}, {("pattern", ("slug",))}),
    "a long slug": (PUBLISHED, {("slug",): "x" * 61}, {("maxLength", ("slug",))}),
    "a thirteenth month": (PUBLISHED, {("incident_date",): "2025-13"}, {("pattern", ("incident_date",))}),
    "a day too many": (PUBLISHED, {("incident_date",): "2025-05-32"}, {("pattern", ("incident_date",))}),
    "a month for a day": (PUBLISHED, {("indexed_date",): "2026-06"}, {("pattern", ("indexed_date",))}),
    "a year that is a number": (PUBLISHED, {("incident_date",): 2025}, {("type", ("incident_date",))}),
    "no sources": (PUBLISHED, {("sources",): []}, {("minItems", ("sources",))}),
    "a source without a URL": (PUBLISHED, {("sources", 0, "url"): ABSENT}, {("required", ("sources", 0))}),
    "a URL of another scheme": (
        PUBLISHED,
        {("sources", 0, "url"): "ftp://example.org/x"},
        {("pattern", ("sources", 0, "url"))},
    ),
    "a quote of nothing": (PUBLISHED, {("quote", "text"): ABSENT}, {("required", ("quote",))}),
    "a source number from zero": (PUBLISHED, {("quote", "source"): 0}, {("minimum", ("quote", "source"))}),
    "a path of four steps": (
        PUBLISHED,
        {("failure_path",): {"trigger": "a", "model_step": "b", "control_gap": "c", "failure": "d"}},
        {("required", ("failure_path",))},
    ),
    "an amount without a currency": (
        PUBLISHED,
        {("impact", "amounts"): [{"value": 5}]},
        {("required", ("impact", "amounts", 0))},
    ),
    "a negative amount": (
        PUBLISHED,
        {("impact", "amounts"): [{"value": -5, "currency": "USD"}]},
        {("minimum", ("impact", "amounts", 0, "value"))},
    ),
    "a country in words": (PUBLISHED, {("countries",): ["Sweden"]}, {("enum", ("countries", 0))}),
    "the same tag twice": (PUBLISHED, {("tags",): ["bank", "bank"]}, {("uniqueItems", ("tags",))}),
    "an address for an alias": (
        PUBLISHED,
        {("aliases",): ["https://x.org/1"]},
        {("pattern", ("aliases", 0))},
    ),
    "an organization without a role": (
        PUBLISHED,
        {("organizations", 0, "role"): ABSENT},
        {("required", ("organizations", 0))},
    ),
    "a null": (PUBLISHED, {("mechanism",): None}, {("type", ("mechanism",))}),
    "a severe record without a mechanism": (SEVERE, {("mechanism",): ABSENT}, {("required", ())}),
    "a published record with a reason": (PUBLISHED, {("reason",): "Told twice."}, {("false", ("reason",))}),
    "a draft with an ID": (DRAFT, {("id",): "FI-0001"}, {("false", ("id",))}),
    "a draft with dates and corrections": (
        DRAFT,
        {("indexed_date",): "2026-11-23", ("corrections",): []},
        {("false", ("indexed_date",)), ("false", ("corrections",))},
    ),
    "another version of the format": (PUBLISHED, {("schema_version",): 2}, {("const", ("schema_version",))}),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_variation_is_accepted(name: str) -> None:
    path, changes = GOOD[name]
    assert errors("incident", varied(example(path), changes)) == set()


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_one_error_at_its_field(name: str) -> None:
    path, changes, expected = BAD[name]
    assert errors("incident", varied(example(path), changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({("indexed_date",): "2026-06-05", ("taxonomy_version",): "1.0.0"}, set()),
        ({("merged_into",): ABSENT}, {("required", ())}),
        ({("status",): "removed", ("merged_into",): ABSENT}, set()),
        ({("status",): "removed"}, {("false", ("merged_into",))}),
        ({("reason",): ABSENT}, {("required", ())}),
        ({("retired_date",): "2026"}, {("pattern", ("retired_date",))}),
        (
            {("summary",): "It was told twice.", ("severity",): "high"},
            {("false", ("summary",)), ("false", ("severity",))},
        ),
    ],
)
def test_a_tombstone_holds_its_own_fields_only(
    changes: dict[FieldPath, object], expected: set[tuple[str, FieldPath]]
) -> None:
    assert errors("incident", varied(TOMBSTONE, changes)) == expected


def test_every_field_is_allowed_or_forbidden_in_a_tombstone() -> None:
    kept = {*TOMBSTONE, "indexed_date", "taxonomy_version"}
    merged = schema("incident")["allOf"][3]
    assert merged["if"]["properties"]["status"]["const"] == "merged"
    assert set(merged["then"]["properties"]) == set(schema("incident")["properties"]) - kept


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {
                ("failure_modes", 0, "deprecated"): True,
                ("failure_modes", 0, "replaced_by"): "prompt-injection",
            },
            set(),
        ),
        ({("industries", 0, "deprecated"): True}, set()),
        ({("industries", 0, "replaced_by"): "retail"}, {("required", ("industries", 0))}),
        ({("severities", 0, "slug"): "tiny"}, {("oneOf", ("severities", 0, "slug"))}),
        ({("severities", 3): ABSENT}, {("minItems", ("severities",))}),
        ({("ai_surfaces", 0, "wing"): "left"}, {("oneOf", ("ai_surfaces", 0, "wing"))}),
        ({("failure_modes", 0, "signal"): ABSENT}, {("required", ("failure_modes", 0))}),
        ({("source_kinds", 0, "primary"): "no"}, {("type", ("source_kinds", 0, "primary"))}),
        ({("version",): "1.0"}, {("pattern", ("version",))}),
    ],
)
def test_a_taxonomy_is_judged(changes: dict[FieldPath, object], expected: set[tuple[str, FieldPath]]) -> None:
    assert errors("taxonomy", varied(taxonomy(), changes)) == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, set()),
        ({"index": {"name": "An index", "id_prefix": "AF", "id_digits": 5, "contact": ""}}, set()),
        ({"index": {"license": "CC0-1.0"}}, {("additionalProperties", ("index",))}),
        ({"index": {"id_prefix": "fi"}}, {("pattern", ("index", "id_prefix"))}),
        ({"index": {"id_digits": 3}}, {("minimum", ("index", "id_digits"))}),
        ({"index": {"base_url": "failureindex.ai"}}, {("pattern", ("index", "base_url"))}),
        ({"rules": {"select": ["self-source"], "ignore": [], "cut-slug": {"severity": "off"}}}, set()),
        ({"rules": {"cut-slug": {"severity": "error", "since": "2026-06-05"}}}, set()),
        ({"rules": {"cut-slug": {"severity": "fatal"}}}, {("oneOf", ("rules", "cut-slug", "severity"))}),
        ({"rules": {"cut-slug": "off"}}, {("type", ("rules", "cut-slug"))}),
        ({"rules": {"ignore": ["Cut Slug"]}}, {("pattern", ("rules", "ignore", 0))}),
        ({"rulez": {}}, {("additionalProperties", ())}),
    ],
)
def test_settings_are_judged(settings: Document, expected: set[tuple[str, FieldPath]]) -> None:
    assert errors("config", settings) == expected


def test_a_rule_name_is_judged_as_a_key() -> None:
    assert errors("config", {"rules": {"Cut Slug": {}}}) != set()
