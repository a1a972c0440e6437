"""A text breaks off.

What: the title, the summary, the account or the mechanism ends with an ellipsis, a comma, an abbreviation such as
`v.`, or without a stop; of a title only the first three count.
Why: such a text was cut off by a program or a slip, and what is missing is often what matters.

Bad:

    summary: A court sanctioned the attorneys of Example Bank who had cited invented cases in Mata v.

Good:

    summary: A court sanctioned the attorneys of Example Bank who had cited invented cases in Mata v. Avianca.

Fix: write the text to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.fields import ACCOUNT
from ficli.incident.shape import is_placeholder
from ficli.prose.sentences import ends_at_abbreviation
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("cut-sentence", Severity.WARNING, Scope.FILE, since="0.1.0")

_CLOSERS = "\"'”’»›)]*_`"
_BRACKETS = ")]"
_ELLIPSES = ("…", "...", "..")
_UNFINISHED = (",", ";", "-", "–", "—", "&", "(")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•]|[0-9]{1,2}[.)])[ \t]")
_TAIL = 30
_LONGEST_WORD = 300


def check(record: RecordContext) -> Iterator[Problem]:
    """Check how each text ends."""
    for name in ACCOUNT:
        text = record.record.text(name).rstrip()
        if text and breaks_off(text):
            yield _problem(name, text, "breaks off")
        elif name != "title" and lacks_stop(text) and not is_placeholder(text):
            yield _problem(name, text, "ends without a stop")


def breaks_off(text: str) -> bool:
    """Return whether a text, without blanks at its end, certainly continues."""
    return text.endswith(_UNFINISHED) or text.rstrip(_BRACKETS).endswith(_ELLIPSES) or ends_at_abbreviation(text)


def lacks_stop(text: str) -> bool:
    """Return whether prose ends in a word; a list, a paragraph after a colon, and an address are allowed to."""
    bare = text.rstrip(_CLOSERS)
    if not bare or not (bare[-1].isdigit() or bare[-1].lower() != bare[-1].upper()):
        return False
    last_line = bare[bare.rfind("\n") + 1 :]
    is_quoted = bare.rpartition("\n\n")[0].rstrip().endswith(":")
    return not (is_quoted or _LIST_ITEM.match(last_line) or "://" in _last_word(bare))


def _last_word(text: str) -> str:
    return text[-_LONGEST_WORD:].rsplit(maxsplit=1)[-1]


def _tail(text: str) -> str:
    """Return the last few words."""
    tail = text[-_TAIL:]
    if len(text) > _TAIL and not text[-_TAIL - 1].isspace():
        tail = tail.partition(" ")[2] or tail
    return " ".join(tail.split())


def _problem(name: str, text: str, fault: str) -> Problem:
    return Problem(
        at=(name,),
        message=f"{quoted(name)} {fault}: {quoted(_tail(text))}",
        help="write the text to its end",
        piece=_last_word(text),
    )
