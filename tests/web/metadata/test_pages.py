"""Pages whose title, date, site and authors are known, from bytes to facts; each is a trap that tools fall into."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ficli.web.metadata.extract import PageFacts, read_page

PAGES = Path(__file__).with_name("pages")
EXPECTED: dict[str, Any] = json.loads((PAGES / "expected.json").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 23)


def read(html: str | bytes, url: str = "https://news.example.org/a", content_type: str = "") -> PageFacts:
    raw = html.encode() if isinstance(html, str) else html
    return read_page(raw, url=url, content_type=content_type, today=TODAY)


@pytest.mark.parametrize("name", EXPECTED)
def test_page(name: str) -> None:
    known = EXPECTED[name]
    facts = read((PAGES / f"{name}.html").read_bytes(), known["url"], known["content_type"])

    assert {
        "title": facts.title and facts.title.text,
        "date": facts.published and facts.published.text,
        "author": [author.text for author in facts.authors],
        "site": facts.site and facts.site.text,
    } == known["expected"]


# --- titles ------------------------------------------------------------------------------------------------

HEADLINE = "Chatbot of a bank promises refunds"
TITLES = [
    (f"<title>{HEADLINE} | Example News</title>", HEADLINE, "title"),
    (f"<title>{HEADLINE} - News - Example News</title><meta property=og:site_name content='Example News'>", HEADLINE, "title"),
    (f"<title>Example News: {HEADLINE}</title><meta property=og:site_name content='Example News'>", HEADLINE, "title"),
    (f"<title>Example News | {HEADLINE}</title><meta property=og:site_name content='Example News'>", HEADLINE, "title"),
    (f"<title>{HEADLINE} « Example.org</title>", HEADLINE, "title"),
    (f"<title>{HEADLINE} – THE EXAMPLE – Blog</title>", HEADLINE, "title"),
    (f"<title>{HEADLINE} [EN]</title><h1>{HEADLINE}</h1>", HEADLINE, "title"),
    (f"<title>{HEADLINE}-Example News</title><h1>{HEADLINE}</h1>", HEADLINE, "title"),
    ("<title>AI - the next step - is here</title>", "AI - the next step - is here", "title"),
    ("<title>Bank: the refunds that never came</title>", "Bank: the refunds that never came", "title"),
    (f"<meta property=og:title content='{HEADLINE.upper()}'><h1>{HEADLINE}</h1>", HEADLINE, "OpenGraph"),
    (f"<meta property=og:title content='{HEADLINE}'><h1>{HEADLINE.upper()}</h1>", HEADLINE, "OpenGraph"),
    ("<meta property=og:title content='Bank&amp;#8217;s chatbot lied &amp;amp; lost'>", "Bank’s chatbot lied & lost", "OpenGraph"),
    ("<meta property=og:title content='Chatbot of a bank promises...'><title>Chatbot of a bank promises refunds</title>", HEADLINE, "OpenGraph"),
    (f"<meta property=og:title content='Chatbot of a bank prom…'><h1>{HEADLINE}</h1>", HEADLINE, "heading"),
    (f"<title>Refunds the bank never paid, chatbot promises</title><h1>{HEADLINE}</h1>", HEADLINE, "heading"),
    (f"<title>Example</title><h1>Menu</h1><h1>{HEADLINE}</h1>", HEADLINE, "heading"),
    (f"<h1>{HEADLINE}</h1>", HEADLINE, "heading"),
    (f"<title>{HEADLINE} | Example News</title><h1>Example News</h1><h1>{HEADLINE}</h1>", HEADLINE, "title"),
    (f"<body><svg><title>Logo</title></svg><h1>{HEADLINE}</h1>", HEADLINE, "heading"),
    (f"<title>Unclosed<meta property=og:title content='{HEADLINE}'>", HEADLINE, "OpenGraph"),
    (f"<meta name=citation_title content='{HEADLINE}'><title>Journal</title>", HEADLINE, "citation"),
    ("<h1>A <b>bank</b>’s<br>chat<wbr>bot</h1>", "A bank’s chatbot", "heading"),
    ("<title>\x1b[31mred\x1b[0m alert at a bank</title>", "[31mred [0m alert at a bank", "title"),
    ("<p>nothing</p>", None, ""),
    ("", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("html", "title", "origin"), TITLES, ids=[html[:70] for html, _, _ in TITLES])
def test_title(html: str, title: str | None, origin: str) -> None:
    found = read(html).title

    assert (found and found.text) == title
    assert origin in (found.evidence if found else "")


# --- dates -------------------------------------------------------------------------------------------------

LD = '<script type="application/ld+json">{}</script>'
DATES = [
    (LD.format('{"@type":"NewsArticle","datePublished":"2025-05-08T23:30:00-05:00"}'), "2025-05-08"),
    (LD.format('{"@type":"NewsArticle","dateModified":"2025-05-08"}'), None),
    (LD.format('<!-- {"@type":"Article","datePublished":"2025-05-08"}; -->'), "2025-05-08"),
    (LD.format('{"@type":"Article","datePublished":2025-05-08T10:00:00,}'), "2025-05-08"),
    (LD.format("{&quot;@type&quot;:&quot;Article&quot;,&quot;datePublished&quot;:&quot;2025-05-08&quot;}"), "2025-05-08"),
    (LD.format('{"@type":"Article","datePublished":"2025-05-08"}{"@type":"Person","name":"x"}'), "2025-05-08"),
    (LD.format('[{"@type":["NewsArticle"],"datePublished":["2025-05-08"]}]'), "2025-05-08"),
    (LD.format('{"@type":"NewsArticle","datePublished":{"@value":"2025-05-08"}}'), "2025-05-08"),
    (LD.format('{"@type":"NewsArticle","datePublished":1746698400}'), "2025-05-08"),
    (LD.format('{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":"2025-05-08"}}'), "2025-05-08"),
    (LD.format('{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2025-05-08"}]}'), None),
    ("<meta property=article:published_time content='2025-05-08'>", "2025-05-08"),
    ("<meta name=parsely-pub-date content='2025-05-08T10:00:00Z'>", "2025-05-08"),
    ("<meta name=date content='Thu, 08 May 2025 10:00:00 GMT'>", "2025-05-08"),
    ("<meta name=date content='05/08/2025'>", None),
    ("<html lang=fr><meta name=date content='05/08/2025'>", "2025-08-05"),
    ("<meta name=date content='08.05.2025'>", "2025-05-08"),
    ("<meta name=date content='2099-01-01'>", None),
    ("<meta name=date content='1970-01-01'>", None),
    ("<meta name=date content='2025-02-30'>", None),
    ("<meta name=citation_date content='1985/03/02'>", "1985-03-02"),
    ("<meta name=citation_date content='2025/05'>", "2025-05"),
    ("<span itemprop=datePublished content='2025-05-08'>x</span>", "2025-05-08"),
    ("<div itemscope itemtype='https://schema.org/Comment'><time itemprop=datePublished datetime='2025-05-08'></time></div>", None),
    ("<h1>A headline of a bank</h1><time datetime='2025-05-08'>8 May</time>", "2025-05-08"),
    ("<h1>A headline of a bank</h1><p class=byline>By Ada Example | May 8, 2025</p>", "2025-05-08"),
    ("<h1>A headline of a bank</h1><p>Updated: <time datetime='2025-05-08'>8 May</time></p>", None),
    ("<h1>A headline of a bank</h1><p>Published May 8, 2025. Updated May 9, 2025</p>", "2025-05-08"),
    ("<h1>A headline of a bank</h1><aside><time datetime='2025-05-08'>8 May</time></aside>", None),
    ("<h1>A headline of a bank</h1><div class=related-posts><time datetime='2025-05-08'>8 May</time></div>", None),
    ("<h1>A headline of a bank</h1><p>2025年5月8日 10:00</p>", "2025-05-08"),
    ("<h1>A headline of a bank</h1><p>8 мая 2025</p>", "2025-05-08"),
    ("<h1>A headline of a bank</h1><p>8 de mayo de 2025</p>", "2025-05-08"),
    ("<h1>A headline of a bank</h1><p>Donnerstag, 8. Mai 2025</p>", "2025-05-08"),
    ("<h1>A headline of a bank</h1><p>8 พฤษภาคม 2568</p>", "2025-05-08"),
    ("<abbr class=published title='2025-05-08T10:00:00'>yesterday</abbr>", "2025-05-08"),
    ("<footer>© 2025 Example. Last build 2025-05-08</footer>", None),
]  # fmt: skip


@pytest.mark.parametrize(("html", "day"), DATES, ids=[html[:90] for html, _ in DATES])
def test_date(html: str, day: str | None) -> None:
    found = read(html).published

    assert (found and found.text) == day


ADDRESSES = [
    ("/2025/05/08/story", "2025-05-08"),
    ("/2025/5/8/story", "2025-05-08"),
    ("/news/20250508/story.html", "2025-05-08"),
    ("/news/story-2025-05-08", "2025-05-08"),
    ("/2025/may/08/story", "2025-05-08"),
    ("/2025/politics/05/08/story/index.html", "2025-05-08"),
    ("/2025-05/08/c_1.htm", "2025-05-08"),
    ("/2099/05/08/story", None),
    ("/2025/13/08/story", None),
    ("/story/123456789", None),
    ("/20250508123/", None),
]


@pytest.mark.parametrize(("path", "day"), ADDRESSES)
def test_the_address_tells_the_date(path: str, day: str | None) -> None:
    found = read("<h1>A headline</h1>", f"https://news.example.org{path}").published

    assert (found and found.text) == day


def test_a_month_in_the_address_is_proposed_and_a_day_that_fits_is_written() -> None:
    url = "https://news.example.org/2025/05/story"
    alone = read("<h1>A headline of a bank</h1>", url)
    with_day = read("<h1>A headline of a bank</h1><div><span>filed 8 May 2025 by us</span></div>", url)

    assert alone.published is None
    assert alone.proposed_date is not None
    assert alone.proposed_date.text == "2025-05"
    assert with_day.published is not None
    assert with_day.published.text == "2025-05-08"


def test_the_address_counts_where_metadata_is_later_by_days() -> None:
    url = "https://news.example.org/2025/05/08/story"
    later = read("<meta property=article:published_time content='2025-06-08'>", url).published
    next_day = read("<meta property=article:published_time content='2025-05-09'>", url).published

    assert later is not None
    assert next_day is not None
    assert (later.text, next_day.text) == ("2025-05-08", "2025-05-09")


def test_what_is_refused_is_told() -> None:
    facts = read("<meta name=date content='05/08/2025'><meta name=pubdate content='2099-01-01'>")

    assert {(item.raw, item.reason) for item in facts.refused} == {
        ("05/08/2025", "it may be 5 August 2025 or 8 May 2025"),
        ("2099-01-01", "it lies in the future"),
    }


def test_a_guess_is_proposed_and_never_written() -> None:
    facts = read("<p>The report was finished on 2025-05-08 in the evening.</p>")

    assert facts.published is None
    assert facts.proposed_date is not None
    assert facts.proposed_date.evidence == "a guess, `htmldate`"


# --- all else ----------------------------------------------------------------------------------------------


def test_the_article_is_found_among_several_things() -> None:
    things = [
        {
            "@type": "NewsArticle",
            "headline": "Another story altogether",
            "url": "https://news.example.org/b",
            "datePublished": "2020-01-01",
        },
        {
            "@type": "NewsArticle",
            "headline": "This very story it is",
            "mainEntityOfPage": {"@id": "https://news.example.org/a"},
            "datePublished": "2025-05-08",
        },
    ]
    by_address = read(LD.format(json.dumps(things)))
    by_title = read(LD.format(json.dumps(things)) + "<h1>This very story it is</h1>", "https://news.example.org/c")
    neither = read(LD.format(json.dumps(things)), "https://news.example.org/c")

    assert by_address.published is not None
    assert by_title.published is not None
    assert (by_address.published.text, by_title.published.text) == ("2025-05-08", "2025-05-08")
    assert neither.published is None


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=pt_br>", "pt-BR"),
        ("<html lang=zh-hant-TW>", "zh-Hant-TW"),
        ("<html lang=und><meta property=og:locale content=en_US>", "en-US"),
        (LD.format('{"@type":"Article","inLanguage":"de-DE"}'), "de-DE"),
        ("<html lang='english please'>", None),
        ("<meta http-equiv=content-language content='fr, en'>", "fr"),
    ],
)
def test_language(html: str, language: str | None) -> None:
    found = read(html).language

    assert (found and found.text) == language


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://www.example.org/story?utm_source=x", "https://www.example.org/story"),
        ("/story", "https://news.example.org/story"),
        ("https://elsewhere.example.net/story", None),
        ("https://news.example.org/", None),
        ("javascript:alert(1)", None),
        ("http://localhost/story", None),
        ("http://[::1", None),
    ],
)
def test_canonical(href: str, canonical: str | None) -> None:
    found = read(f"<link rel=canonical href='{href}'><h1>A story</h1>").canonical

    assert (found and found.text) == canonical


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        ("<meta name=author content='Ada Example and Alan Example'>", ["Ada Example", "Alan Example"]),
        ("<meta name=author content='Ada Example, Alan Example'>", ["Ada Example", "Alan Example"]),
        ("<meta name=author content='Example, Ada'>", ["Example, Ada"]),
        ("<meta name=author content='admin'>", []),
        ("<meta name=author content='https://example.org/ada'>", []),
        ("<meta property=article:author content='https://facebook.com/ada'>", []),
        ("<meta name=author content='Von Ada Example'>", ["Ada Example"]),
        (
            LD.format('{"@type":"Article","author":{"@id":"#a"}}')
            + LD.format('{"@id":"#a","@type":"Person","name":["Ada Example"]}'),
            ["Ada Example"],
        ),
        (LD.format('{"@type":"Article","author":[{"@id":"#l"},"Ada Example","Ada Example"]}'), ["Ada Example"]),
        ("<span itemprop=author>Ada Example</span>", ["Ada Example"]),
    ],
)
def test_authors(html: str, authors: list[str]) -> None:
    assert [author.text for author in read(html).authors] == authors


@pytest.mark.parametrize(
    ("html", "site"),
    [
        (
            "<meta property=og:site_name content='example.org'><meta name=application-name content='Example News'>",
            "Example News",
        ),
        ("<meta property=og:site_name content='example.org'>", "example.org"),
        ("<meta property=og:site_name content='https://example.org'>", None),
        ("<meta property=og:site_name content='@example'>", None),
        (LD.format('{"@type":"WebSite","name":"Example News"}'), "Example News"),
        (
            "<span itemprop=publisher itemscope itemtype='https://schema.org/Organization'><meta itemprop=name content=x></span>",
            None,
        ),
    ],
)
def test_site(html: str, site: str | None) -> None:
    found = read(html).site

    assert (found and found.text) == site


@pytest.mark.parametrize(
    ("html", "wall"),
    [
        ("", "empty"),
        ("<title>Attention Required!</title>", "challenge"),
        ("<h1>Access denied</h1>", "challenge"),
        ("<title>404 Not Found</title>", "not-found"),
        ("<h1>Seite nicht gefunden</h1>", "not-found"),
        (f"<h1>Page not found, says the chatbot</h1><p>{'A long story. ' * 200}</p>", ""),
        ("<h1>A story</h1>", ""),
    ],
)
def test_what_stands_in_for_a_page(html: str, wall: str) -> None:
    assert read(html).wall == wall


# --- encodings ---------------------------------------------------------------------------------------------

ENCODINGS = [
    ("\ufeff<title>Zürich</title>".encode(), "text/html; charset=iso-8859-1"),
    ("\ufeff<title>Zürich</title>".encode("utf-16-le"), ""),
    ("<title>Zürich</title>".encode("cp1252"), "text/html; charset=ISO-8859-1"),
    ("<meta charset=windows-1252><title>Zürich</title>".encode("cp1252"), ""),
    ("<?xml version='1.0' encoding='ISO-8859-15'?><html><title>Zürich</title>".encode("iso8859-15"), ""),
    ("<!-- <meta charset=cp1251> --><title>Zürich</title>".encode(), ""),
    ("<meta charset=utf-16><title>Zürich</title>".encode(), ""),
    ("<meta charset=rot13><title>Zürich</title>".encode(), ""),
    ("<title>Zürich</title>".encode(), "text/html; charset=unicode_escape"),
    ("<title>Zürich</title>".encode("cp1252"), "text/html; charset=utf-8; x=y"),
]


@pytest.mark.parametrize(("raw", "header"), ENCODINGS[:-1])
def test_encoding(raw: bytes, header: str) -> None:
    title = read(raw, content_type=header).title

    assert title is not None
    assert title.text == "Zürich"


def test_a_wrong_declaration_loses_single_characters_only() -> None:
    raw, header = ENCODINGS[-1]
    title = read(raw, content_type=header).title

    assert title is not None
    assert title.text == "Z\ufffdrich"


def test_a_few_broken_bytes_do_not_make_utf8_something_else() -> None:
    title = read("<title>Zürich und Genève, Malmö und Łódź äöü</title>".encode() + b"\xff").title

    assert title is not None
    assert title.text == "Zürich und Genève, Malmö und Łódź äöü"


# --- floods ------------------------------------------------------------------------------------------------

FLOODS = {
    "much JSON-LD": LD.format('{"@type":"Article","x":"' + "a" * 4_000_000 + '"}') + "<h1>A headline</h1>",
    "many JSON-LD scripts": LD.format('{"@type":"Article"}') * 20_000 + "<h1>A headline</h1>",
    "deep JSON-LD": LD.format('{"a":' * 10_000 + "1" + "}" * 10_000) + "<h1>A headline</h1>",
    "wide JSON-LD": LD.format("[" + '{"@type":"Article"},' * 30_000 + "1]") + "<h1>A headline</h1>",
    "a huge number in JSON-LD": LD.format('{"@type":"Article","datePublished":' + "9" * 5000 + "}") + "<h1>A headline</h1>",
    "deep elements": "<div>" * 20_000 + "<h1>A headline</h1>",
    "many elements": "<h1>A headline</h1>" + "<i>x</i>" * 200_000,
    "a long title": "<title>" + "a b | " * 200_000 + "</title>",
    "zeros": "<h1>A headline\x00</h1>\x00\x00",
    "half a surrogate": "<h1>A headline &#xD800; \ufffe</h1>",
}  # fmt: skip


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_read_or_left(name: str) -> None:
    import time

    started = time.process_time()  # the work, however busy the machine is
    facts = read(FLOODS[name])

    assert time.process_time() - started < 8
    assert facts.title is None or len(facts.title.text) <= 400


# --- places that few pages use -----------------------------------------------------------------------------

RARE = [
    ('<script type=\'application/ld+json\'>{"@type":"Article","headline":"A headline \\x bank"</script>', None),
    (LD.format('"headline": "Bank lost its refunds", broken'), "Bank lost its refunds"),
    (
        "<div itemscope itemtype='https://schema.org/Article'><b itemprop=headline>Bank lost its refunds</b></div>",
        "Bank lost its refunds",
    ),
    ("<div itemscope><b itemprop=headline>Bank lost its refunds</b></div>", None),
    ("<meta name=sailthru.title content='Bank lost its refunds'>", "Bank lost its refunds"),
    ("<title>The Example</title><h1>Menu</h1><h1>Bank lost all of its refunds</h1>", "The Example"),
    (
        "<title>Bank lost its refunds | NO</title><meta property=og:site_name content='News of Example'>",
        "Bank lost its refunds",
    ),
]


@pytest.mark.parametrize(("html", "title"), RARE, ids=[html[:60] for html, _ in RARE])
def test_a_title_in_a_rare_place(html: str, title: str | None) -> None:
    found = read(html).title

    assert (found and found.text) == title


@pytest.mark.parametrize(
    ("html", "day"),
    [
        ("<title>Bank lost its refunds</title><h2>Bank lost its refunds</h2><p>8 May 2025</p>", "2025-05-08"),
        (
            "<title>Bank lost its refunds</title><div class=head>Bank lost its refunds</div><p>8 May 2025</p>",
            "2025-05-08",
        ),
        (
            "<h1>A headline of a bank</h1><article><footer><time datetime=2025-05-08>x</time></footer></article>",
            "2025-05-08",
        ),
        ("<h1>A headline of a bank</h1><p>2025年13月40日</p>", None),
        ("<html lang=hr><h1>A headline of a bank</h1><p>8. listopada 2025</p>", "2025-10-08"),
        ("<html lang=pl><h1>A headline of a bank</h1><p>8 listopada 2025</p>", "2025-11-08"),
        ("<meta name=date content='13/05/2025'>", "2025-05-13"),
        ("<meta name=date content='05/13/2025'>", "2025-05-13"),
        ("<meta name=date content='1812-05-13'>", None),
        ("<meta property=article:published_time content='Thu May 08 10:00:00 EDT 2025'>", "2025-05-08"),
    ],
)
def test_a_date_in_a_rare_place(html: str, day: str | None) -> None:
    found = read(html).published

    assert (found and found.text) == day


@pytest.mark.parametrize("url", ["", "https://[::1", "https://news.example.org/2025/listing/08/story"])
def test_an_address_that_tells_nothing(url: str) -> None:
    assert read("<h1>A headline of a bank</h1>", url).published is None


def test_a_guess_that_breaks_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import htmldate

    def broken(*_arguments: object, **_keywords: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(htmldate, "find_date", broken)

    assert read("<p>The report was finished on 2025-05-08 in the evening.</p>").proposed_date is None
