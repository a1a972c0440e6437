"""From an address to the fields of a source: what is written, what is proposed, what is left to a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from ficli.errors import UsageError
from ficli.web.fetch.errors import FetchError
from ficli.web.fetch.exchange import FetchedPage
from ficli.web.fetch.fetcher import Fetcher
from ficli.web.source_facts import TODO, SourceFacts, citable_url, fetch_source, read_source

if TYPE_CHECKING:
    from tests.conftest import Web

TODAY = date(2026, 11, 23)
URL = "https://news.example.org/2025/05/09/story"
STORY = """<html lang=en><meta property=og:title content='A story of a bank'><meta property=og:site_name content='Example News'>
<script type="application/ld+json">{"@type":"NewsArticle","author":"Ada Example"}</script>"""


def read(html: str | None, asked: str = URL, final: str = "", **given: object) -> SourceFacts:
    outcome = (
        None if html is None else FetchedPage(asked, final or asked, 200, {"content-type": "text/html"}, html.encode())
    )
    return read_source(asked, outcome, kinds={}, given=given, today=TODAY)


def test_all_that_a_page_says_is_written_in_canonical_order() -> None:
    facts = read(STORY)

    assert list(facts.fields.items()) == [
        ("kind", "press"),
        ("title", "A story of a bank"),
        ("url", URL),
        ("publisher", "Example News"),
        ("published", "2025-05-09"),
        ("language", "en"),
        ("accessed", "2026-11-23"),
    ]
    assert facts.evidence["published"] == "the address"
    assert [(item.field, item.value) for item in facts.proposals] == [("authors", "Ada Example")]


def test_what_is_missing_is_a_todo_and_no_error() -> None:
    facts = read("<p>words</p>", "https://news.example.org/a")

    assert (facts.fields["kind"], facts.fields["title"], facts.fields["publisher"]) == (
        TODO["kind"], TODO["title"], TODO["publisher"]
    )  # fmt: skip
    assert "published" not in facts.fields
    assert all(value.startswith("TODO") for name, value in facts.fields.items() if name in TODO)


def test_what_a_curator_gives_counts() -> None:
    facts = read(STORY, kind="court-filing", title="Complaint", authors=["Ada Example"], published="2025-05")

    assert facts.fields["title"] == "Complaint"
    assert facts.fields["authors"] == ["Ada Example"]
    assert facts.fields["published"] == "2025-05"
    assert facts.fields["docket"] == TODO["docket"]
    assert facts.evidence["title"] == "given"
    assert facts.proposals == ()


def test_nothing_is_needed_offline() -> None:
    facts = read(None, docket="1:25-cv-1")

    assert "accessed" not in facts.fields
    assert facts.fields["published"] == TODO["published"]
    assert facts.fields["docket"] == "1:25-cv-1"


def test_one_call_goes_from_the_address_to_the_source(web: Web) -> None:
    web.page("/story", STORY)
    facts = fetch_source(web.url("/story?utm_source=x"), Fetcher(web.policy()), kinds={}, today=TODAY)

    assert facts.fields["title"] == "A story of a bank"
    assert facts.url == web.url("/story")
    with pytest.raises(FetchError):
        fetch_source(web.url("/gone"), Fetcher(web.policy()), kinds={}, today=TODAY)


def test_a_saved_page_has_no_day_of_access() -> None:
    facts = read_source(URL, STORY.encode(), kinds={}, today=TODAY)

    assert "accessed" not in facts.fields
    assert facts.fields["title"] == "A story of a bank"


@pytest.mark.parametrize(
    ("asked", "final", "canonical", "kept"),
    [
        ("https://news.example.org/a?utm_source=x#top", "", "", "https://news.example.org/a"),
        ("https://news.example.org/a", "https://www.example.org/b?c=d", "", "https://news.example.org/a"),
        ("https://bit.ly/abc", "https://news.example.org/a", "", "https://news.example.org/a"),
        ("https://example.net/a", "https://news.example.org/a", "", "https://news.example.org/a"),
        ("http://example.org/a", "https://www.example.org/a/", "", "https://www.example.org/a/"),
        ("https://news.example.org/a?id=1", "", "https://news.example.org/story", "https://news.example.org/story"),
        ("https://news.example.org/a", "", "https://elsewhere.example.net/a", "https://news.example.org/a"),
        ("https://example.net/a", "https://news.example.org/a?access_token=x", "", "https://example.net/a"),
    ],
)
def test_the_address_that_is_kept(asked: str, final: str, canonical: str, kept: str) -> None:
    facts = read(f"<link rel=canonical href='{canonical}'><h1>A story</h1>", asked, final)

    assert facts.url == kept
    assert bool(facts.notes) is (kept != asked)


def test_what_is_refused_is_noted() -> None:
    notes = read("<meta name=date content='05/08/2025'><h1>A story</h1>", "https://news.example.org/a").notes

    assert notes == (
        "`05/08/2025` (a meta element, `date`) is not taken for `published`: it may be 5 August 2025 or 8 May 2025",
    )


def test_a_host_that_mixes_scripts_is_noted() -> None:
    facts = read("<h1>A story</h1>", "https://exаmple.org/a")

    assert "mixes letters of `Cyrillic` and `Latin`" in facts.notes[0]
    assert read("<h1>A story</h1>", "https://日本のexample.org/a").notes == ()
    assert read("<h1>A story</h1>", "https://münchen.example.org/a").notes == ()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("javascript:alert(1)", "it is no web address"),
        ("file:///etc/passwd", "it is no web address"),
        ("ftp://example.org/a", "it is no web address"),
        ("data:text/html,x", "it is no web address"),
        ("//example.org/a", "it is no web address"),
        ("example.org/a", "it is no web address"),
        ("", "it is empty"),
        ("https://example.org/" + "a" * 10_000, "it has 10,020 characters"),
        ("https://example.org/\x1b[31m", "a character that nobody can see"),
        ("http://localhost/a", "is a name inside a network"),
        ("http://127.1/a", "is a loopback address"),
        ("https://example.org/a?X-Amz-Signature=abc", "`X-Amz-Signature` lets in whoever has the address"),
    ],
)
def test_what_cannot_be_cited(url: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        citable_url(url)

    assert message in caught.value.message
    assert caught.value.message.isprintable()


def test_a_password_is_left_out() -> None:
    assert citable_url(" https://ada:secret@example.org/a ") == "https://example.org/a"
