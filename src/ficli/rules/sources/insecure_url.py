"""An address is not encrypted.

What: the address of a source, or of its archived copy, begins with `http://`. The address of a source that is no longer
live stays as it was.
Why: whoever stands between the reader and the site can read along, and change what the reader sees.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: http://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: write `https://`, and see that the page opens; `--unsafe-fixes` does the first. Where the site has no https, allow
the finding and say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from ficli.diagnostics import FieldPath, Fix, Fixable, Rule, Scope, SetValue, Severity
from ficli.rules.contract import Problem, RecordContext
from ficli.rules.sources._shared import archive_url, source_urls
from ficli.urls.archives import unwrap_archive
from ficli.urls.parse import parse_url
from ficli.urls.private import why_private
from ficli.wording import quoted

RULE = Rule("insecure-url", Severity.WARNING, Scope.FILE, since="0.1.0", fix=Fixable.UNSAFE)

_PLAIN = "http://"


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield the `http` addresses that could be `https`."""
    for number, source, url in source_urls(record):
        # What is private or an archived copy has to be replaced as a whole.
        if source.get("status", "live") == "live" and _is_plain(url) and unwrap_archive(url) is None:
            yield _problem(("sources", number, "url"), url)
        if _is_plain(archived := archive_url(source)):
            yield _problem(("sources", number, "archive", "url"), archived)


def _is_plain(url: str) -> bool:
    return url.startswith(_PLAIN) and parse_url(url) is not None and not why_private(url)


def _problem(path: FieldPath, url: str) -> Problem:
    better = f"https://{url.removeprefix(_PLAIN)}"
    parsed = parse_url(url)
    fix = Fix(f"write {quoted(better)}", (SetValue(path, better),), safe=False)
    return Problem(
        at=path,
        message=f"{quoted(url)} is not encrypted",
        help="write `https://` and see that the page opens",
        fix=fix if parsed is not None and parsed.port is None else None,
        piece=_PLAIN,
    )
