"""Microdata, RDFa and hAtom: properties that stand as attributes on the elements a reader sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ficli.sources.metadata.page import clean, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from ficli.sources.metadata.page import HtmlPage

_ARTICLE = re.compile(r"schema\.org/\w*(?:Article|BlogPosting|Report|CreativeWork|WebPage|VideoObject|Review)\b")
_OTHER = re.compile(r"schema\.org/(?:Comment|UserComments|ListItem|ImageObject|ItemList|WPSideBar|WPFooter|Product)")


class Property(NamedTuple):
    """A property: the element it stands on, its place in words, and its text."""

    element: HtmlElement
    place: str
    text: str


def properties(page: HtmlPage, name: str) -> Iterator[Property]:
    """Yield the values of a property of the article, in the order of the page, without those of things in it."""
    low = name.lower()
    for element in page.marked:
        if element.tag == "meta" and element.get("property"):
            continue
        for attribute in ("itemprop", "property"):
            written = element.get(attribute) or ""
            if low in (word.rpartition(":")[2].lower() for word in written.split()) and _is_of_article(element):
                if text := content_of(element):
                    yield Property(element, name, text)
                break


def content_of(element: HtmlElement) -> str:
    """Read the value that an element gives: an attribute for programs, or what it shows."""
    for attribute in ("content", "datetime", "title" if element.tag == "abbr" else "content"):
        if text := clean(element.get(attribute) or ""):
            return text
    return text_of(element)


def _is_of_article(element: HtmlElement) -> bool:
    """Tell whether the nearest thing that a property belongs to may be the article."""
    for above in element.iterancestors():
        kind = above.get("itemtype") or above.get("typeof") or ""
        if kind:
            return bool(_ARTICLE.search(kind)) if "schema.org" in kind else not _OTHER.search(kind)
        if above.get("itemscope") is not None:
            return False
    return True
