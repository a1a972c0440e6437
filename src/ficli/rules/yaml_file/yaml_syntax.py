"""A record cannot be read as YAML.

What: the file is not YAML 1.2, so that no field of it can be trusted.
Why: a file that one program reads one way and another not at all loses its record without a word.

Bad:

    title: Chatbot invents a refund rule: Example Bank pays
    severity: medium

Good:

    title: "Chatbot invents a refund rule: Example Bank pays"
    severity: medium

Fix: put a text that holds `: ` or ` #` in quotes, close every quote and bracket, and indent with spaces, never
with tabs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.yaml.flaws import FlawKind

if TYPE_CHECKING:
    from ficli.rules.contract import Problem, RecordContext

RULE = Rule("yaml-syntax", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the place of the syntax error."""
    return record.flaws(FlawKind.SYNTAX)
