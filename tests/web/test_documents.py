"""What came from an address: a page, a PDF, something else, or nothing fit to cite."""

from __future__ import annotations

from datetime import date

import pytest

from ficli.web.documents import LARGEST_FILE, document_of, given_document
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import FetchedPage

TODAY = date(2026, 11, 23)
URL = "https://news.example.org/a"
STORY = b"<h1>A story of a bank</h1>"


def answer(body: bytes, *, status: int = 200, **headers: str) -> FetchedPage:
    return FetchedPage(URL, URL, status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize(
    ("body", "kind", "title"),
    [
        (STORY, "text/html; charset=utf-8", "A story of a bank"),
        (STORY, "Application/XHTML+XML", "A story of a bank"),
        (b"<!doctype html>" + STORY, "", "A story of a bank"),
        (b"<html>" + STORY, "text/plain", "A story of a bank"),
        (b"%PDF-1.7\n/Title (Complaint of a bank) endobj", "text/html", "Complaint of a bank"),
        (b"%PDF-1.7\n/Title <FEFF0041004200430044> endobj", "application/pdf", "ABCD"),
        (b"%PDF-1.7\n/Title (Caf\\351 \\(one\\)) ", "", "Café (one)"),
        (b"%PDF-1.7\n/Title (\xef\xbb\xbfCaf\xc3\xa9 one)", "", "Café one"),
        (b"%PDF-1.7\n<dc:title><rdf:Alt><rdf:li xml:lang='x'>Ruling</rdf:li></rdf:Alt></dc:title>", "", "Ruling"),
        (b"%PDF-1.7\n/Title (Microsoft Word - final2.docx)", "", None),
        (b"%PDF-1.7\n/Title (scan_0012.pdf)", "", None),
        (b"%PDF-1.7\n/Title (12)", "", None),
        (b"%PDF-1.7", "", None),
    ],
)
def test_what_can_be_read(body: bytes, kind: str, title: str | None) -> None:
    found = document_of(URL, answer(body, content_type=kind), today=TODAY).facts.title

    assert (found and found.text) == title


def test_the_day_of_a_pdf_is_proposed() -> None:
    made = document_of(URL, answer(b"%PDF-1.7 /CreationDate (D:20250508101010Z)"), today=TODAY)
    sent = document_of(URL, answer(b"%PDF-1.7", last_modified="Thu, 08 May 2025 10:00:00 GMT"), today=TODAY)

    for document in (made, sent):
        assert document.facts.published is None
        assert document.facts.proposed_date is not None
        assert document.facts.proposed_date.text == "2025-05-08"
        assert "headers only" in document.note


@pytest.mark.parametrize("kind", ["image/png", "application/zip", "application/json", "text/plain"])
def test_what_is_no_page_is_told(kind: str) -> None:
    document = document_of(URL, answer(b"\x89PNG", content_type=kind), today=TODAY)

    assert document.note == f"what stands there is no page but `{kind}`"
    assert document.facts.title is None


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "blocked"), (403, "blocked"), (404, "gone"), (410, "gone"), (429, "blocked"), (451, "blocked"),
     (500, "server-error"), (503, "server-error"), (999, "blocked"), (302, "not-http"), (418, "not-http")],
)  # fmt: skip
def test_an_answer_without_a_page(status: int, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        document_of(URL, answer(STORY, status=status, content_type="text/html"), today=TODAY)

    assert str(caught.value.reason) == reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Reason.BLOCKED),
        (b"<title>Just a moment...</title>", Reason.BLOCKED),
        (b"<h1>Page not found</h1>", Reason.GONE),
    ],
)
def test_a_page_that_stands_in_for_another(body: bytes, reason: Reason) -> None:
    with pytest.raises(FetchError) as caught:
        document_of(URL, answer(body, content_type="text/html"), today=TODAY)

    assert caught.value.reason is reason


def test_an_error_is_raised_where_the_page_is_wanted() -> None:
    with pytest.raises(FetchError):
        document_of(URL, FetchError(Reason.TIMEOUT, "no whole answer"), today=TODAY)


def test_a_saved_page_is_read_within_bounds() -> None:
    title = given_document(URL, STORY, today=TODAY).facts.title

    assert title is not None
    assert given_document(URL, b"%PDF-1.7", today=TODAY).note
    with pytest.raises(FetchError):
        given_document(URL, b" " * (LARGEST_FILE + 1), today=TODAY)


def test_text_that_stands_only_in_metadata_can_be_looked_up() -> None:
    page = b'<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"Every fee is refunded."}</script>'

    assert "Every fee is refunded." in given_document(URL, page, today=TODAY).text
