"""A title is not in the style of the index.

What: the title ends with a period, has a blank at its edge, is in Title Case or in capitals, or has more than 120
characters.
Why: a title stands in lists, in citations and in the page's address bar, beside those of all other records; in sentence
case the names stand out, which is what a reader looks for.

Bad:

    title: Bank's Chatbot Promises Customers Refunds That Never Existed

Good:

    title: Bank's chatbot promises customers refunds that never existed

Fix: write the title as a sentence without its period, with capitals for the first word and for names. `--fix` takes
off the period and the blanks; it cannot tell which words are names.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Fix, Fixable, Rule, Scope, SetValue, Severity
from ficli.incident.shape import is_placeholder
from ficli.prose.titles import is_in_capitals, is_title_case, tidied
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("title-style", Severity.WARNING, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)

_LONGEST = 120


def check(record: RecordContext) -> Iterator[Problem]:
    """Check the ends, the capitals and the length of the title."""
    title = record.record.title
    fixed = tidied(title)
    if not fixed or is_placeholder(title):
        return
    if fixed != title:
        yield _untidy(title, fixed)
    if is_title_case(fixed):
        yield _problem(f"the title is in Title Case: {quoted(fixed)}", "give a capital to the first word and to names")
    elif is_in_capitals(fixed):
        yield _problem(f"the title is in capitals: {quoted(fixed)}", "give a capital to the first word and to names")
    if len(fixed) > _LONGEST:
        yield _problem(f"the title has {len(fixed)} characters, more than {_LONGEST}", "leave the rest to the summary")


def _untidy(title: str, fixed: str) -> Problem:
    has_blanks = title != title.strip()
    return Problem(
        at=("title",),
        message="the title has a blank at its edge" if has_blanks else "the title ends with a period",
        help=f"write {quoted(fixed)}",
        fix=Fix("take it off", (SetValue(("title",), fixed),)),
    )


def _problem(message: str, advice: str) -> Problem:
    return Problem(at=("title",), message=message, help=advice)
