"""The kind of a source does not fit its site.

What: a `press` source stands at a public authority or a court, or a `regulator` or `court-filing` source at a site of a
wire service or an aggregator.
Why: the kind decides whether the evidence is primary, and so how far the record is trusted.

Bad:

    sources:
      - kind: press
        title: Example Bank fined over answers of its chatbot
        url: https://www.ftc.gov/news-events/news/press-releases/2025/06/example-bank
        publisher: Federal Trade Commission
        published: 2025-06-02

Good:

    sources:
      - kind: regulator
        title: Example Bank fined over answers of its chatbot
        url: https://www.ftc.gov/news-events/news/press-releases/2025/06/example-bank
        publisher: Federal Trade Commission
        published: 2025-06-02

Fix: give the kind that the document has; or the address of the document, if it is only the report of it that stands
there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ficli.diagnostics import Rule, Scope, Severity
from ficli.rules.contract import Label, Problem, RecordContext
from ficli.rules.sources._shared import source_urls
from ficli.urls.identity import match_key
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.wording import quoted

RULE = Rule("kind-host-mismatch", Severity.WARNING, Scope.FILE, since="0.1.0")

_OFFICIAL = (HostKind.COURT, HostKind.GOVERNMENT)
_REPORTING = (HostKind.WIRE, HostKind.AGGREGATOR)
_HARD_TO_TELL = ("https://news.un.org/", "https://news.gov.hk/", "https://sanews.gov.za/")
"""News agencies of authorities, whose kind is ambiguous."""
_NOT_AT: Mapping[str, tuple[tuple[HostKind, ...], str]] = {
    "press": (_OFFICIAL, "give it the kind `regulator` or `court-filing`"),
    "regulator": (_REPORTING, "cite the authority's own document, or give the report its kind"),
    "court-filing": (_REPORTING, "cite the document itself, or give the report its kind"),
}


def check(record: RecordContext) -> Iterator[Problem]:
    """Compare the kind of a source with the kind of its site."""
    for number, source, url in source_urls(record):
        kind = source.get("kind")
        if not isinstance(kind, str) or kind not in _NOT_AT:
            continue
        hosts, help_ = _NOT_AT[kind]
        key = match_key(url)
        kinds = host_kinds(key)
        found = next((host for host in hosts if host in kinds), None)
        if found is not None and not key.startswith(_HARD_TO_TELL):
            yield Problem(
                at=("sources", number, "kind"),
                message=f"source {number + 1} is called {quoted(kind)}, but stands at {found.value}",
                help=help_,
                related=(Label(("sources", number, "url"), found.value),),
            )
