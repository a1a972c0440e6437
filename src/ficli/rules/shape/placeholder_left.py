"""A text is still to be written.

What: a value starts with `TODO`, or is nothing but `FIXME`, `TBD` or `XXX`.
Why: such words stand where only a person can know the answer; in the published index they would be
read as one.

Bad:

    summary: "TODO: one to three sentences on what happened"

Good:

    summary: A support chatbot of Example Bank told customers that every fee is refunded, which is not the case.

Fix: write what the sources support, or delete an optional field.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity, field_name
from ficli.incident.record import texts_in
from ficli.incident.shape import PLACEHOLDERS, is_placeholder
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("placeholder-left", Severity.ERROR, Scope.FILE, since="0.1.0")

_MARKS = tuple(word.encode() for word in PLACEHOLDERS)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the texts that are still to be written."""
    if not any(mark in record.raw for mark in _MARKS):
        return
    for path, text in texts_in(record.data):
        if is_placeholder(text):
            yield Problem(
                at=path,
                message=f"{quoted(field_name(path))} is still to be written: {quoted(text)}",
                help="write what the sources support, or delete the field if it is optional",
            )
