"""The names under which `<meta>` elements give title, date, site and authors: tables, by vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ficli.sources.metadata.evidence import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence


class Names(NamedTuple):
    """Names of `<meta>` elements, in lower case, the best first."""

    origin: Origin
    names: Sequence[str]


def _table(*rows: tuple[Origin, str]) -> Sequence[Names]:
    return [Names(origin, tuple(names.split())) for origin, names in rows]


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
