"""Write the text of a new draft: known fields, a TODO for required ones, and hints for optional ones.

Fields are in canonical order, as `ficli fmt` writes them. A hint becomes a field when `# ` is deleted from the
start of its lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ficli.incident.fields import BY_NAME, LAYOUT, PATH_STEPS, RECORD, Field
from ficli.incident.taxonomy import SEVERE, Taxonomy
from ficli.yaml.emit import emit_entry

if TYPE_CHECKING:
    from ficli.yaml.order import KeyPath
    from ficli.yaml.scalars import PlainData

MODELINE: Final = "# yaml-language-server: $schema={schema}\n"
_ADVICE: Final = (
    "# Write what the sources support in place of each TODO; `ficli validate` names those that are left. Lines that\n"
    "# start with `# ` and a field are optional: take the `# ` off to use one, or delete them.\n"
)


def _todo(field: Field) -> PlainData:
    """Return what the scaffold has in place of a value; None for a field that it leaves out."""
    value: PlainData = f"TODO: {field.hint}" if isinstance(field.hint, str) and field.hint else field.hint or None
    if field.fields:
        value = {inner.name: todo for inner in field.fields if (todo := _todo(inner)) is not None} or None
    return [value] if field.many and value is not None else value


_TODO: Final[dict[str, PlainData]] = {
    field.name: [{}] if field.fields else _todo(field)
    for field in RECORD
    if field.needed and (field.hint or field.fields)
}
"""The fields that a draft must have."""

_OPTIONAL: Final[dict[str, PlainData]] = {
    field.name: todo for field in RECORD if not field.needed and field.in_draft and (todo := _todo(field)) is not None
}
"""The fields that a draft may have."""

_PATH: Final = {step.name: _todo(step) for step in BY_NAME["failure_path"].fields}

FIELDS: Final = ("schema_version", "slug", "status", *sorted({*_TODO, *_OPTIONAL}))
"""Every field that a scaffold can have, known or not."""


def scaffold(known: Mapping[str, Any], taxonomy: Taxonomy, *, schema: str) -> str:
    """Write a draft.

    Args:
        known: the fields of the record that are known, as plain data; a field within a list may be missing too.
        taxonomy: the vocabulary, for the profile of the failure mode.
        schema: the path from the draft to the schema, for editors.

    """
    data = completed(known)
    names = list(dict.fromkeys([*data, *_OPTIONAL]))
    lines = [MODELINE.format(schema=schema), _ADVICE]
    for place in LAYOUT.arranged((), names):
        name = names[place]
        if name == "failure_path":
            lines += _failure_path(data, taxonomy)
        elif name not in data:
            lines.append(_hint(emit_entry(name, _OPTIONAL[name], 0, LAYOUT.quoted_keys)))
        else:
            lines.append(emit_entry(name, canonical_order(data[name], (name,)), 0, LAYOUT.quoted_keys))
            lines.append(_item_hints(name, data[name]))
    return "".join(lines)


def completed(known: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft's data with a TODO for each field that is required and not known."""
    grave = {name: _OPTIONAL[name] for name in ("failure_path", "mechanism")} if known.get("severity") in SEVERE else {}
    data: dict[str, Any] = {"schema_version": 1, **known, "status": "draft"}
    for name, todo in (*_TODO.items(), *grave.items()):
        data.setdefault(name, todo)
    for field in RECORD:
        if field.needed and field.fields and isinstance(items := data[field.name], list):
            todos = {inner.name: _todo(inner) for inner in field.fields if inner.needed}
            data[field.name] = [{**todos, **item} if isinstance(item, dict) else item for item in items]
    return data


def canonical_order(value: Any, place: KeyPath) -> Any:  # noqa: ANN401 - any plain data
    """Return a value with its keys in canonical order, at every depth."""
    if isinstance(value, list):
        return [canonical_order(item, place) for item in value]
    if isinstance(value, dict):
        keys = list(value)
        return {
            key: canonical_order(value[key], (*place, key))
            for key in (keys[position] for position in LAYOUT.arranged(place, keys))
        }
    return value


def _hint(text: str, indent: int = 0) -> str:
    """Comment out whole lines with `# `."""
    pad = " " * indent
    return "".join(f"{pad}# {line[indent:]}\n" for line in text.splitlines())


def _item_hints(name: str, items: object) -> str:
    """Hint at what the last item of a list may have; each item has the same fields."""
    field = BY_NAME.get(name)
    last = items[-1] if isinstance(items, list) and items else None
    if field is None or not field.needed or not isinstance(last, dict):
        return ""
    hints = {inner.name: _todo(inner) for inner in field.fields if not inner.needed and inner.name not in last}
    return _hint(
        "".join(emit_entry(inner, todo, 4, LAYOUT.quoted_keys) for inner, todo in hints.items() if todo is not None), 4
    )


def _failure_path(data: Mapping[str, Any], taxonomy: Taxonomy) -> Iterator[str]:
    """Yield the five steps, each below the typical one of incidents of this mode."""
    mode = taxonomy.failure_modes.get(str(data.get("failure_mode")))
    own = data.get("failure_path")
    steps = own if isinstance(own, dict) else _PATH
    lines = ["failure_path:\n"]
    if mode is not None and own in (None, _PATH):
        lines.insert(0, f"# The profile of {mode.slug} is given step by step; write this incident's own against it.\n")
    for step in (*PATH_STEPS, *(name for name in steps if name not in PATH_STEPS)):
        if mode is not None and step in PATH_STEPS and own in (None, _PATH):
            lines.append(f"  # {mode.profile[step]}\n")
        if step in steps:
            lines.append(emit_entry(step, steps[step], 2, LAYOUT.quoted_keys))
    if own is not None:
        return iter(lines)
    head = 1 if mode is not None else 0
    return iter([*lines[:head], _hint("".join(lines[head:]))])
