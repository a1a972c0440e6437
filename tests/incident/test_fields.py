"""The table of fields agrees with both schemas, and whatever is made from it has every field."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ficli.diagnostics import Remove
from ficli.export.fields import record_fields
from ficli.incident.fields import BY_NAME, BY_PLACE, EXPORTED, LAYOUT, RECORD, Field, date_at, is_fact
from ficli.incident.scaffold import scaffold
from ficli.incident.schema import ShapeChecker, shipped_schema
from ficli.incident.taxonomy import FIELDS as TERM_FIELDS
from ficli.incident.taxonomy import shipped_taxonomy
from ficli.registry.text_index import FIELDS as SEARCHED
from ficli.yaml.edit import apply
from ficli.yaml.layout import canonical
from ficli.yaml.order import Layout
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.incident.schema import Schema

Run = Callable[..., tuple[int, str, str]]

SCHEMA = shipped_schema("incident")
RULES = {
    rule["if"]["properties"]["status"]["const"]: rule["then"]
    for rule in SCHEMA["allOf"]
    if len(rule["if"]["required"]) == 1
}
EVERY_FIELD = Path(__file__).with_name("every_field.yaml")
NOT_ON_THE_PAGE = {"schema_version", "taxonomy_version"}
NOT_SEARCHED = {"taxonomy_version", "merged_into"}


def resolved(shape: Schema) -> Schema:
    """Return what the reference of a field leads to."""
    found = shape.get("allOf", [shape])[0]
    return SCHEMA["definitions"][found["$ref"].rpartition("/")[2]] if "$ref" in found else found  # type: ignore[no-any-return]


def held(shape: Schema) -> Schema:
    """Return the shape of a field, or of the items of a list."""
    return resolved(resolved(shape).get("items", shape))


def shapes(
    properties: Schema = SCHEMA["properties"], before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Yield the shape of every field of the schema with its place, in order."""
    for name, shape in properties.items():
        yield (*before, name), shape
        yield from shapes(held(shape).get("properties", {}), (*before, name))


def reference(shape: Schema) -> str:
    return str(shape.get("allOf", [{}])[0].get("$ref", "")).rpartition("/")[2]


def is_free_text(shape: Schema) -> bool:
    """Return whether a text may have any length and any number of lines."""
    return shape.get("type") == "string" and shape.keys() <= {"description", "type", "minLength", "examples"}


def required(place: tuple[str, ...]) -> bool:
    """Return whether a draft needs a field, or the mapping that it is in."""
    if place[1:]:
        return place[-1] in held(dict(shapes())[place[:-1]]).get("required", ())
    return place[0] in (*SCHEMA["required"], *RULES["draft"]["required"])


def forbidden(status: str) -> set[str]:
    return {name for name, shape in RULES[status]["properties"].items() if shape is False}


def test_the_table_has_the_fields_of_the_schema_in_its_order() -> None:
    assert list(BY_PLACE) == [place for place, _ in shapes()]


@pytest.mark.parametrize(
    ("place", "shape"), list(shapes()), ids=lambda value: ".".join(value) if isinstance(value, tuple) else ""
)
def test_a_field_is_what_the_schema_says(place: tuple[str, ...], shape: Schema) -> None:
    field = BY_PLACE[place]

    assert field.many == (resolved(shape).get("type") == "array")
    assert bool(field.fields) == ("properties" in held(shape))
    assert field.date == {"date": "day", "partial_date": "partial"}.get(reference(shape), "")
    assert bool(field.prose) == is_free_text(shape)
    assert field.needed == required(place)


def test_when_a_record_has_a_field_is_what_the_schema_says() -> None:
    retired = {field.name for field in RECORD if field.since == "retired"}

    assert {field.name for field in RECORD if field.since} == forbidden("draft")
    assert retired == forbidden("published")
    assert {field.name for field in RECORD if not field.kept} == forbidden("merged")
    assert {field.name for field in RECORD if not field.kept} | {"merged_into"} == forbidden("removed")


def test_a_slug_of_the_vocabulary_is_one_in_the_vocabulary() -> None:
    terms = {place[-1] for place, field in BY_PLACE.items() if field.term}

    assert terms == set(TERM_FIELDS)
    assert all(shipped_taxonomy().terms(name) for name in terms)


def test_the_dataset_has_the_fields_of_a_record_in_its_order() -> None:
    def compare(fields: tuple[Field, ...], exported: dict[str, Any]) -> None:
        known = [field.name for field in fields]
        assert [name for name in exported if name in known] == known
        for field in fields:
            shape = exported[field.name]
            kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
            assert ("array" in kinds) == field.many
            assert "string" in kinds or not field.date
            if field.fields:
                compare(field.fields, shape.get("items", shape)["properties"])

    compare(EXPORTED, dict(record_fields(with_steward_notes=True)))


def test_texts_are_searched() -> None:
    for field in RECORD:
        shape = SCHEMA["properties"][field.name]
        is_text = not field.date and not field.term and not {"const", "oneOf"} & held(shape).keys()
        assert field.search in {"", *SEARCHED}
        assert bool(field.search) == is_text or field.name in NOT_SEARCHED, field.name


def test_a_fact_and_a_date_are_known_by_their_paths() -> None:
    assert is_fact(("incident_date",))
    assert is_fact(("sources", 3))
    assert is_fact(("impact", "amounts", 0, "value"))
    assert is_fact(("quote", "unknown"))
    assert not is_fact(("sources", 3, "status"))
    assert not is_fact(("sources", 3, "archive", "url"))
    assert not is_fact(("summary",))
    assert not is_fact(("unknown",))
    assert date_at(("sources", 3, "archive", "captured")) == "day"
    assert date_at(("incident_date",)) == "partial"
    assert date_at(("sources", "published")) == ""


def test_the_record_with_every_field_has_every_field() -> None:
    document = parse(EVERY_FIELD.read_bytes())
    data = document.data
    assert isinstance(data, dict)

    def missing(fields: tuple[Field, ...], data: Any) -> list[str]:  # noqa: ANN401 - plain data
        first = data[0] if isinstance(data, list) else data
        lacking = [field.name for field in fields if field.name not in first]
        return lacking + [
            name
            for field in fields
            if field.fields and field.name in first
            for name in missing(field.fields, first[field.name])
        ]

    assert missing(EXPORTED, data) == []
    assert list(ShapeChecker(SCHEMA).errors(data)) == []
    assert canonical(document, LAYOUT) == document.text


@pytest.mark.parametrize("name", [field.name for field in EXPORTED if field.name not in NOT_ON_THE_PAGE])
def test_the_page_shows_every_field(name: str, registry: Path, run: Run) -> None:
    document = parse(EVERY_FIELD.read_bytes())
    record = registry / "incidents" / "FI-0400.yaml"

    def page(text: str) -> str:
        record.write_text(text, encoding="utf-8")
        code, out, err = run("show", str(record))
        assert (code, err) == (0, "")
        return out.partition("\nFindings")[0]

    assert page(document.text) != page(apply(document, [Remove((name,))], LAYOUT))


def test_the_scaffold_has_every_field_of_a_draft() -> None:
    text = scaffold({"slug": "x"}, shipped_taxonomy(), schema="x")
    assert [field.name for field in RECORD if field.in_draft] == re.findall(
        r"^(?:# )?([a-z_]+):(?!.*\$schema)", text, re.MULTILINE
    )


def test_the_table_costs_a_start_nothing() -> None:
    probe = "import sys; import ficli.incident.fields; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert not {"json", "jsonschema", "jsonschema_rs", "yaml", "ficli.incident.schema"} & set(done.stdout.split())


WORDS_OF_YAML = {"text", "name", "value", "source", "reason"}
"""Names of fields that are also words for what any text, mapping or error has."""


def test_the_package_for_yaml_knows_no_field() -> None:
    names = {field.name for field in BY_PLACE.values()} - WORDS_OF_YAML
    found = []
    for path in Path(inspect.getfile(Layout)).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found += [(path.name, name) for name in names if "_" in name and name in text]
        for node in ast.walk(ast.parse(text)):
            value = node.value if isinstance(node, ast.Constant) else None
            word = value.decode("latin-1") if isinstance(value, bytes) else value
            if isinstance(word, str) and word.strip(" -:\n|") in names:
                found.append((path.name, word))
        assert "ficli.incident" not in text
    assert found == []
    assert BY_NAME["title"].wide
