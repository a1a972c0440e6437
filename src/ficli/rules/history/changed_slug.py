"""A record has another slug than before.

What: a record that was published, merged or removed in the base is there with another `slug`.
Why: the slug is the address of its page, and links to the old one would break. A slug is suggested once and then
frozen; a better title does not change it.

Bad:

    # before
    slug: example-bank-chatbot-promises-refunds
    # after
    slug: example-bank-chatbot-refunds

Good:

    # before
    slug: example-bank-chatbot-promises-refunds
    # after
    slug: example-bank-chatbot-promises-refunds

Fix: write the old slug again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexProblem, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.rules.history_context import HistoryContext

RULE = Rule("changed-slug", Severity.ERROR, Scope.HISTORY, since="0.1.0")


def check(past: HistoryContext) -> Iterator[IndexProblem]:
    """Yield each record with another slug; a missing one is left to another rule."""
    for before, after in past.kept:
        old, new = before.record.slug, after.record.slug
        if old and new and old != new:
            yield IndexProblem(
                after.path,
                Problem(
                    at=("slug",),
                    message=f"the slug was {quoted(old)} and is {quoted(new)} now",
                    label=f"was {quoted(old)}",
                    help="write the old slug again: it is the address of the page",
                ),
            )
