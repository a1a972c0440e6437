"""A record lies in the wrong folder for its status.

What: a draft lies under `incidents/`, or a published, merged or removed record under `drafts/`.
Why: what lies under `incidents/` is the public index. A draft there would be cited before anybody reviewed it,
and a record under `drafts/` would vanish from its address.

Bad:

    # file: drafts/example-bank-chatbot-refunds.yaml
    id: FI-0001
    slug: example-bank-chatbot-refunds
    status: published

Good:

    # file: incidents/FI-0001.yaml
    id: FI-0001
    slug: example-bank-chatbot-refunds
    status: published

Fix: move the file. A draft that is published gets its ID, and its place, at the same time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.registry.layout import DRAFTS, INCIDENTS
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("status-folder-mismatch", Severity.ERROR, Scope.FILE, since="0.1.0")

_FOLDER_OF = {"draft": DRAFTS, "published": INCIDENTS, "merged": INCIDENTS, "removed": INCIDENTS}


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the folder with the status."""
    status, folder = record.record.status, record.file.folder
    due = _FOLDER_OF.get(status, folder)
    if due == folder:
        return
    yield Problem(
        at=("status",),
        message=f"a record with {quoted(f'status: {status}')} lies under `{folder}/`, not under `{due}/`",
        help=_help(status, record.record.id),
    )


def _help(status: str, identifier: str) -> str:
    if status == "draft":
        return f"move the file to `{DRAFTS}/`"
    if identifier:
        return f"move the file to {quoted(f'{INCIDENTS}/{identifier}.yaml')}"
    return "write `status: draft`"
