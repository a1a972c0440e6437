"""Several sources are one voice.

What: a record has two or more sources, but no two that are independent: they stand at one site, print one text, or
repeat what others report. Compilations are left to rules of their own, and so is a severe incident.
Why: readers count sources. Two documents of one authority, or an agency's report in two papers, confirm each other no
more than one does.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: press
        title: What became of the refunds the chatbot promised
        url: https://business.example.org/2025/refunds
        publisher: Example Business
        published: 2025-05-20

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: press
        title: What became of the refunds the chatbot promised
        url: https://business.example.net/2025/refunds
        publisher: Example Business
        published: 2025-05-20

Fix: add a source from another publisher that found out for itself. Where there is none, the record keeps confidence
`low`, which is no fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.independence import ENOUGH, Voice, are_surely_independent
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import count_dependent, is_weak, rests_on_posts, why_dependent
from ficli.urls.known_hosts import HostKind, host_kinds

RULE = Rule("dependent-sources", Severity.WARNING, Scope.FILE, since="0.1.0")


def check(record: RecordContext) -> Iterator[Problem]:
    """Check for two sources that are independent of each other."""
    if len(record.record.sources) < ENOUGH or are_surely_independent(record.record.sources):
        return
    known = record.independence
    if known.is_enough or len({voice.key for voice in known.voices if _may_count(voice)}) < ENOUGH:
        return
    if is_weak(record) or rests_on_posts(record):
        return
    yield Problem(
        at=("sources",),
        message=f"the record rests on {count_dependent(known)}",
        help="add a source from another publisher that found out for itself",
        related=tuple(why_dependent(known)),
        on_key=True,
    )


def _may_count(voice: Voice) -> bool:
    """Return whether a curator meant a source as an independent voice, and no other rule reports it."""
    return not voice.unfit or HostKind.AGGREGATOR in host_kinds(voice.key)
