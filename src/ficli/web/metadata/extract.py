"""Extract title, date, site, language, address and authors from the bytes of a page, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ficli.urls.domains import registrable_domain
from ficli.urls.identity import match_key, stored_url
from ficli.urls.parse import parse_url
from ficli.urls.private import why_private
from ficli.web.metadata.evidence import Origin, RejectedValue, Value
from ficli.web.metadata.metas import TITLES, properties
from ficli.web.metadata.names import Site, authors, best_site, site_names, squeezed
from ficli.web.metadata.page import HtmlPage, clean, plain, text_of
from ficli.web.metadata.published import publication_date
from ficli.web.metadata.structured import Structured, Thing, text_in
from ficli.web.metadata.titles import TitleCandidate, best_title
from ficli.web.metadata.walls import wall

if TYPE_CHECKING:
    from datetime import date

    from lxml.html import HtmlElement

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?\b")
_LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself.

    Attributes:
        title: the headline, without the name of the site.
        published: the date of publication, if the page states it.
        site: the publisher's name for itself.
        language: BCP 47.
        canonical: the address that the page declares as its own, at the same site.
        authors: proposed; a person has to check them.
        proposed_date: a date that only a guess or a loose date on the page supports.
        kinds: the types that metadata gives the page: `NewsArticle`, `og:video`.
        refused: values of the page that a record must not have.
        wall: what replaces the page, see `ficli.web.metadata.walls`.

    """

    title: Value | None = None
    published: Value | None = None
    site: Value | None = None
    language: Value | None = None
    canonical: Value | None = None
    authors: tuple[Value, ...] = ()
    proposed_date: Value | None = None
    kinds: tuple[str, ...] = ()
    refused: tuple[RejectedValue, ...] = field(default=())
    wall: str = ""


def read_page(raw: bytes, *, url: str = "", content_type: str = "", today: date) -> PageFacts:
    """Read a page of HTML; missing facts are left out, and any broken page is read.

    Args:
        raw: the page.
        url: its address; empty if it is not known.
        content_type: the header it came with.
        today: nothing is published later.

    """
    return facts_of(HtmlPage(raw, content_type, url), today=today)


def facts_of(page: HtmlPage, *, today: date) -> PageFacts:
    """Read a page that is a tree already."""
    data = Structured(page)
    standing_in = wall(page)
    heading = _main_heading(page)
    article = _article(page, data, text_of(heading) if heading is not None else "")
    names = site_names(page, data, article)
    site = best_site(names)
    language = _language(page, article)
    sites = [name.text for name in names]
    title = _title(page, data, article, text_of(heading) if heading is not None else "", sites)
    if heading is None and title is not None:
        heading = _where_it_stands(page, title.text)
    published = publication_date(page, data, article, heading, language=language.text if language else "", today=today)
    return PageFacts(
        title=title,
        published=published.written if not standing_in else None,
        site=site,
        language=language,
        canonical=_canonical(page) if not standing_in else None,
        authors=tuple(authors(page, data, article, site.text if site else "")),
        proposed_date=published.proposed if not standing_in else None,
        kinds=_kinds(page, article),
        refused=tuple(published.refused),
        wall=standing_in,
    )


def _main_heading(page: HtmlPage) -> HtmlElement | None:
    """Return the heading of the article: the one that the `<title>` or OpenGraph repeats, or else the only one."""
    stated = [squeezed(page.title), *(squeezed(meta.content) for meta in page.metas if meta.name == "og:title")]
    headings = page.headings
    repeated = [
        (len(bare), -number)
        for number, element in enumerate(headings)
        if len(bare := squeezed(text_of(element))) > 3 and any(bare in text for text in stated)  # noqa: PLR2004 - letters
    ]
    if repeated:
        return headings[-max(repeated)[1]]
    for element in page.root.iter("h2", "h3", "h4"):
        bare = squeezed(text_of(element))
        if len(bare) > 10 and any(text.startswith(bare) for text in stated if text):  # noqa: PLR2004 - letters
            return element
    if len(headings) == 1:
        return headings[0]
    # Where the titles say no more than the name of the site, the first heading that says more.
    label = squeezed(registrable_domain(page.url).partition(".")[0])
    if headings and all(text in ("", label) for text in stated):
        return next((element for element in headings if len(text_of(element).split()) > 3), None)  # noqa: PLR2004
    return None


def _where_it_stands(page: HtmlPage, title: str) -> HtmlElement | None:
    """Return the element that shows the headline, if it is not a heading."""
    bare = squeezed(title)
    if len(bare) < 10:  # noqa: PLR2004 - letters
        return None
    start = title[:5].lower()
    for element in page.root.iter("h2", "h3", "h4", "h5", "div", "span", "p", "b", "strong", "font", "td", "a"):
        if clean(element.text or "")[:5].lower() == start and squeezed(text_of(element)) == bare:
            return element
    return None


def _article(page: HtmlPage, data: Structured, heading: str) -> Thing | None:
    """Return the main thing of the page in its JSON-LD."""
    things = sorted((thing for thing in data.things if not thing.aside), key=lambda thing: thing.rank)
    if not things:
        return None
    best = [thing for thing in things if thing.rank == things[0].rank]
    if len(best) == 1:
        return best[0]
    keys = {match_key(url) for url in (page.url, _declared_address(page)) if url}
    for thing in best:
        if any(match_key(url) in keys for url in _addresses(thing)):
            return thing
    stated = squeezed(heading) or squeezed(page.title)
    for thing in best:
        name = squeezed(text_in(thing.data, "headline", "name")[1])
        if name and stated and (name in stated or stated in name):
            return thing
    heads = {squeezed(text_in(thing.data, "headline", "name")[1]) for thing in best}
    # Several articles that are not this page make a list of others.
    return best[0] if len(heads) == 1 else next((thing for thing in things if thing.rank > best[0].rank), None)


def _addresses(thing: Thing) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = thing.data.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _title(page: HtmlPage, data: Structured, article: Thing | None, heading: str, sites: Sequence[str]) -> Value | None:
    places: dict[str, Value] = {}
    for value in _titles(page, data, article):
        places.setdefault(value.place, value)
    metadata = [TitleCandidate(value.raw, value.place) for value in places.values()]
    best = best_title(metadata, heading, page.title, Site(sites, page.url))
    if best is None:
        return None
    known = places.get(best.place)
    if known is not None:
        origin, raw = known.origin, known.raw
    elif best.place == "<title>":
        origin, raw = Origin.TITLE, page.title
    else:
        origin, raw = Origin.HEADING, heading
    return Value(best.text[:_LONGEST_TITLE], origin, best.place, raw)


def _titles(page: HtmlPage, data: Structured, article: Thing | None) -> Iterator[Value]:
    if article is not None:
        name, text = text_in(article.data, "headline", "name")
        if text:
            yield Value("", Origin.JSON_LD, f"{article.kind}.{name}", text)
    if text := data.salvaged("headline"):
        yield Value("", Origin.JSON_LD, "headline", text)
    for origin, names in TITLES[:3]:
        for name in names:
            if meta := page.meta(name):
                yield Value("", origin, meta.written, plain(meta.content))
    for found in properties(page, "headline"):
        yield Value("", Origin.MICRODATA, "headline", found.text)
        break
    for origin, names in TITLES[3:]:
        for name in names:
            if meta := page.meta(name):
                yield Value("", origin, meta.written, plain(meta.content))


def _language(page: HtmlPage, article: Thing | None) -> Value | None:
    given = [(page.language, Origin.DOCUMENT, "lang")]
    if article is not None:
        given.append((text_in(article.data, "inLanguage")[1], Origin.JSON_LD, f"{article.kind}.inLanguage"))
    for name, origin in (
        ("citation_language", Origin.CITATION),
        ("og:locale", Origin.OPEN_GRAPH),
        ("dc.language", Origin.DUBLIN_CORE),
        ("dcterms.language", Origin.DUBLIN_CORE),
        ("content-language", Origin.META),
        ("language", Origin.META),
    ):
        if meta := page.meta(name):
            given.append((meta.content, origin, meta.written))
    for raw, origin, place in given:
        if match := _LANGUAGE.fullmatch(raw.split(",")[0].strip()):
            main, script, region = match.groups()
            parts = [main.lower(), (script or "").title(), (region or "").upper()]
            if main.lower() not in ("und", "mul", "zxx"):
                return Value("-".join(filter(None, parts)), origin, place, raw)
    return None


def _declared_address(page: HtmlPage) -> str:
    for element in page.root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and (href := clean(element.get("href") or "")):
            try:
                return urljoin(page.url, href)
            except ValueError:
                return ""
    meta = page.meta("og:url", "twitter:url")
    return meta.content if meta else ""


def _canonical(page: HtmlPage) -> Value | None:
    """Return the address that a page declares as its own, unless it is another site's, the front page or private."""
    address = _declared_address(page)
    parts = parse_url(address)
    if parts is None or why_private(address):
        return None
    if page.url and registrable_domain(page.url) != registrable_domain(address):
        return None
    if parts.path in ("", "/") and not parts.query:
        return None
    return Value(stored_url(address), Origin.DOCUMENT, "canonical", address)


def _kinds(page: HtmlPage, article: Thing | None) -> tuple[str, ...]:
    found = [article.kind] if article is not None else []
    if meta := page.meta("og:type"):
        found.append(f"og:{meta.content.lower()}")
    found.extend(name for name in ("citation_title", "citation_doi", "citation_pdf_url") if page.meta(name))
    return tuple(found)
