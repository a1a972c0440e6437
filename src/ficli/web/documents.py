"""Read a fetched or saved document: a page, a PDF or something else, and reject what cannot be cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ficli.web.fetch.errors import BLOCKED, GONE, PAYMENT_REQUIRED, FetchError, Reason
from ficli.web.metadata.extract import PageFacts, facts_of
from ficli.web.metadata.page import HtmlPage, clean
from ficli.web.metadata.pdf import is_pdf, read_pdf
from ficli.web.metadata.structured import Structured, text_in
from ficli.web.metadata.walls import CHALLENGE, EMPTY, NOT_FOUND
from ficli.wording import quoted

if TYPE_CHECKING:
    from datetime import date

    from ficli.web.fetch.exchange import FetchedPage

LARGEST_FILE: Final = 5 * 1024 * 1024
"""Bytes of a saved page that are read, as many as of a fetched one."""

_SAVE_IT = "open it in a browser, save the page, and use `--html FILE`"
_WALLS = {
    CHALLENGE: (Reason.BLOCKED, "the site shows a check for robots instead of the page", _SAVE_IT),
    NOT_FOUND: (Reason.GONE, "the site says that there is no such page", "is the address right?"),
    EMPTY: (Reason.BLOCKED, "the site sends an empty page", _SAVE_IT),
}


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The document at an address.

    Attributes:
        url: the address.
        final_url: the address that answered; empty if it was not fetched.
        facts: what it says of itself.
        text: its visible text.
        note: a note for a person.

    """

    url: str
    final_url: str = ""
    facts: PageFacts = field(default_factory=PageFacts)
    text: str = field(default="", repr=False)
    note: str = ""


def document_of(url: str, outcome: FetchedPage | FetchError, *, today: date) -> SourceDocument:
    """Read a fetched document.

    Raises:
        FetchError: it could not be fetched, or the answer is not the document of that address.

    """
    if isinstance(outcome, FetchError):
        raise outcome
    _require_answer(outcome)
    headers, body, kind = outcome.headers, outcome.body, media_type(outcome.content_type)
    if is_pdf(body):
        return SourceDocument(url, outcome.url, read_pdf(body, headers, today=today), note=_OF_PDF)
    if not is_html(kind, body):
        if body:
            return SourceDocument(
                url, outcome.url, note=f"what stands there is no page but {quoted(kind or 'something else')}"
            )
        kind = ""
    return _page(url, outcome.url, body, outcome.content_type, today)


def given_document(url: str, raw: bytes, *, today: date) -> SourceDocument:
    """Read a page that somebody has saved.

    Raises:
        FetchError: it is too large, or is a check for robots or an error rather than the page.

    """
    if len(raw) > LARGEST_FILE:
        raise FetchError(Reason.TOO_LARGE, f"the saved page is longer than {LARGEST_FILE // 2**20} MB")
    if is_pdf(raw):
        return SourceDocument(url, facts=read_pdf(raw, _NO_HEADERS, today=today), note=_OF_PDF)
    return _page(url, "", raw, "", today)


_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_UNKNOWN_TYPE = frozenset({"", "application/octet-stream", "text/plain", "application/xml", "text/xml"})
_OF_PDF = "a PDF is read by its headers only, so its text cannot be looked up"
_NO_HEADERS: Mapping[str, str] = {}


def _page(url: str, final_url: str, raw: bytes, content_type: str, today: date) -> SourceDocument:
    page = HtmlPage(raw, content_type, final_url or url)
    facts = facts_of(page, today=today)
    if facts.wall:
        reason, message, hint = _WALLS[facts.wall]
        raise FetchError(reason, message, hint=hint)
    return SourceDocument(url, final_url, facts, _words(page))


def _words(page: HtmlPage) -> str:
    """Return the text of a page, and that of the article if it is only in metadata."""
    bodies = [text_in(thing.data, "articleBody")[1] for thing in Structured(page).things if not thing.aside]
    return "\n".join([page.text, *(clean(body) for body in bodies if body)])


def _require_answer(page: FetchedPage) -> None:
    status = page.status
    if status in GONE:
        raise FetchError(Reason.GONE, f"there is no such page: HTTP {status}", hint="is the address right?")
    if status in BLOCKED or status == PAYMENT_REQUIRED:
        raise FetchError(Reason.BLOCKED, f"the site does not let programs in: HTTP {status}", hint=_SAVE_IT)
    if status >= 500:  # noqa: PLR2004 - the server's fault
        raise FetchError(Reason.SERVER, f"the site is out of order: HTTP {status}", hint="try again later")
    if not 200 <= status < 300:  # noqa: PLR2004 - success
        raise FetchError(Reason.NOT_HTTP, f"the site answers with HTTP {status}", hint=_SAVE_IT)


def media_type(header: str) -> str:
    """Parse the kind of a document from the header `Content-Type`."""
    return header.partition(";")[0].strip().lower()


def is_html(kind: str, body: bytes) -> bool:
    """Return whether an answer is a page: by its kind, or else by how it begins."""
    return kind in _PAGES or (kind in _UNKNOWN_TYPE and _looks_like_html(body))


def _looks_like_html(body: bytes) -> bool:
    start = body[:1024].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) or b"<html" in start
