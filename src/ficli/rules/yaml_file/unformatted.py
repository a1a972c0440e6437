"""A file is not in the usual layout.

What: the fields are not in the usual order, or not indented by two columns a level; a long text is no block, or wider
than 120 columns; there are Windows line ends, blanks at the end of a line or empty lines to spare; a text such as `NO`,
`on` or `12:30` is not in quotes, and older readers of YAML take it for a truth value or a number: whatever `ficli fmt`
would change.
Why: when every record is laid out alike, a reviewer sees in a change only what was changed.

Bad:

    # file: incidents/FI-0001.yaml
    id: FI-0001
    schema_version: 1
    slug: example-bank-chatbot-refunds
    status: removed
    title: Chatbot of Example Bank promises refunds that do not exist
    reason: The organization showed that the answers were written by a person.
    retired_date: 2026-10-01

Good:

    # file: incidents/FI-0001.yaml
    schema_version: 1
    id: FI-0001
    slug: example-bank-chatbot-refunds
    status: removed
    title: Chatbot of Example Bank promises refunds that do not exist
    reason: The organization showed that the answers were written by a person.
    retired_date: 2026-10-01

Fix: run `ficli fmt`, which keeps every value and comment; `--fix` does the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ficli.diagnostics import FieldPath, Fix, Fixable, Reformat, Rule, Scope, Severity
from ficli.incident.fields import LAYOUT
from ficli.incident.shape import ShapeKind
from ficli.rules.contract import FILE, Offsets, Problem, ProblemPlace, RecordContext
from ficli.wording import quoted
from ficli.yaml.layout import is_canonical, what_differs
from ficli.yaml.order import names
from ficli.yaml.quoting import is_surely_quoted, quotes

RULE = Rule("unformatted", Severity.WARNING, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)

_WITHOUT_A_PLACE = (ShapeKind.UNKNOWN, ShapeKind.DERIVED)
"""Fields that have no place in the usual order."""

_BLANKS_AT_A_LINE_END = re.compile(rb"[ \t]+$", re.MULTILINE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Check for the usual layout, and report what differs if that is easily seen."""
    if (record.document and record.document.flaws) or any(record.shape_of(*_WITHOUT_A_PLACE)):
        return  # to be mended first
    if any(error.reads_as_text for error in record.shape):
        return  # `wrong-type` asks for the quotes
    if not isinstance(record.data, dict) or is_canonical(record.raw, record.data, LAYOUT, lambda: record.parsed):
        return
    difference = _out_of_order(record.data, ()) or _without_quotes(record) or _Difference(FILE, _untidy(record))
    yield Problem(
        at=difference.at,
        message=difference.message,
        help="run `ficli fmt`: it keeps every value and comment",
        fix=Fix("write this file in the usual layout", (Reformat(),)),
        on_key=True,
    )


class _Difference(NamedTuple):
    """A place where a file is not in the usual layout."""

    at: ProblemPlace
    message: str


def _without_quotes(record: RecordContext) -> _Difference | None:
    """Return the first text that a reader of YAML 1.1 takes for something else."""
    patches = () if is_surely_quoted(record.raw, record.data, LAYOUT) else quotes(record.parsed, LAYOUT)
    first = min(patches, key=lambda patch: patch.start, default=None)
    if first is None:
        return None
    message = f"{quoted(record.parsed.text[first.start : first.end])} is not text to every reader: quotes are missing"
    return _Difference(Offsets(first.start, first.end), message)


def _out_of_order(data: object, path: FieldPath) -> _Difference | None:
    """Return the first two fields in the wrong order, outer ones first; data is at most 32 deep."""
    if isinstance(data, dict):
        place = names(path)
        for upper, lower in pairwise(data):
            if LAYOUT.rank(place, upper) > LAYOUT.rank(place, lower):
                message = f"the fields are not in the usual order: {quoted(lower)} stands below {quoted(upper)}"
                return _Difference((*path, lower), message)
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return next((found for step, value in inner if (found := _out_of_order(value, (*path, step)))), None)


def _untidy(record: RecordContext) -> str:
    raw = record.raw
    if b"\r" in raw:
        return "this file has Windows line ends"
    if _BLANKS_AT_A_LINE_END.search(raw):
        return "this file has blanks at the end of a line"
    if not raw.endswith(b"\n"):
        return "this file does not end with a line end"
    return what_differs(record.parsed, LAYOUT) or "this file has empty lines to spare"
