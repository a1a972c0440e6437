"""jsonschema's validator for draft-07, with errors that have their place and their cause.

As shipped, it loses the name of a field that the schema `false` forbids, leaves `if` out of an error's path,
and lets `$` in a pattern match before a final line break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema.exceptions import ValidationError
from jsonschema.validators import Draft7Validator, extend

Errors = Iterator[ValidationError]


def _properties(validator: Any, wanted: Mapping[str, Any], instance: object, _schema: object) -> Errors:  # noqa: ANN401
    if not isinstance(instance, dict):
        return
    for name, subschema in wanted.items():
        if name in instance:
            for error in validator.descend(instance[name], subschema, path=name, schema_path=name):
                if subschema is False:
                    error.path.appendleft(name)
                    error.schema_path.appendleft(name)
                yield error


def _pattern(_validator: object, pattern: str, instance: object, _schema: object) -> Errors:
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"does not match {pattern}")


def _if(validator: Any, condition: object, instance: object, schema: Mapping[str, Any]) -> Errors:  # noqa: ANN401
    branch = "then" if validator.evolve(schema=condition).is_valid(instance) else "else"
    if branch in schema:
        for error in validator.descend(instance, schema[branch], schema_path=branch):
            error.schema_path.appendleft("if")
            yield error


_extend: Any = extend  # the stubs leave it untyped
ExactValidator: Any = _extend(Draft7Validator, {"properties": _properties, "pattern": _pattern, "if": _if})
"""A validator class: `ExactValidator(schema).iter_errors(data)`."""
