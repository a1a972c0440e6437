"""The JSON Schemas: as shipped, made a registry's own, and asked whether a record has the right shape.

Whether a record is fine is asked of jsonschema-rs, which is fast; what is wrong with it is asked of
jsonschema, which is exact and has the last word.
"""

from __future__ import annotations

import copy
import json
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol, cast

from ficli.incident.ids import format_id, id_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

    from ficli.config import Config
    from ficli.incident.taxonomy import Taxonomy, Term

Schema = dict[str, Any]
SCHEMAS = ("incident", "taxonomy", "config", "diagnostics", "index")
_SHIPPED_ID_PATTERN = "^FI-[0-9]{4,}$"
_SHIPPED_ID = "FI-0232"


def data_file(name: str) -> bytes:
    """Read a file that is shipped with the package."""
    return (files("ficli.incident") / "data" / name).read_bytes()


@cache
def _shipped(name: str) -> Schema:
    return cast("Schema", json.loads(data_file(f"{name}.schema.json")))


def shipped_schema(name: str) -> Schema:
    """Give a schema of `SCHEMAS` as published, for the caller to change as it likes."""
    return copy.deepcopy(_shipped(name))


def registry_schema(taxonomy: Taxonomy, config: Config) -> Schema:
    """Make the incident schema a registry's own: its vocabulary, and the form of its IDs."""
    schema = shipped_schema("incident")
    _set_id_form(schema, id_pattern(config.id_prefix, config.id_digits), format_id(232, config))
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


class _FastValidator(Protocol):
    def is_valid(self, instance: object) -> bool: ...


class ShapeChecker:
    """Answers for one schema whether data has its shape, and if not, where."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._fast = _fast_validator(schema)

    def accepts(self, data: object) -> bool:
        """Tell whether data surely has the right shape; False may mean that only `errors` can tell."""
        if self._fast is None:
            return next(self.errors(data), None) is None
        try:
            return self._fast.is_valid(data)
        except (ValueError, TypeError, OverflowError):
            return False

    def errors(self, data: object) -> Iterator[ValidationError]:
        """Yield every error of the data, in the order of the schema."""
        yield from self._exact.iter_errors(data)

    @cached_property
    def _exact(self) -> Any:  # noqa: ANN401 - jsonschema's validator classes are made at run time
        from ficli.incident.draft7 import ExactValidator

        return ExactValidator(self.schema)


def _fast_validator(schema: Schema) -> _FastValidator | None:
    try:
        import jsonschema_rs
    except ImportError:
        return None
    return cast("_FastValidator", jsonschema_rs.Draft7Validator(schema))
