"""Posts are all that a record rests on.

What: every source is a post on a social network, a forum or a video platform. A recording, or what a company or an
authority itself has posted, is no mere post, and its `kind` says so.
Why: anybody can post anything, and delete it again.

Bad:

    sources:
      - kind: social
        title: This chatbot just promised me a refund
        url: https://x.com/example/status/1790000000000000001
        publisher: X
        published: 2025-05-09

Good:

    sources:
      - kind: social
        title: This chatbot just promised me a refund
        url: https://x.com/example/status/1790000000000000001
        publisher: X
        published: 2025-05-09
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-10

Fix: add a report, a document or a statement that bears the posts out; or give the post its proper kind, such as
`primary` for a recording of the event.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import is_weak, rests_on_posts

RULE = Rule("social-only", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check for a source that is not a post."""
    if rests_on_posts(record) and not is_weak(record):
        number = len(record.record.sources)
        yield Problem(
            at=("sources",),
            message="the only source is a post" if number == 1 else f"all {number} sources are posts",
            help="add a report, a document or a statement that bears them out",
            on_key=True,
        )
