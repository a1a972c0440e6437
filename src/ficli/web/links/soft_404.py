"""Detect a soft 404: score the signs that a page is missing although the server answers 200."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ficli.urls.domains import registrable_domain
from ficli.urls.identity import match_key
from ficli.urls.parse import Url, parse_url
from ficli.web.metadata.names import squeezed
from ficli.web.metadata.page import HtmlPage, text_of
from ficli.web.metadata.walls import says_missing
from ficli.wording import counted, quoted

ENOUGH: Final = 3
"""Points that make a soft 404."""

SOME: Final = 2
"""Points that make a page suspect."""

_SHORT: Final = 600
"""Characters of text; an article has more."""

_SHORTEST_TITLE: Final = 8
"""Letters and digits; a shorter title is found on too many pages."""

_START: Final = re.compile(r"/?(?:(?:index|default|home)(?:\.\w+)?/?)?|/[a-z]{2}(?:[-_][a-z]{2})?/?", re.IGNORECASE)
"""The path of the first page of a site, also in one of its languages."""


class DeadPageSign(NamedTuple):
    """A sign that a page is gone: its weight, and a description."""

    points: int
    text: str


def is_recognized(page: HtmlPage, titles: Sequence[str]) -> bool:
    """Return whether a page has one of the titles that records give it, in its own title or in its text."""
    known = [bare for title in titles if len(bare := squeezed(title)) >= _SHORTEST_TITLE]
    seen = squeezed(f"{page.title} {page.text}") if known else ""
    return any(title in seen for title in known)


def missing_page_signs(page: HtmlPage, asked: str, final_url: str) -> Iterator[DeadPageSign]:
    """Yield the signs that a page is gone.

    Args:
        page: the answer.
        asked: the address that is cited.
        final_url: the address that answered.

    """
    heading = next(map(text_of, page.headings), "")
    if says_missing(page.title):
        yield DeadPageSign(2, f"the title is {quoted(page.title)}")
    if says_missing(heading):
        yield DeadPageSign(2, f"the heading is {quoted(heading)}")
    if (size := len(page.text)) < _SHORT:
        yield DeadPageSign(1, f"it has only {counted(size, 'character')} of text")
    if asked.partition("?")[0].lower().endswith(".pdf"):
        yield DeadPageSign(1, "it is no PDF but a page")
    if leads_to_the_start(asked, final_url):
        yield DeadPageSign(3, f"it leads to {quoted(final_url)}, the first page of the site")


def leads_to_the_start(asked: str, final_url: str) -> bool:
    """Return whether the address of a page redirects to the first page of its site."""
    before, after = parse_url(match_key(asked)), parse_url(match_key(final_url))
    if before is None or after is None or before == after:
        return False
    # Where a short link leads is no sign: it is no page of that site.
    is_same_owner = registrable_domain(asked) == registrable_domain(final_url)
    return is_same_owner and _is_start(after) and not _is_start(before)


def _is_start(url: Url) -> bool:
    return not url.query and _START.fullmatch(url.path) is not None
