"""A record uses YAML that is more than plain data.

What: an anchor (`&name`), an alias (`*name`), a merge key (`<<`) or a tag (`!name`) stands in the file.
Why: an alias shows a reader a name where a value should be, a few of them can grow to gigabytes, and a tag can
make a careless program run code. A record is plain data that reads the same everywhere.

Bad:

    what_happened: &account The chatbot promised refunds that the bank does not give.
    steward_note: *account

Good:

    what_happened: The chatbot promised refunds that the bank does not give.
    steward_note: The bank has since changed the answer.

Fix: write the value out where it is meant; put a text that starts with `&`, `*` or `!` in quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.yaml.flaws import FlawKind

if TYPE_CHECKING:
    from ficli.rules.contract import Problem, RecordContext

RULE = Rule("yaml-feature", Severity.ERROR, Scope.FILE, since="0.1.0", essential=True)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the place of each anchor, alias, merge key and tag."""
    return record.flaws(FlawKind.FEATURE)
