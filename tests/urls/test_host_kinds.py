"""What well-known sites are."""

from __future__ import annotations

import pytest

from ficli.urls.known_hosts import HOSTS, HostKind, host_kinds
from ficli.urls.parse import parse_url

K = HostKind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("https://en.wikipedia.org/wiki/A", {K.ENCYCLOPEDIA}),
        ("https://en.m.wikipedia.org/wiki/A", {K.ENCYCLOPEDIA}),
        ("https://notwikipedia.org/wiki/A", set()),
        ("https://wikipedia.org.example.org/", set()),
        ("https://news.google.com/articles/A", {K.AGGREGATOR}),
        ("https://www.google.com/", set()),
        ("https://www.msn.com/en-us/a", {K.AGGREGATOR}),
        ("https://news.yahoo.com/a.html", {K.AGGREGATOR}),
        ("https://www.yahoo.com/news/a.html", {K.AGGREGATOR}),
        ("https://www.yahoo.com/newsletter", set()),
        ("https://incidentdatabase.ai/cite/6", {K.INCIDENT_DATABASE}),
        ("https://oecd.ai/en/incidents/2024-02-14-1a2b", {K.INCIDENT_DATABASE}),
        ("https://oecd.ai/en/incidents?search=a", {K.INCIDENT_DATABASE}),
        ("https://oecd.ai/en/ai-principles", set()),
        ("https://atlas.mitre.org/studies/AML.CS0016", {K.INCIDENT_DATABASE}),
        ("https://atlas.mitre.org/techniques/AML.T0051", set()),
        ("https://www.damiencharlotin.com/hallucinations/", {K.INCIDENT_DATABASE}),
        ("https://www.damiencharlotin.com/", set()),
        ("https://mobile.twitter.com/a/status/1", {K.SOCIAL}),
        ("https://www.linkedin.com/posts/a", {K.SOCIAL}),
        ("https://www.linkedin.com/company/a", set()),
        ("https://old.reddit.com/r/a", {K.SOCIAL}),
        ("https://bit.ly/a", {K.SHORTENER}),
        ("https://t.co/a", {K.SHORTENER}),
        ("https://on.ft.com/a", {K.SHORTENER}),
        ("https://www.ft.com/a", set()),
        ("https://web.archive.org/web/2024/https://example.org/", {K.ARCHIVE}),
        ("https://archive.ph/AbC12", {K.ARCHIVE}),
        ("https://archive.org/details/a", set()),
        ("https://apnews.com/article/a", {K.WIRE}),
        ("https://www.reuters.com/a", {K.WIRE}),
        ("https://www.canlii.org/en/bc/a.html", {K.COURT}),
        ("https://storage.courtlistener.com/a.pdf", {K.COURT}),
        ("https://law.justia.com/cases/a", {K.COURT}),
        ("https://www.justia.com/a", set()),
        ("https://www.ftc.gov/a", {K.GOVERNMENT}),
        ("https://www.cand.uscourts.gov/a", {K.COURT, K.GOVERNMENT}),
        ("https://curia.europa.eu/a", {K.COURT, K.GOVERNMENT}),
        ("https://ico.org.uk/a", {K.GOVERNMENT}),
        ("https://www.judiciary.uk/a", {K.COURT}),
        ("https://example.org/", set()),
        ("http://192.0.2.1/", set()),
        ("not an address", set()),
    ],
)
def test_what_a_site_is(text: str, kinds: set[HostKind]) -> None:
    assert host_kinds(text) == kinds


def test_every_entry_can_be_found() -> None:
    for kind, entries in HOSTS.items():
        for entry in entries:
            assert parse_url(f"https://{entry}/") is not None, entry
            assert kind in host_kinds(f"https://{entry}"), entry
            assert kind in host_kinds(f"https://www.{entry}/a"), entry
            assert entry == entry.lower(), entry
