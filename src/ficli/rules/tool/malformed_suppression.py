"""A comment speaks to ficli in words that it does not know.

What: a comment starts with `# ficli:` and does not go on with `allow[rule-name] reason`.
Why: it allows nothing, and whoever wrote it believes that it does.

Bad:

    # ficli: ignore cut-slug, the word is a brand
    slug: example-bank-chatbot-promises-refunds

Good:

    slug: example-bank-chatbot-promises-refunds

Fix: write `# ficli: allow[rule-name] reason`, or delete the comment.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Offsets, Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("malformed-suppression", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the comments that start as one for ficli and allow nothing."""
    for comment in record.suppressions:
        if not comment.names and record.document is not None:
            written = record.document.text[comment.start : comment.end]
            yield Problem(
                at=Offsets(comment.start, comment.end),
                message=f"{quoted(written)} allows nothing",
                help="write `# ficli: allow[rule-name] reason`, with the name of a rule",
            )
