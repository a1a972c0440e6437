"""Two records explain what broke in the same words.

What: the mechanism of two records is the same text, eight words or more; capitals, punctuation, numbers and the names
of the record's own organizations do not count.
Why: a mechanism says what broke in this system. A text that fits two incidents has been looked up for neither.

Bad:

    # file: drafts/example-bank-chatbot-refunds.yaml
    mechanism: The model of Example Bank made up an answer, and no guardrail held it back.
    # file: drafts/example-shop-chatbot-discounts.yaml
    mechanism: The model of Example Shop made up an answer, and no guardrail held it back.

Good:

    mechanism: The model was asked about fees without the list of fees, and answered all the same.

Fix: say what is known of this system, or that nothing is; leave the mechanism out where the record does not need one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("boilerplate-mechanism", Severity.WARNING, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record whose mechanism another one has; a draft comes after published records."""
    for entry, first in index.repeats(lambda entry: entry.mechanism):
        yield IndexProblem(entry.path, _problem(first))


def _problem(first: IndexEntry) -> Problem:
    return Problem(
        at=("mechanism",),
        message=f"{quoted(first.path)} explains what broke in the same words",
        help="say what is known of this system, or that nothing is",
        related=(Label(("mechanism",), "told here first", path=first.path),),
        on_key=True,
    )
