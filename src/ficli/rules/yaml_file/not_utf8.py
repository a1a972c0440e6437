"""A file is not UTF-8.

What: the bytes of the file are not text in the encoding UTF-8.
Why: the same bytes read as another encoding are other letters: a name would be misspelled, or lost.

Bad:

    # encoding: latin-1
    steward_note: The café's own statement differs.

Good:

    steward_note: The café's own statement differs.

Fix: save the file as UTF-8 without a byte order mark; every editor offers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.yaml.flaws import FlawKind

if TYPE_CHECKING:
    from ficli.rules.contract import Problem, RecordContext

RULE = Rule("not-utf8", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the place where the bytes stop being UTF-8."""
    return record.flaws(FlawKind.NOT_UTF8)
