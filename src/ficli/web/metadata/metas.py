"""Names under which `<meta>` elements, microdata, RDFa and hAtom give title, date, site and authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ficli.web.metadata.evidence import Origin
from ficli.web.metadata.page import HtmlPage, clean, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class MetaNames(NamedTuple):
    """Names of `<meta>` elements, in lower case, the best first."""

    origin: Origin
    names: Sequence[str]


def _table(*rows: tuple[Origin, str]) -> Sequence[MetaNames]:
    return [MetaNames(origin, tuple(names.split())) for origin, names in rows]


TITLES = _table(
    (Origin.CITATION, "citation_title bepress_citation_title wkhealth_title"),
    (Origin.OPEN_GRAPH, "og:title twitter:title"),
    (Origin.DUBLIN_CORE, "dc.title dcterms.title dc:title dc.title.alternative"),
    (
        Origin.META,
        """
        parsely-title sailthru.title headline hdl cxenseparse:title article_headline article.headline
        analyticsattributes.title title mediator_title
        """,
    ),
)

DATES = _table(
    (
        Origin.CITATION,
        """
        citation_publication_date citation_date citation_online_date bepress_citation_date prism.publicationdate
        bepress_citation_online_date
        """,
    ),
    (
        Origin.OPEN_GRAPH,
        """
        article:published_time og:article:published_time article:published og:published_time
        og:article:published article:published_date article:publish_date og:pubdate og:publish_date
        rnews:datepublished article:original_time og:original_time article:publication_date article:pubdate
        og:regdate og:datepublished article:post_date
        """,
    ),
    (
        Origin.DUBLIN_CORE,
        """
        dc.date.issued dcterms.issued dcterms.date.issued dc.issued dc.date.published dcterms.published
        dc.date.created dcterms.created dc.created dc:created dc.date dcterms.date dc:date dc.date.available
        dcterms.available
        """,
    ),
    (
        Origin.META,
        """
        datepublished parsely-pub-date sailthru.date pubdate pub_date pub-date publishdate publish-date
        publish_date published-date published_date publication_date publication-date publicationdate
        published_time publish_time publish-time published_at published originalpublicationdate
        article_date_original article.published articledate article_date article-published-date
        cxenseparse:recs:publishtime cxenseparse:publishtime cxenseparse:articlepublishtime
        cxenseparse:recs:pubdate dcsext.articlefirstpublished bt:pubdate shareaholic:article_published_time
        mediator_published_time vr:published_time news_published_time analyticsattributes.articledate eomportal-
        publishdate firstpublished first_published displaydate pdate ptime story_date storydate release_date
        releasedate releasedate_time date_published date-published datecreated date_created creation_date
        article.created created createdate apub:time article:create_at contentcreatedate content_create_date
        dateposted date.release date_pub page_date pagedate live_blog:published_time lp.article:published_time
        video:release_date originaldate original-publish-date date
        """,
    ),
)

MODIFIED = (
    "article:modified_time og:updated_time article:modified og:modified_time datemodified lastmod last-modified"
    " dc.date.modified dcterms.modified revised updated_time article:updated_time lastmodified"
).split()

SITES = _table(
    (Origin.CITATION, "citation_journal_title citation_conference_title citation_publisher"),
    (Origin.OPEN_GRAPH, "og:site_name og:site article:publisher_name"),
    (Origin.DUBLIN_CORE, "dc.publisher dcterms.publisher dc:publisher"),
    (Origin.META, "cre application-name apple-mobile-web-app-title publisher al:ios:app_name copyright_holder"),
)

AUTHORS = _table(
    (Origin.CITATION, "citation_author citation_authors bepress_citation_author"),
    (Origin.DUBLIN_CORE, "dc.creator dcterms.creator dc:creator dc.contributor"),
    (
        Origin.META,
        """
        author parsely-author sailthru.author byl byline article:author_name authors dc.author
        cxenseparse:author mediator_author
        """,
    ),
    (Origin.OPEN_GRAPH, "article:author og:author og:article:author"),
)


_ARTICLE = re.compile(r"schema\.org/\w*(?:Article|BlogPosting|Report|CreativeWork|WebPage|VideoObject|Review)\b")
_OTHER = re.compile(r"schema\.org/(?:Comment|UserComments|ListItem|ImageObject|ItemList|WPSideBar|WPFooter|Product)")


class Property(NamedTuple):
    """A property: its element, its place in words, and its text."""

    element: HtmlElement
    place: str
    text: str


def properties(page: HtmlPage, name: str) -> Iterator[Property]:
    """Yield the values of a property of the article, in the order of the page, without those of nested things."""
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
    """Return the value of an element: an attribute for programs, or its text."""
    for attribute in ("content", "datetime", "title" if element.tag == "abbr" else "content"):
        if text := clean(element.get(attribute) or ""):
            return text
    return text_of(element)


def _is_of_article(element: HtmlElement) -> bool:
    """Return whether the nearest thing that a property belongs to may be the article."""
    for above in element.iterancestors():
        kind = above.get("itemtype") or above.get("typeof") or ""
        if kind:
            return bool(_ARTICLE.search(kind)) if "schema.org" in kind else not _OTHER.search(kind)
        if above.get("itemscope") is not None:
            return False
    return True
