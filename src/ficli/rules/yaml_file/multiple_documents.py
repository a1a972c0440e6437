"""A file holds more than one YAML document.

What: a `---` line starts a second document in the file.
Why: one file is one record, and its name is the record's ID; a second one would have no name and no address.

Bad:

    steward_note: First document.
    ---
    steward_note: Second document.

Good:

    steward_note: One document.

Fix: move the second document to a file of its own, or delete it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.yaml.flaws import FlawKind

if TYPE_CHECKING:
    from ficli.rules.contract import Problem, RecordContext

RULE = Rule("multiple-documents", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the place where a further document starts."""
    return record.flaws(FlawKind.MULTIPLE_DOCUMENTS)
