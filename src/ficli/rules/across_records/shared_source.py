"""One article stands behind two records.

What: two records cite the same page, are not `related`, and have too little else in common to be one event.
Why: an article may well tell of several incidents. Then a reader of one is served by a link to the other; else the
source was put into the wrong record.

Bad:

    # file: incidents/FI-0042.yaml
    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: company-statement
        title: Statement on answers of our chatbot
        url: https://bank.example.com/statements/chatbot
        publisher: Example Bank
        published: 2025-05-12
    # file: incidents/FI-0043.yaml
    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://www.news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: company-statement
        title: On our assistant
        url: https://shop.example.com/news/assistant
        publisher: Example Shop
        published: 2024-12-02

Good:

    related: []

Fix: name each under `related` of the other if the article tells of both; else take the source out of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.registry.duplicates import FeatureKind, are_related
from ficli.rules.contract import IndexContext, IndexProblem, Label, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.index_entry import IndexEntry

RULE = Rule("shared-source", Severity.INFO, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Yield each source that an earlier record has too; a draft comes after published records."""
    reported = index.duplicates_by(FeatureKind.PAGE)
    first_with: dict[str, tuple[IndexEntry, int]] = {}
    for entry in index.drafts_last:
        for number, page in enumerate(entry.sources):
            if not page:
                continue
            first, place = first_with.setdefault(page, (entry, number))
            if first is not entry and not are_related(entry, first) and entry.path not in reported:
                yield IndexProblem(entry.path, _problem(number, first, place))


def _problem(number: int, first: IndexEntry, place: int) -> Problem:
    return Problem(
        at=("sources", number, "url"),
        message=f"source {number + 1} is also source {place + 1} of {quoted(first.id or first.path)}",
        help="name each under `related` of the other if the article tells of both",
        related=(Label(("sources", place, "url"), "the same page", path=first.path),),
    )
