"""Schema errors in a curator's words: each mistake once, at the deepest field.

jsonschema finds the errors; this module sorts them into kinds, drops the ones that follow from another,
and describes each in one sentence. Rules, the taxonomy and the configuration use the same sentences.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ficli.diagnostics import FieldPath, field_name
from ficli.incident.fields import ASSIGNED, date_at
from ficli.wording import counted, listed, nearest, quoted

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from ficli.incident.schema import Schema, ShapeChecker

DERIVED = frozenset({
    "wing", "what", "url", "page_url", "page", "citation", "confidence", "independence", "independent_sources",
    "source_count", "sources_count", "number_of_sources", "named",
})  # fmt: skip
"""Names of derived values that people type by mistake: see "Derived, never typed" in the record format."""

_FEW_NAMES = 14
_FEW_VALUES = 40
_CODE_LENGTH = 2
"""For a code of two letters, such as a country's, no correction is suggested: any other one may be meant."""

PLACEHOLDERS = ("TODO", "FIXME", "TBD", "XXX")
"""Words that people write for a text that is still to be written."""

_PLACEHOLDER = re.compile(rf"\s*(TODO(?![\w-])|({'|'.join(PLACEHOLDERS)})[\s.:!]*\Z)")


class ShapeKind(StrEnum):
    """The kinds of mistake; each has its own rule."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    DERIVED = "derived"
    ASSIGNED = "assigned"
    MISPLACED = "misplaced"
    TYPE = "type"
    VALUE = "value"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class ShapeError:
    """One mistake.

    Attributes:
        kind: the kind of mistake.
        path: the field; for a missing one, the mapping that lacks it.
        value: the present value (None for a missing field).
        name: the missing or unknown field.
        expected: the expected value, in words.
        allowed: every allowed value, if they can be listed.
        known: the field names that are known in the same mapping.
        because: the field values that require or forbid it, such as `{"status": "draft"}`.

    """

    kind: ShapeKind
    path: FieldPath
    value: object = None
    name: str = ""
    expected: str = ""
    allowed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    because: Mapping[str, str] = field(default_factory=dict)

    @property
    def reads_as_text(self) -> bool:
        """Whether only quotes are missing: a text is expected, and the value is a number or a truth value."""
        return (
            self.kind is ShapeKind.TYPE
            and self.expected == "text"
            and not self.allowed
            and isinstance(self.value, bool | int | float)
        )

    @property
    def near(self) -> str:
        """The allowed value or known name that was probably meant, or empty."""
        if self.kind is ShapeKind.VALUE and isinstance(self.value, str):
            if len(self.value) <= _CODE_LENGTH:
                return next((code for code in self.allowed if code.casefold() == self.value.casefold()), "")
            return next(iter(nearest(self.value, self.allowed)), "")
        if self.kind is ShapeKind.UNKNOWN:
            return next(iter(nearest(self.name, self.known)), "")
        return ""


def is_placeholder(text: str) -> bool:
    """Return whether a text is still to be written: `TODO: the docket number`, or `TBD` alone."""
    return _PLACEHOLDER.match(text) is not None


def shape_errors(data: object, checker: ShapeChecker, *, record: bool = True) -> list[ShapeError]:
    """Return the schema errors of data, each mistake once, in the order of the fields' paths.

    Args:
        data: plain data.
        checker: holds the schema.
        record: whether the data is a record, since other rules report some of its mistakes in more detail.

    """
    found: dict[tuple[FieldPath, str], ShapeError] = {}
    for raw in checker.errors(data):
        for error in _sorted_out(raw, checker.schema):
            kept = found.setdefault((error.path, error.name), error)
            if kept.kind is ShapeKind.VALUE and error.kind is ShapeKind.TYPE:
                found[error.path, error.name] = error
    for path, number in _numbers_without_end(data):
        found[path, ""] = ShapeError(ShapeKind.VALUE, path, number, expected="a finite number")
    misspelt = {(error.path[:-1], error.near) for error in found.values() if error.kind is ShapeKind.UNKNOWN}
    errors = [
        error
        for error in found.values()
        if not (error.kind is ShapeKind.MISSING and (error.path, error.name) in misspelt)
        and not (record and _said_elsewhere(error))
    ]
    foreign = [error for error in errors if error.kind is ShapeKind.VERSION]
    return foreign or sorted(errors, key=_by_path)


def _by_path(error: ShapeError) -> tuple[list[tuple[int, str]], str]:
    """Return the sort key of an error: list items by their number, fields by their name."""
    steps = [(step, "") if isinstance(step, int) else (-1, step) for step in error.path]
    return steps, error.name


def _said_elsewhere(error: ShapeError) -> bool:
    """Return whether other rules report an error: text still to be written, and dates."""
    if not isinstance(error.value, str) or error.kind is not ShapeKind.VALUE:
        return False
    return is_placeholder(error.value) or bool(date_at(error.path))


def _sorted_out(error: ValidationError, schema: Schema) -> Iterator[ShapeError]:
    path: FieldPath = tuple(error.absolute_path)
    because = _condition(error, schema)
    value, wanted = _instance(error), _wanted(error)
    match error.validator:
        case "required":
            known = _property_names(error.schema) or _property_names(schema)
            for name in wanted:
                if name not in value:
                    yield ShapeError(ShapeKind.MISSING, path, name=name, known=known, because=because)
        case "additionalProperties":
            known = _property_names(error.schema)
            for key in value:
                if key not in known:
                    name = key if isinstance(key, str) else str(key)
                    kind = ShapeKind.DERIVED if not path and name in DERIVED else ShapeKind.UNKNOWN
                    yield ShapeError(kind, (*path, key), value[key], name, known=known)
        case None:  # the schema `false`: this field may not stand here
            name = str(path[-1]) if path else ""
            in_draft = because.get("status") == "draft" and name in ASSIGNED
            kind = ShapeKind.ASSIGNED if in_draft else ShapeKind.MISPLACED
            yield ShapeError(kind, path, value, name, because=because)
        case "type":
            yield ShapeError(ShapeKind.TYPE, path, value, expected=_type_name(wanted))
        case "const" if path == ("schema_version",):
            yield ShapeError(ShapeKind.VERSION, path, value, expected=str(wanted))
        case "oneOf" | "enum" | "const":
            yield from _not_allowed(error, path)
        case _:
            yield ShapeError(ShapeKind.VALUE, path, value, expected=_expectation(error))


def _wanted(error: ValidationError) -> Any:  # noqa: ANN401 - what stands beside a keyword depends on the keyword
    return error.validator_value


def _instance(error: ValidationError) -> Any:  # noqa: ANN401 - any plain data
    return error.instance


def _not_allowed(error: ValidationError, path: FieldPath) -> Iterator[ShapeError]:
    wanted = _wanted(error)
    if error.validator == "const":
        wanted = [wanted]
    elif error.validator == "oneOf":
        wanted = [choice.get("const") for choice in wanted]
    allowed = tuple(str(choice) for choice in wanted)
    if not isinstance(error.instance, str):
        yield ShapeError(ShapeKind.TYPE, path, error.instance, expected="text", allowed=allowed)
    else:
        description = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
        expected = _in_a_sentence(description)
        yield ShapeError(ShapeKind.VALUE, path, error.instance, expected=expected, allowed=allowed)


def _expectation(error: ValidationError) -> str:
    value, wanted, schema = _instance(error), _wanted(error), error.schema
    match error.validator:
        case "minLength":
            return "text, not an empty one" if wanted == 1 else f"text of at least {counted(wanted, 'character')}"
        case "maxLength":
            return f"at most {counted(wanted, 'character')} (there are {len(value):,})"
        case "minItems":
            return f"at least {counted(wanted, 'item')}"
        case "maxItems":
            return f"at most {counted(wanted, 'item')} (there are {len(value):,})"
        case "uniqueItems":
            return "items that differ from each other"
        case "minimum":
            return f"a number of at least {wanted}"
        case "maximum":
            return f"a number of at most {wanted}"
    description = schema.get("description", "") if isinstance(schema, dict) else ""
    return _in_a_sentence(description) or f"what matches {quoted(wanted)}"


def _in_a_sentence(description: str) -> str:
    """Adapt a schema's description to a line of help."""
    return (
        description[:1].lower() + description[1:].rstrip(".") if description[1:2].islower() else description.rstrip(".")
    )


def _condition(error: ValidationError, schema: Schema) -> dict[str, str]:
    """Return the field values that made the schema require this, from the `if` beside the `then` that failed."""
    steps = list(error.absolute_schema_path)
    if "if" not in steps:
        return {}
    node: Any = schema
    for step in steps[: steps.index("if") + 1]:
        node = node[step]
    return {name: _required_value(rule) for name, rule in node.get("properties", {}).items()}


def _required_value(rule: Mapping[str, Any]) -> str:
    if "const" in rule:
        return str(rule["const"])
    return " or ".join(str(value) for value in rule.get("enum", ()))


def _property_names(schema: object) -> tuple[str, ...]:
    return tuple(schema.get("properties", ())) if isinstance(schema, dict) else ()


def _numbers_without_end(data: object) -> Iterator[tuple[FieldPath, float]]:
    """Yield infinities and not-a-number, which JSON Schema does not cover; iterative, with its own stack."""
    waiting: list[tuple[FieldPath, object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(((*path, key), item) for key, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*path, number), item) for number, item in enumerate(value))
        elif isinstance(value, float) and not math.isfinite(value):
            yield path, value


_TYPES = {
    "object": "a mapping of fields",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "null": "empty",
}


def _type_name(wanted: str | list[str]) -> str:
    names = [wanted] if isinstance(wanted, str) else wanted
    return " or ".join(_TYPES[name] for name in names)


def found_type(value: object) -> str:
    """Describe the type of a value for a curator: "a list", "the number `5`", "empty"."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the truth value {quoted(value)}"
    if isinstance(value, int | float):
        return f"the number {quoted(value)}"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return "a list" if isinstance(value, list) else "a mapping of fields"


def because_of(conditions: Mapping[str, str]) -> str:
    """Describe what requires or forbids a field: "a record with `status: published` and `severity: high`"."""
    if not conditions:
        return ""
    return "a record with " + " and ".join(quoted(f"{name}: {value}") for name, value in conditions.items())


def describe(error: ShapeError) -> tuple[str, str]:
    """Return the message of a mistake, and the help for it."""
    name = quoted(error.name or _last_name(error.path))
    conditions = because_of(error.because)
    match error.kind:
        case ShapeKind.MISSING:
            where = f" in {quoted(field_name(error.path))}" if error.path else ""
            needed = f": {conditions} needs it" if conditions else ""
            return f"{name} is missing{where}{needed}", f"add `{error.name}:`"
        case ShapeKind.UNKNOWN:
            return f"there is no field {name}", _known_names(error)
        case ShapeKind.DERIVED:
            return f"{name} is worked out by ficli, never typed", "delete this field"
        case ShapeKind.ASSIGNED:
            if error.name == "corrections":
                return f"{name} stands in a draft, which has not been public yet", "delete this field"
            return f"{name} stands in a draft, but a record gets it only when it is published", "delete this field"
        case ShapeKind.MISPLACED:
            return f"{name} does not belong in {conditions or 'this place'}", "delete this field"
        case ShapeKind.VERSION:
            found = found_type(error.value)
            return (
                f"`schema_version` is {found}, and this ficli reads version {error.expected}",
                "update ficli",
            )
        case ShapeKind.TYPE:
            allowed = f"; allowed: {listed(error.allowed, last='or')}" if error.allowed else ""
            subject = name if error.path else "the file"
            return (
                f"{subject} must be {error.expected}, but is {found_type(error.value)}",
                allowed.removeprefix("; "),
            )
        case ShapeKind.VALUE:
            return _describe_value(error, name)


def _known_names(error: ShapeError) -> str:
    """Suggest the name that was probably meant, or the few known ones; a long list does not help."""
    if error.near:
        return f"did you mean `{error.near}`?"
    if len(error.known) <= _FEW_NAMES:
        return f"known here: {listed(error.known)}"
    return "delete it, or keep what it says in `tags` or `steward_note`; `ficli schema` lists the fields"


def _last_name(path: FieldPath) -> str:
    """Return the name of a field without its path, and of an item with its list: `title`, `countries[2]`."""
    if not path:
        return "this file"
    return field_name(path[-2:]) if isinstance(path[-1], int) else path[-1]


def _repeated(items: list[object]) -> str:
    """Return the first text that is in a list more than once."""
    return next((item for item in items if isinstance(item, str) and items.count(item) > 1), "")


def _describe_value(error: ShapeError, name: str) -> tuple[str, str]:
    if error.allowed:
        near = f"did you mean `{error.near}`? " if error.near else ""
        few = len(error.allowed) <= _FEW_VALUES
        wanted = f"allowed: {listed(error.allowed, last='or')}" if few else f"expected: {error.expected}"
        return f"{quoted(error.value)} is no allowed value of {name}", near + wanted
    if error.value in ("", [], {}):
        return f"{name} is empty", f"expected: {error.expected}"
    if isinstance(error.value, list) and (repeated := _repeated(error.value)):
        return f"{quoted(repeated)} stands twice in {name}", "delete one of the two"
    if isinstance(error.value, str | int | float):
        return f"{quoted(error.value)} does not fit {name}", f"expected: {error.expected}"
    return f"{name} does not hold what it should", f"expected: {error.expected}"
