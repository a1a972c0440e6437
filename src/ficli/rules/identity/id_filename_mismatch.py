"""A file is not named after its record.

What: a record's file is not named after its `id`, or a draft's file not after its `slug`.
Why: the file name is the address: it finds a record without a search, and it makes git refuse two branches that
take the same number.

Bad:

    # file: incidents/FI-0002.yaml
    id: FI-0001

Good:

    # file: incidents/FI-0001.yaml
    id: FI-0001

Fix: rename the file. An ID that has been published never changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import is_placeholder
from ficli.registry.layout import DRAFTS, SUFFIX
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("id-filename-mismatch", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the file's name with the ID, or with the slug of a draft."""
    in_drafts = record.file.folder == DRAFTS
    name = "slug" if in_drafts else "id"
    value, stem = record.record.text(name), record.file.stem
    if not value or value == stem:
        return
    is_draft = record.record.status == "draft"
    is_wrong_in_itself = is_placeholder(value) or any(error.path == (name,) for error in record.shape)
    if is_draft is not in_drafts or is_wrong_in_itself:
        return  # other rules say so, and what they ask for comes first
    rule = f"a draft's file is named after its slug, {quoted(value)}" if is_draft else f"the ID is {quoted(value)}"
    yield Problem(
        at=(name,),
        message=f"this file is named {quoted(stem)}, but {rule}",
        help=f"rename the file to {quoted(value + SUFFIX)}",
    )
