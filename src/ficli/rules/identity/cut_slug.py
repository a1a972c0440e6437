"""A slug ends in the middle of a word.

What: the last word of the slug is the beginning of a longer word of the title, and no word of its own there.
Why: the slug is frozen when the record is published, so that a cut word stays in the address for good.

Bad:

    slug: lawyer-fined-over-chatbot-hallucin
    title: Lawyer fined over chatbot hallucination

Good:

    slug: lawyer-fined-over-chatbot
    title: Lawyer fined over chatbot hallucination

Fix: end the slug with a whole word while the record is a draft. A published slug stays; allow the finding there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.ids import cut_from, slug_words
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.wording import quoted

RULE = Rule("cut-slug", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the last word of the slug with the words of the title."""
    slug, title = record.record.slug, record.record.title
    last = slug.rpartition("-")[2]
    whole = cut_from(last, title)
    if not whole or last in slug_words(record.record.text("summary")):
        return
    yield Problem(
        at=("slug",),
        message=f"the slug ends with {quoted(last)}, which is cut off from {quoted(whole)}",
        help=_help(record.record.status, slug.removesuffix(last).rstrip("-")),
        related=(Label(("title",), "the whole word", piece=whole),),
        piece=last,
    )


def _help(status: str, kept: str) -> str:
    if status != "draft":
        return "a slug that has been published stays: allow this finding with a comment"
    return f"end the slug with a whole word, as in {quoted(kept)}" if kept else "end the slug with a whole word"
