"""What kind of source a page is, and why; the registry's own list counts first."""

from __future__ import annotations

import pytest

from ficli.web.source_kinds import kind_of

LISTED = {"authority.example.org": "regulator", "example.org/statements": "company-statement"}
CASES = [
    ("https://www.authority.example.org/a", [], "regulator", "`ficli.toml` lists `authority.example.org`"),
    ("https://example.org/statements/12", [], "company-statement", "`ficli.toml` lists `example.org/statements`"),
    ("https://example.org/statementsofcase", [], None, ""),
    ("https://www.ftc.gov/news/a", [], "regulator", "`ftc.gov` is a public authority"),
    ("https://www.cand.uscourts.gov/a", [], "court-filing", "is a site for court documents"),
    ("https://www.justice.gov/opinions/12", [], "court-filing", "the path is that of a court's documents"),
    ("https://arxiv.org/abs/2401.01234", [], "research", "publishes papers"),
    ("https://en.wikipedia.org/wiki/AI", [], "reference", "an encyclopedia"),
    ("https://incidentdatabase.ai/cite/1", [], "reference", "an incident database"),
    ("https://x.com/a/status/1", [], "social", "a social network"),
    ("https://www.prnewswire.com/a", [], "company-statement", "prints releases"),
    ("https://www.reuters.com/a", [], "press", "carries news"),
    ("https://web.archive.org/web/2024/https://www.ftc.gov/a", [], "regulator", "a public authority"),
    ("https://blog.examplebank.com/a", [], "company-statement", "the site of `Example Bank plc`, which is involved"),
    ("https://paper.example.net/a", ["NewsArticle"], "press", "the page calls itself a `NewsArticle`"),
    ("https://paper.example.net/a", ["citation_doi"], "research", "as papers do"),
    ("https://paper.example.net/newsroom/a", [], "company-statement", "releases and statements"),
    ("https://investors.example.net/a", [], "company-statement", "releases and statements"),
    ("https://paper.example.net/a", ["Article", "og:article"], None, ""),
    ("no address", [], None, ""),
]


@pytest.mark.parametrize(("url", "types", "slug", "reason"), CASES, ids=[url for url, *_ in CASES])
def test_kind(url: str, types: list[str], slug: str | None, reason: str) -> None:
    kind = kind_of(url, types, listed=LISTED, organizations=["Example Bank plc"])

    assert (kind and kind.slug) == slug
    assert reason in (kind.reason if kind else "")
