"""A comment allows a finding that is not there.

What: `# ficli: allow[rule-name]` stands where that rule finds nothing.
Why: what it was written for is mended, or it stands on the wrong line; either way it would hide the next mistake.

Bad:

    # ficli: allow[cut-slug] the last word is a brand
    slug: example-bank-chatbot-promises-refunds

Good:

    slug: example-bank-chatbot-promises-refunds

Fix: delete the comment, or the one name where others are needed; `--fix` does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ficli.diagnostics import Fix, Fixable, ReplaceText, Rule, Scope, Severity
from ficli.rules.contract import Offsets, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.rules.suppression import Suppression

RULE = Rule("unused-suppression", Severity.WARNING, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)

_NAMES = re.compile(r"\[[^\]]*\]")
_LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)?")
_BLANKS = " \t"


def problem(suppression: Suppression, name: str, text: str, *, essential: bool = False) -> Problem:
    """Return the problem of a comment that hides nothing, or cannot for an essential rule; `text` is the file's.

    Each edit spans the whole comment, so that two of one comment are never made at once.
    """
    help_ = "delete the comment" if suppression.names == (name,) else "delete this name from the comment"
    why = "what it finds can never be allowed" if essential else "nothing here needs it"
    return Problem(
        at=Offsets(suppression.start, suppression.end),
        message=f"this comment allows {quoted(name)}, but {why}",
        help=help_,
        fix=Fix(help_, (_without(suppression, name, text),)),
    )


def _without(suppression: Suppression, name: str, text: str) -> ReplaceText:
    """Return the edit that removes one name from the list, or the comment if nothing else is in it."""
    start, end = suppression.start, suppression.end
    others = [other for other in suppression.names if other != name]
    if others:
        return ReplaceText(start, end, _NAMES.sub(f"[{', '.join(others)}]", text[start:end], count=1))
    start = len(text[:start].rstrip(_BLANKS))
    if suppression.alone and (line_end := _LINE_END.match(text, end)):
        end = line_end.end()
    return ReplaceText(start, end, "")
