"""A page as a tree: parsed as browsers do, without the network, within the parser's limit of depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from ficli.web.metadata.charset import decode_page
from ficli.wording import HIDDEN

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TITLE = re.compile(r"<title\b[^>]*>", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea"})
_WITHIN_A_LINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span
    strike strong sub sup time tt u var wbr
    """.split(),
)
_LONGEST = 1000
"""Characters of a title, a heading or a value that are used."""

_EMPTY = "<html></html>"


class Meta(NamedTuple):
    """A `<meta>` element: its name in lower case, as it is written, and its content."""

    name: str
    written: str
    content: str


class HtmlPage:
    """A page.

    Args:
        raw: its bytes.
        content_type: the header it came with, or empty.
        url: its address, or empty.

    """

    def __init__(self, raw: bytes, content_type: str = "", url: str = "") -> None:
        from lxml import etree, html

        self.url = url
        text = _closed(_NOT_IN_XML.sub(" ", decode_page(raw, content_type))) or _EMPTY
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
        try:
            root = html.document_fromstring(text.encode(), parser=parser)
        except (etree.LxmlError, ValueError):
            root = html.document_fromstring(_EMPTY, parser=html.HTMLParser(encoding="utf-8"))
        self.root: HtmlElement = root

    @cached_property
    def metas(self) -> Sequence[Meta]:
        """The `<meta>` elements that have a name and a content, in the order of the page."""
        found: list[Meta] = []
        for element in self.root.iter("meta"):
            content = clean((element.get("content") or element.get("value") or "")[:_LONGEST])
            names = (element.get(attribute) or "" for attribute in ("property", "name", "itemprop", "http-equiv"))
            if content:
                found.extend(Meta(name.strip().lower(), name.strip(), content) for name in names if name.strip())
        return found

    def meta(self, *names: str) -> Meta | None:
        """Return the first `<meta>` element that has one of these names, earlier names before later ones."""
        for name in names:
            for meta in self.metas:
                if meta.name == name:
                    return meta
        return None

    @cached_property
    def title(self) -> str:
        """The text of the `<title>` element, which an image of a page may have too."""
        for element in self.root.iter("title"):
            if not any(above.tag == "svg" for above in element.iterancestors()) and (text := text_of(element)):
                return text[:_LONGEST]
        return ""

    @cached_property
    def language(self) -> str:
        """The language that the root element declares, as written."""
        return clean(self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")

    @cached_property
    def linked_data(self) -> Sequence[str]:
        """The texts of the scripts that hold JSON-LD."""
        scripts = self.root.iter("script")
        return [element.text or "" for element in scripts if "ld+json" in (element.get("type") or "").lower()]

    @cached_property
    def marked(self) -> Sequence[HtmlElement]:
        """The elements with a property of microdata or RDFa, in the order of the page."""
        return [element for element in self.root.iter() if element.get("itemprop") or element.get("property")]

    @cached_property
    def headings(self) -> Sequence[HtmlElement]:
        """The elements `h1` that have text, in the order of the page."""
        return [element for element in self.root.iter("h1") if 0 < len(text_of(element)) <= _LONGEST]

    @cached_property
    def text(self) -> str:
        """All visible text, on one line."""
        body = self.root.find("body")
        return text_of(self.root if body is None else body)


def _closed(text: str) -> str:
    """Close a `<title>` that is never closed, at the next element; else the whole page would be its title."""
    opened = _TITLE.search(text)
    if opened is None or "</title" in text[opened.end() :].lower():
        return text
    following = text.find("<", opened.end())
    return f"{text[:following]}</title>{text[following:]}" if following >= 0 else text


def text_of(element: HtmlElement) -> str:
    """Return the visible text of an element on one line."""
    return clean("".join(_seen(element)))


def _seen(element: HtmlElement) -> Iterator[str]:
    """Yield the pieces of text in an element, without scripts and the like, with a blank where a line breaks."""
    from lxml import etree

    silent: HtmlElement | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        breaks = node is not element and node.tag not in _WITHIN_A_LINE
        if event == "start":
            if silent is None and node.tag in _SILENT and node is not element:
                silent = node
            if silent is None:
                yield " " if breaks else ""
                yield node.text or ""
        else:
            if node is silent:
                silent = None
            if silent is None and node is not element:
                yield " " if breaks else ""
                yield node.tail or ""


def clean(text: str) -> str:
    """Write a text on one line, with one blank between words, without invisible characters."""
    return HIDDEN.sub("", _SPACE.sub(" ", text)).strip()


def plain(text: str) -> str:
    """Undo escapes that were applied to a text once too often, `&amp;#8217;`; intended markup stays as it is."""
    if "&" in text:
        text = unescape(text)
    return clean(text)
