"""A summary is too short or too long.

What: the summary has fewer than 40 or more than 600 characters, or more than three sentences.
Why: it stands alone in lists, previews and exports, and its first sentence is "What" on the page: one line says too
little there, and half a page is not read.

Bad:

    summary: The chatbot was wrong.

Good:

    summary: A support chatbot of Example Bank told customers that every fee is refunded, which is not the case.

Fix: say who did what with which effect, in one to three sentences; the rest belongs in `what_happened`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import is_placeholder
from ficli.prose.sentences import split_sentences
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import display_width

RULE = Rule("summary-length", Severity.WARNING, Scope.FILE, since="0.1.0")

_SHORTEST = 40
_LONGEST = 600
_MOST_SENTENCES = 3
_STOPS = ".!?…。！？؟۔।\n"


def check(record: RecordContext) -> Iterator[Problem]:
    """Check the length of the summary."""
    summary = record.record.text("summary").strip()
    if not summary or is_placeholder(summary):
        return
    if len(summary) < _SHORTEST and display_width(summary) < _SHORTEST:  # a Chinese character says as much as two
        yield _problem(f"the summary has {len(summary)} characters, fewer than {_SHORTEST}")
    if len(summary) > _LONGEST:
        yield _problem(f"the summary has {len(summary):,} characters, more than {_LONGEST}")
    if (
        sum(map(summary.count, _STOPS)) > _MOST_SENTENCES
        and (number := len(split_sentences(summary))) > _MOST_SENTENCES
    ):
        yield _problem(f"the summary has {number} sentences, more than {_MOST_SENTENCES}")


def _problem(message: str) -> Problem:
    return Problem(
        at=("summary",),
        message=message,
        help="say who did what with which effect, in 1 to 3 sentences and 40 to 600 characters",
    )
