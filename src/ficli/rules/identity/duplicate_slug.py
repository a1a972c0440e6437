"""Two records have the same slug.

What: the same `slug`, in whatever case, stands in two files, drafts and tombstones included.
Why: the slug is the address of the page, and an address is never given away: a merged or removed record still
answers there.

Bad:

    # file: incidents/FI-0001.yaml
    slug: example-bank-chatbot-refunds
    # file: incidents/FI-0002.yaml
    slug: example-bank-chatbot-refunds

Good:

    # file: incidents/FI-0001.yaml
    slug: example-bank-chatbot-refunds
    # file: incidents/FI-0002.yaml
    slug: example-shop-chatbot-discounts

Fix: give the record that is not published yet another slug.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("duplicate-slug", Severity.ERROR, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each record whose slug another one has; a draft comes after published records."""
    for entry, first in index.repeats(lambda entry: entry.slug.casefold()):
        yield IndexProblem(entry.path, _problem(entry, first))


def _problem(entry: IndexEntry, first: IndexEntry) -> Problem:
    return Problem(
        at=("slug",),
        message=f"{quoted(entry.slug)} is also the slug of {quoted(first.path)}",
        help="a slug is never used twice: give the record that is not published yet another",
        related=(Label(("slug",), "first given here", path=first.path),),
    )
