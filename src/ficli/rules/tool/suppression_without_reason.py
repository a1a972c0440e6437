"""A comment allows a finding and does not say why.

What: `# ficli: allow[rule-name]` stands without words behind the bracket.
Why: the next curator has to know whether the reason still holds; without one, the comment stays for ever.

Bad:

    # ficli: allow[cut-slug]
    slug: lawyer-fined-over-chatbot-hallucin
    title: Lawyer fined over chatbot hallucination

Good:

    # ficli: allow[cut-slug] published before the rule; an address never changes
    slug: lawyer-fined-over-chatbot-hallucin
    title: Lawyer fined over chatbot hallucination

Fix: write the reason behind the bracket.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Offsets, Problem, RecordContext
from ficli.wording import listed

RULE = Rule("suppression-without-reason", Severity.ERROR, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the comments that allow something and give no reason."""
    for comment in record.suppressions:
        if comment.names and not comment.reason:
            yield Problem(
                at=Offsets(comment.start, comment.end),
                message=f"this comment allows {listed(comment.names)} without a reason",
                help="write the reason behind the bracket",
            )
