"""A field holds another type of value than it takes.

What: a number, a truth value, a list, a mapping or nothing stands where something else belongs, or the whole
file is no mapping of fields.
Why: YAML reads `2024` as a number and `4.10` as `4.1`; a program that expects text breaks, or loses the zero.

Bad:

    incident_date: 2025

Good:

    incident_date: "2025"

Fix: put text that looks like a number or a truth value in quotes (`--fix` does); write a list with `- ` before
each item.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Fix, Fixable, ReplaceText, Rule, Scope, Severity
from ficli.incident.fields import TEXTS
from ficli.incident.shape import ShapeError, ShapeKind, describe
from ficli.rules.contract import FILE, Offsets, Problem, RecordContext
from ficli.wording import quoted
from ficli.yaml import emit
from ficli.yaml.comments import cut_text
from ficli.yaml.nodes import Scalar
from ficli.yaml.order import names

if TYPE_CHECKING:
    from ficli.yaml.nodes import Node

RULE = Rule("wrong-type", Severity.ERROR, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)

_HELP = {
    "text": "write a text, or delete the field if it is optional",
    "a list": "write each item on a line of its own, behind `- `",
    "a mapping of fields": "write its fields on lines of their own, further in",
    "a number": "write digits and a decimal point, nothing else",
    "a whole number": "write digits, nothing else",
    "`true` or `false`": "write `true` or `false`, without quotes",
}

_BRACKETS = {"[": "a list", "{": "a mapping", "?": "a key", "-": "a list", ":": "a mapping"}
"""Marks of which a text may start, and what YAML takes them for."""


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each value of a wrong type, with the expected one."""
    for error in record.shape_of(ShapeKind.TYPE):
        if error.path == FILE:
            yield _no_record(record, error)
        elif record.document and (node := record.document.node(error.path)) and error.reads_as_text:
            yield _unquoted(error, node, record.document.text[node.start : node.end])
        else:
            yield _cut_off(record, error) or _other(record, error)


def _no_record(record: RecordContext, error: ShapeError) -> Problem:
    if error.value is None:
        message = "this file holds only comments" if record.raw.strip() else "this file is empty"
        return Problem(at=FILE, message=message, help="write a record, or delete the file")
    message, _ = describe(error)
    return Problem(at=FILE, message=message, help="start each line with a field's name, as in `title: …`")


def _other(record: RecordContext, error: ShapeError) -> Problem:
    message, help_ = describe(error)
    return Problem(
        at=error.path, message=message, help=_mark_read(record, error) or help_ or _HELP.get(error.expected, "")
    )


def _cut_off(record: RecordContext, error: ShapeError) -> Problem | None:
    """Return the problem of a text whose first character made it a comment; None for others."""
    node = record.document.node(error.path) if record.document and names(error.path) in TEXTS else None
    if record.document is None or not isinstance(node, Scalar) or node.start < node.end:
        return None
    cut = cut_text(record.document.text, node, 0)
    if cut is None:
        return None
    message, _ = describe(error)
    edit = ReplaceText(node.start, cut.end, f" {emit.inline(cut.text)}")
    return Problem(
        at=Offsets(cut.start, cut.end),
        message=f"{message}: {quoted(cut.text)} is read as a comment",
        help="put the value in quotes",
        fix=Fix("put the value in quotes", (edit,), safe=False),
        field=error.path,
    )


def _mark_read(record: RecordContext, error: ShapeError) -> str:
    """Return the help for a value that is of another type because of the mark it starts with; empty for others."""
    node = record.document.node(error.path) if record.document else None
    if record.document is None or node is None:
        return ""
    line = record.document.lines.line_text(record.document.span(node.start, node.start).line).strip(" -")
    mark = record.document.text[node.start : node.start + 1]
    if error.expected == "text" and mark in _BRACKETS and isinstance(error.value, list | dict):
        return f"put the value in quotes if it is text: YAML reads {quoted(mark)} as the start of {_BRACKETS[mark]}"
    if error.expected == "a list" and isinstance(error.value, str) and mark == "-":
        return f"a space is missing after the dash: write {quoted('- ' + line)}"
    return ""


def _unquoted(error: ShapeError, node: Node, written: str) -> Problem:
    message, _ = describe(error)
    text = f'"{written}"'
    return Problem(
        at=error.path,
        message=message.replace(quoted(error.value), quoted(written)),  # `4.10`, not what YAML makes of it
        help=f"put it in quotes: {quoted(text)}",
        fix=Fix("put the value in quotes", (ReplaceText(node.start, node.end, text),)),
    )
