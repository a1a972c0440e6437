"""An archived copy stands where the page itself should.

What: the `url` of a source is that of a copy in a web archive.
Why: the address of the original says who published the document, and two copies of one page look like two pages.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://web.archive.org/web/20250510081500/https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09
        archive:
          url: https://web.archive.org/web/20250510081500/https://news.example.org/2025/bank-chatbot-refunds
          captured: 2025-05-10

Fix: write the original address in `url`, also if nothing is there any more, and the copy in `archive`. `--fix` does so
where the address of the copy tells the original and no other copy is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ficli.diagnostics import Fix, Fixable, InsertKey, Rule, Scope, SetValue, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import archive_url, source_urls
from ficli.urls.archives import ArchivedPage, unwrap_archive
from ficli.wording import quoted

RULE = Rule("archive-as-source", Severity.WARNING, Scope.FILE, since="0.1.0", fix=Fixable.SAFE)


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the archived copies among the addresses of the sources."""
    for number, source, url in source_urls(record):
        archived = unwrap_archive(url)
        if archived is not None:
            original = quoted(archived.original, longest=200) if archived.original else "the address of the page"
            yield Problem(
                at=("sources", number, "url"),
                message=f"the address is that of a copy of the page ({archived.service}), not of the page",
                help=f"write {original} in `url`, and the copy in `archive`",
                fix=_move(number, source, url, archived),
            )


def _move(number: int, source: Mapping[str, Any], url: str, archived: ArchivedPage) -> Fix | None:
    """Return the fix that replaces the copy by the original; None for a copy without a day, which needs a person."""
    if not archived.original:
        return None
    original = SetValue(("sources", number, "url"), archived.original)
    if archive_url(source) == url:
        return Fix("write the address of the page", (original,))
    if "archive" in source or archived.captured is None or not archived.captured.has_day:
        return None
    archive = {"url": url, "captured": str(archived.captured)}
    return Fix("move the copy to `archive`", (original, InsertKey(("sources", number), "archive", archive)))
