"""Who publishes a page and who wrote it: names as metadata has them, without what is no name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ficli.incident.urls.parse import parse_url
from ficli.sources.metadata.evidence import Origin, Value
from ficli.sources.metadata.metas import AUTHORS, SITES
from ficli.sources.metadata.microdata import properties
from ficli.sources.metadata.page import plain
from ficli.sources.metadata.sites import squeezed
from ficli.sources.metadata.structured import text_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from ficli.sources.metadata.page import HtmlPage
    from ficli.sources.metadata.structured import Structured, Thing

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
    """Find what a site calls itself, the best first."""
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
    """Tell whether a text can be the name of a publisher: short, and neither an address nor a handle."""
    return 1 < len(text) <= _LONGEST and "://" not in text and not text.startswith("@") and bool(squeezed(text))


def best_site(names: Sequence[Value]) -> Value | None:
    """Take the first name that is no host, or else the first."""
    return next((name for name in names if not _HOST.match(name.text)), names[0] if names else None)


def authors(page: HtmlPage, data: Structured, article: Thing | None, site: str) -> list[Value]:
    """Find who a page says has written it: the names of one place, the best; to be looked at by a person."""
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
    """Split a list of names: at semicolons and "and", and at commas where each part is a whole name."""
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
