"""The JSON Schemas: the shipped ones, their form for a registry, and the check of a record against them.

jsonschema-rs, which is fast, decides whether a record is valid; jsonschema, which is exact, reports
what is wrong and decides in doubt.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol, cast

from ficli.incident.ids import format_id, id_pattern

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from ficli.config import Config
    from ficli.incident.taxonomy import Taxonomy, Term

Schema = dict[str, Any]
SCHEMAS = ("incident", "taxonomy", "config", "diagnostics", "index")
_SHIPPED_ID_PATTERN = "^FI-[0-9]{4,}$"
_SHIPPED_ID = "FI-0232"
_MOST_VALIDATORS = 100


def data_file(name: str) -> bytes:
    """Return the bytes of a file that is shipped with the package."""
    return (files("ficli.incident") / "data" / name).read_bytes()


@cache
def _shipped(name: str) -> Schema:
    return cast("Schema", json.loads(data_file(f"{name}.schema.json")))


def shipped_schema(name: str) -> Schema:
    """Return a schema of `SCHEMAS` as published; the caller may change it."""
    return copy.deepcopy(_shipped(name))


def registry_schema(taxonomy: Taxonomy, config: Config) -> Schema:
    """Return the incident schema for a registry: with its vocabulary, and the form of its IDs."""
    schema = shipped_schema("incident")
    _set_id_form(schema, id_pattern(config.id_prefix, config.id_digits), format_id(232, config))
    return with_terms(schema, taxonomy)


def with_terms(schema: Schema, taxonomy: Taxonomy) -> Schema:
    """Write the terms of a vocabulary into the incident schema, which changes, and return it."""
    record, source = schema["properties"], schema["definitions"]["source"]["properties"]
    record["failure_mode"]["oneOf"] = _choices(taxonomy.failure_modes.values())
    record["ai_surface"]["oneOf"] = _choices(taxonomy.ai_surfaces.values())
    record["severity"]["oneOf"] = _choices(taxonomy.severities.values())
    record["industry"]["oneOf"] = _choices(taxonomy.industries.values())
    source["kind"]["oneOf"] = _choices(taxonomy.source_kinds.values())
    return schema


def _choices(terms: Any) -> list[Schema]:  # noqa: ANN401 - any kind of term
    return [_choice(term) for term in terms]


def _choice(term: Term) -> Schema:
    return {"const": term.slug, "description": term.definition}


def _set_id_form(node: object, pattern: str, example: str) -> None:
    if isinstance(node, dict):
        if node.get("pattern") == _SHIPPED_ID_PATTERN:
            node["pattern"] = pattern
            node["description"] = node["description"].replace(_SHIPPED_ID, example)
            node["examples"] = [example]
        for value in node.values():
            _set_id_form(value, pattern, example)
    elif isinstance(node, list):
        for value in node:
            _set_id_form(value, pattern, example)


class _FastError(Protocol):
    instance_path: Sequence[str | int]


class _FastValidator(Protocol):
    def is_valid(self, instance: object) -> bool: ...
    def iter_errors(self, instance: object) -> Iterator[_FastError]: ...


class ShapeChecker:
    """Checks data against one schema, and yields the errors."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._fast = _fast_validator(schema)
        self._exact: dict[frozenset[str] | None, Any] = {}

    def accepts(self, data: object) -> bool:
        """Return whether data certainly matches the schema; False if only `errors` can decide."""
        if self._fast is None:
            return next(self.errors(data), None) is None
        try:
            return self._fast.is_valid(data)
        except (ValueError, TypeError, OverflowError):
            return False

    def errors(self, data: object) -> Iterator[ValidationError]:
        """Yield every error of the data, in the order of the schema."""
        yield from self._validator(self._suspects(data)).iter_errors(data)

    def _suspects(self, data: object) -> frozenset[str] | None:
        """Return the fields that may have an error, so that the others need no closer check; None for all."""
        if self._fast is None or not isinstance(data, dict):
            return None
        try:
            return frozenset(
                str(error.instance_path[0]) for error in self._fast.iter_errors(data) if error.instance_path
            )
        except (ValueError, TypeError, OverflowError):
            return None

    def _validator(self, suspects: frozenset[str] | None) -> Any:  # noqa: ANN401 - the classes are made at run time
        """Return an exact validator for data that is valid except for these fields, and for the data as a whole."""
        if suspects not in self._exact:
            from ficli.incident.draft7 import ExactValidator

            schema = self.schema
            if suspects is not None and "properties" in schema:
                fields = {name: field if name in suspects else True for name, field in schema["properties"].items()}
                # The schema `True` accepts anything: fields that the fast validator accepted cost nothing here.
                schema = {**schema, "properties": fields}
            # Each set of wrong fields has its own validator, so that hostile records must not fill the memory.
            if len(self._exact) >= _MOST_VALIDATORS:
                self._exact.clear()
            self._exact[suspects] = ExactValidator(schema)
        return self._exact[suspects]


def _fast_validator(schema: Schema) -> _FastValidator | None:
    try:
        import jsonschema_rs
    except ImportError:
        return None
    return cast("_FastValidator", jsonschema_rs.Draft7Validator(schema))
