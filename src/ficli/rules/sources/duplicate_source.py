"""One page is listed twice among the sources.

What: the addresses of two sources name the same page, although they may be written differently.
Why: a page that is counted twice looks like two voices.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://www.news.example.org/2025/bank-chatbot-refunds/
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: keep the entry that says more, and delete the other; `--unsafe-fixes` deletes the later one, unless a quote counts
the sources behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import Fix, Fixable, Remove, Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.rules.sources._shared import source_urls
from ficli.urls.identity import explain_sameness, match_key

RULE = Rule("duplicate-source", Severity.ERROR, Scope.FILE, since="0.1.0", fix=Fixable.UNSAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the sources by their match keys."""
    if len(record.record.sources) <= 1:
        return
    seen: dict[str, tuple[int, str]] = {}
    for number, _, url in source_urls(record):
        first, known = seen.setdefault(match_key(url), (number, url))
        if first != number:
            yield Problem(
                at=("sources", number, "url"),
                message=f"source {number + 1} is the same page as source {first + 1}: {_why(known, url)}",
                help="keep the entry that says more, and delete the other",
                related=(Label(("sources", first, "url"), f"source {first + 1}"),),
                fix=_removal(record, number),
            )


def _why(known: str, url: str) -> str:
    return explain_sameness(known, url).removeprefix("same page: ")


def _removal(record: RecordContext, number: int) -> Fix | None:
    """Return the fix that deletes a source; None if a quote counts the sources from there on."""
    quoted = record.record.mapping("quote").get("source")
    if isinstance(quoted, int) and quoted > number:
        return None
    return Fix(f"delete source {number + 1}", (Remove(("sources", number)),), safe=False)
