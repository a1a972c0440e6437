r"""A character that nobody can see stands in a record.

What: the file holds a control character, a zero-width character, a bidirectional override or a byte order mark,
as itself or as an escape in a quoted text.
Why: such characters hide words, turn their order around, or drive the terminal of whoever lists the record. Two
titles that look the same would also not be found by the same search.

Bad:

    title: "Chatbot of Example Bank promises \u202Erefunds that do not exist"

Good:

    title: Chatbot of Example Bank promises refunds that do not exist

Fix: delete the character; `--fix` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Fix, Fixable, ReplaceText, Rule, Scope, Severity
from ficli.yaml.flaws import Flaw, FlawKind

if TYPE_CHECKING:
    from ficli.rules.contract import Problem, RecordContext

RULE = Rule("control-character", Severity.ERROR, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the places of such characters, with a fix that removes them."""
    return record.flaws(FlawKind.CONTROL, _fix)


def _fix(flaw: Flaw) -> Fix:
    replacement = flaw.replacement or ""
    title = "replace this character" if replacement else "delete this character"
    return Fix(title, (ReplaceText(flaw.start, flaw.end, replacement),))
