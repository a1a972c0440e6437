"""A source was turned down before.

What: the page of a source stands in `rejected.yaml`, where candidates are kept that the index decided against.
Why: somebody has read the article already and had a reason. Writing it up again costs the curator and the reviewer
their time, unless the reason no longer holds.

Bad:

    # file: rejected.yaml
    - url: https://news.example.org/2025/bank-chatbot-refunds
      reason: a demonstration, not a system in production
      date: 2026-01-31
    # file: drafts/example-bank-chatbot-refunds.yaml
    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://www.news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://daily.example.net/2025/bank-chatbot-refunds
        publisher: Example Daily
        published: 2025-05-09

Fix: drop the draft; or, if the reason no longer holds, take the candidate out of `rejected.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ficli.diagnostics import Rule, Scope, Severity
from ficli.registry.layout import REJECTED_FILE
from ficli.rules.contract import IndexContext, IndexProblem, Problem
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.registry.rejected import Rejection

RULE = Rule("rejected-source", Severity.WARNING, Scope.INDEX, since="0.1.0")


def check(index: IndexContext) -> Iterator[IndexProblem]:
    """Look up the page of each source among the rejected ones."""
    rejected = index.settings.rejections.by_page
    if not rejected:
        return
    for entry in index.entries:
        for number, page in enumerate(entry.sources):
            if page in rejected:
                yield IndexProblem(entry.path, _problem(number, rejected[page]))


def _problem(number: int, rejection: Rejection) -> Problem:
    return Problem(
        at=("sources", number, "url"),
        message=f"source {number + 1} was turned down on {rejection.date}: {quoted(rejection.reason)}",
        help=f"drop it, or take it out of `{REJECTED_FILE}` if the reason no longer holds",
    )
