"""The fields of the dataset, from its JSON Schema, and the conversion of data to exactly these fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ficli.errors import UsageError
from ficli.incident.schema import Schema, shipped_schema
from ficli.wording import listed, nearest, quoted

STEWARD_NOTE = "steward_note"
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EXACT = 2**53
"""The largest whole number that every JSON reader keeps exactly."""
_LINE_END = re.compile("\r\n?")


def record_fields(chosen: Sequence[str] = (), *, with_steward_notes: bool = False) -> Mapping[str, Schema]:
    """Return the fields of a record with their schemas, in order.

    Args:
        chosen: the names of those that are wanted, in the order wanted; empty for all.
        with_steward_notes: whether to include the steward's commentary.

    Raises:
        UsageError: there is no such field.

    """
    known = shipped_schema("index")["definitions"]["record"]["properties"]
    if not with_steward_notes:
        note = known.pop(STEWARD_NOTE)
        if STEWARD_NOTE in chosen:
            known[STEWARD_NOTE] = note
    for name in chosen:
        if name not in known:
            near = nearest(name, known, most=3)
            message = f"`--fields`: there is no field {quoted(name)}"
            raise UsageError(message, hint=f"did you mean {listed(near, last='or')}?" if near else _all_of(known))
    return {name: known[name] for name in chosen} if chosen else known


def _all_of(known: Mapping[str, Schema]) -> str:
    return f"it is one or more of {listed(known, last='or')}"


def shaped(value: object, field: Schema) -> Any:  # noqa: ANN401 - whatever the schema says
    """Return plain data with exactly the fields of its schema, and all text valid in every format.

    A field that the data lacks is None, or an empty list.
    """
    kind = field_type(field)
    if kind == "array":
        return [shaped(item, field["items"]) for item in value] if isinstance(value, list) else []
    if kind == "object":
        if not isinstance(value, dict):
            return None
        return {name: shaped(value.get(name), inner) for name, inner in field["properties"].items()}
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, int) and abs(value) > _EXACT:
        return float(value) if kind == "number" else None  # no list of sources is as long
    return value


def field_type(field: Schema) -> str:
    """Return the type of a field that may also be null."""
    kind = field["type"]
    return str(kind[0] if isinstance(kind, list) else kind)


def fit(text: str) -> str:
    """Convert a text to one that every format can hold.

    Invalid characters (controls except tab and line feed, half a character, noncharacters) become U+FFFD, and
    every line end a line feed. Marks of direction and invisible characters are text in some languages and stay.
    """
    return _NEVER.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("\n", text))
