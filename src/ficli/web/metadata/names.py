"""Publisher and authors of a page: names as metadata has them, without the name of the site in a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ficli.prose.names import fold
from ficli.urls.domains import registrable_domain
from ficli.urls.parse import parse_url
from ficli.web.metadata.evidence import Origin, Value
from ficli.web.metadata.metas import AUTHORS, SITES, properties
from ficli.web.metadata.page import HtmlPage, plain
from ficli.web.metadata.structured import Structured, Thing, text_in

WORDS = re.compile(r"[^\W_]+")
MOST_WORDS = 6
"""Most words in the name of a site, and of a section of it."""

_FEW = 4
"""Letters: a shorter name is found only as a whole, since `sky` and `rt` are in too many words."""


def squeezed(text: str) -> str:
    """Return the normal form of a text, equal for two spellings: letters and digits."""
    return "".join(WORDS.findall(fold(text)))


@dataclass(frozen=True)
class Site:
    """A site by its names.

    Attributes:
        names: its names in metadata.
        url: the address of one of its pages; empty if it is not known.

    """

    names: Sequence[str]
    url: str

    @cached_property
    def known(self) -> Sequence[str]:
        """The normal forms of its names."""
        return [bare for name in self.names if (bare := squeezed(name))]

    @cached_property
    def label(self) -> str:
        """The part of the host that its owner chose: `example` of `news.example.org`."""
        return squeezed(registrable_domain(self.url).partition(".")[0])

    def is_called(self, text: str) -> bool:
        """Return whether a text is exactly a name of the site, or its domain."""
        bare = squeezed(text)
        return bare in self.known or bare in (squeezed(registrable_domain(self.url)), self.label)

    def is_named(self, text: str) -> bool:
        """Return whether a text is the name of the site, in full or in part, or made of the words of its host."""
        bare, words = squeezed(text), WORDS.findall(fold(text))
        if not bare or self.is_called(text):
            return True
        if len(words) > MOST_WORDS:
            return False
        names = [*self.known, self.label] if self.label else self.known
        if any(_with_article(bare) == _with_article(name) for name in names):
            return True
        if len(bare) >= _FEW and any(name.startswith(bare) or bare.startswith(name) for name in self.known):
            return True
        return self._is_of_host(bare, words)

    def _is_of_host(self, bare: str, words: Sequence[str]) -> bool:
        label = self.label
        if len(label) >= _FEW and label in bare:
            return True
        if len(words) == 1 or not label:
            return False
        host = squeezed(self.url.partition("://")[2].partition("/")[0])
        initials = "".join(word[0] for word in words)
        return all(word in host for word in words) or _with_article(label) == _with_article(initials)


def _with_article(bare: str) -> str:
    return bare if bare.startswith("the") else f"the{bare}"


_LONGEST = 100
_MOST = 20
_BY = re.compile(r"\A(?:written\s+)?(?:by|von|par|por|di|door|av|af|autor|author|texto?)\s*:?\s+", re.IGNORECASE)
_HOST = re.compile(r"\A(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)+/?\Z")
_NOBODY = frozenset(
    """
    admin administrator anonymous author editor editors editorial editorialteam editorialstaff guest guestauthor none
    null redaction redaktion redacao redaccion lared newsdesk newsroom staff staffreporter staffwriter team theeditors
    undefined unknown user webdesk webmaster wordpress writer contributor contributors na root
    """.split(),
)


def site_names(page: HtmlPage, data: Structured, article: Thing | None) -> list[Value]:
    """Return the names of a site, the best first."""
    return [value for value in _site_names(page, data, article) if _is_name(value.text)]


def _site_names(page: HtmlPage, data: Structured, article: Thing | None) -> Iterator[Value]:
    citation, *others = SITES
    yield from _metas(page, [citation])
    if article is not None:
        for name in data.names(article.data.get("publisher")):
            yield Value(name, Origin.JSON_LD, f"{article.kind}.publisher", name)
    yield from _metas(page, others[:1])
    for node in data.sites:
        _, name = text_in(node, "name")
        if name:
            yield Value(name, Origin.JSON_LD, "WebSite.name", name)
    yield from _metas(page, others[1:])
    for found in properties(page, "publisher"):
        yield Value(found.text, Origin.MICRODATA, "publisher", found.text)


def _metas(page: HtmlPage, table: Sequence[Any]) -> Iterator[Value]:
    for origin, names in table:
        for name in names:
            if meta := page.meta(name):
                yield Value(plain(meta.content), origin, meta.written, meta.content)


def _is_name(text: str) -> bool:
    """Return whether a text can be the name of a publisher: short, and neither an address nor a handle."""
    return 1 < len(text) <= _LONGEST and "://" not in text and not text.startswith("@") and bool(squeezed(text))


def best_site(names: Sequence[Value]) -> Value | None:
    """Return the first name that is not a host, or else the first."""
    return next((name for name in names if not _HOST.match(name.text)), names[0] if names else None)


def authors(page: HtmlPage, data: Structured, article: Thing | None, site: str) -> list[Value]:
    """Return the authors of a page: the names of the best place; a person has to check them."""
    for found in _author_lists(page, data, article):
        kept: dict[str, Value] = {}
        for value in found:
            name = _BY.sub("", plain(value.text)).strip(" ,;|")
            is_site = squeezed(name) == squeezed(site) and value.origin is not Origin.DUBLIN_CORE
            if _is_author(name) and not is_site:
                kept.setdefault(squeezed(name), Value(name, value.origin, value.place, value.raw))
        if kept:
            return list(kept.values())[:_MOST]
    return []


def _author_lists(page: HtmlPage, data: Structured, article: Thing | None) -> Iterator[list[Value]]:
    if article is not None:
        node: Mapping[str, Any] = article.data
        for key in ("author", "creator"):
            yield [Value(name, Origin.JSON_LD, f"{article.kind}.{key}", name) for name in data.names(node.get(key))]
    for origin, names in AUTHORS:
        for name in names:
            yield [
                Value(part, origin, meta.written, meta.content)
                for meta in page.metas
                if meta.name == name
                for part in ([meta.content] if origin is Origin.CITATION else _split(meta.content))
            ]
    yield [Value(found.text, Origin.MICRODATA, "author", found.text) for found in properties(page, "author")]


def _split(text: str) -> list[str]:
    """Split a list of names: at semicolons and "and", and at commas if each part is a whole name."""
    parts = [part for piece in text.split(";") for part in re.split(r"\s(?:and|und|et|y|&)\s", piece)]
    if len(parts) == 1 and text.count(",") and all(len(part.split()) > 1 for part in text.split(",")):
        parts = text.split(",")
    return [part.strip() for part in parts if part.strip()]


def _is_author(name: str) -> bool:
    if not 1 < len(name) <= _LONGEST or "://" in name or "@" in name or parse_url(name) is not None:
        return False
    if _HOST.match(name) or "facebook.com" in name:
        return False
    return squeezed(name) not in _NOBODY and any(letter.isalpha() for letter in name)
