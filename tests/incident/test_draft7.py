"""The exact validator says where an error is and what asked for it, where jsonschema alone does not."""

from __future__ import annotations

import pytest

from ficli.incident.draft7 import ExactValidator


def errors(schema: object, data: object) -> list[tuple[list[str | int], list[str | int]]]:
    """List each error by its path in the data and its path in the schema."""
    found = ExactValidator(schema).iter_errors(data)
    return [(list(error.absolute_path), list(error.absolute_schema_path)) for error in found]


def test_a_forbidden_field_is_named() -> None:
    schema = {"properties": {"id": False, "title": True}}

    assert errors(schema, {"id": 1, "title": 2}) == [(["id"], ["properties", "id"])]
    assert errors(schema, {"title": 2}) == []
    assert errors(schema, ["id"]) == []


def test_a_forbidden_field_is_named_within_another() -> None:
    schema = {"properties": {"sources": {"items": {"properties": {"id": False}}}}}

    assert errors(schema, {"sources": [{}, {"id": 1}]}) == [
        (["sources", 1, "id"], ["properties", "sources", "items", "properties", "id"])
    ]


def test_a_condition_is_part_of_the_path() -> None:
    schema = {"allOf": [{}, {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}]}

    assert errors(schema, {"a": 1}) == [([], ["allOf", 1, "if", "then", "required"])]
    assert errors(schema, {}) == [([], ["allOf", 1, "if", "else", "required"])]
    assert errors(schema, {"a": 1, "b": 1}) == []


def test_a_condition_without_a_consequence_asks_for_nothing() -> None:
    assert errors({"if": {"required": ["a"]}}, {"a": 1}) == []


@pytest.mark.parametrize(
    ("text", "fits"), [("abc", True), ("abc\n", False), ("abc\nabc", False), ("x", False), (5, True)]
)
def test_a_pattern_ends_at_the_end_of_the_text(text: object, *, fits: bool) -> None:
    assert (errors({"pattern": "^[a-c]+$"}, text) == []) is fits


def test_a_pattern_without_an_end_is_searched_for() -> None:
    assert errors({"pattern": "^https?://"}, "https://example.org") == []
    assert errors({"pattern": "\\S"}, " a ") == []
