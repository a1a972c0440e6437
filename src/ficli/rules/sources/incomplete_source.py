"""A source does not say who published it, or when.

What: a source has no `publisher`, or no date: a `press` or `research` source needs that of its publication, any other
at least the day on which it was read in `accessed`; a `reference` needs none.
Why: a citation needs both, and they find the document again when its address is gone.

Bad:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News

Good:

    sources:
      - kind: press
        title: Bank's chatbot promised refunds that do not exist
        url: https://news.example.org/2025/bank-chatbot-refunds
        publisher: Example News
        published: 2025-05-09

Fix: add what the document says of itself, the date as exactly as it is given there and no more. Where it has no date,
give the day on which you read it; of a report without one, allow the finding and say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ficli.diagnostics import Rule, Scope, Severity
from ficli.incident.shape import ShapeKind
from ficli.rules.contract import Problem, RecordContext
from ficli.wording import listed

RULE = Rule("incomplete-source", Severity.WARNING, Scope.FILE, since="0.1.0")

_ALWAYS_DATED = ("press", "research")
_NEVER_DATED = "reference"  # it never stays as it was
_CALLED = {"publisher": "publisher", "published": "date"}


def check(record: RecordContext) -> Iterator[Problem]:
    """Check that every source has its publisher and its date."""
    misspelled = {error.path[:2] for error in record.shape_of(ShapeKind.UNKNOWN)} if record.shape else frozenset()
    for number, source in record.record.sources:
        missing = [name for name in _CALLED if name not in source and not _may_lack(source, name)]
        if missing and ("sources", number) not in misspelled:
            yield Problem(
                at=("sources", number, "title"),
                message=f"source {number + 1} has no {' and no '.join(_CALLED[name] for name in missing)}",
                help=f"add {listed(missing)}, as the document says of itself",
                field=("sources", number, missing[0]),
            )


def _may_lack(source: Mapping[str, Any], name: str) -> bool:
    """Return whether a field may be missing in such a source."""
    kind = source.get("kind")
    return name == "published" and (kind == _NEVER_DATED or ("accessed" in source and kind not in _ALWAYS_DATED))
