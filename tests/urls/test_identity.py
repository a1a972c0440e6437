"""The match key: which addresses name the same page, which do not, and why in words."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ficli.urls.identity import explain_sameness, match_key, stored_url
from ficli.urls.parse import LONGEST, normal_escapes, parse_url, resolve_dots

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "urls.md"

# Two addresses of one page, and what does not count in them.
SAME = [
    # the spelling of an address
    ("http://example.org/a", "https://example.org/a", "`http:`"),
    ("HTTPS://Example.ORG/a", "https://example.org/a", "the spelling of the host"),
    ("https://example.org./a", "https://example.org/a", "the spelling of the host"),
    ("https://Bücher.example/a", "https://xn--bcher-kva.example/a", "the spelling of the host"),
    ("https://example.org:443/a", "https://example.org/a", "`:443`"),
    ("http://example.org:80/a", "https://example.org/a", "`http:` and `:80`"),
    ("https://reader:word@example.org/a", "https://example.org/a", "what stands before the `@`"),
    ("https://example.org/a%7Eb", "https://example.org/a~b", "the spelling with escapes"),
    ("https://example.org/%61", "https://example.org/a", "the spelling with escapes"),
    ("https://example.org/%e2%82%ac", "https://example.org/%E2%82%AC", "the spelling with escapes"),
    ("https://de.wikipedia.org/wiki/Künstliche_Intelligenz",
     "https://de.wikipedia.org/wiki/K%C3%BCnstliche_Intelligenz", "the spelling with escapes"),
    ("https://en.wikipedia.org/wiki/Mata_v._Avianca%2C_Inc.", "https://en.wikipedia.org/wiki/Mata_v._Avianca,_Inc.",
     "the spelling with escapes"),
    ("https://law.justia.com/cases/1%3A2022cv01461/54/", "https://law.justia.com/cases/1:2022cv01461/54/",
     "the spelling with escapes"),
    ("https://example.org/100%", "https://example.org/100%25", "the spelling with escapes"),
    ("https://example.org/a/./b/../c", "https://example.org/a/c", "the detour through `.` or `..`"),
    ("https://example.org/../a", "https://example.org/a", "the detour through `.` or `..`"),
    ("https://example.org/b/%2e%2E/a", "https://example.org/a",
     "the spelling with escapes and the detour through `.` or `..`"),
    # what servers ignore
    ("https://example.org/", "https://example.org", "a final `/`"),
    ("https://example.org/a/", "https://example.org/a", "a final `/`"),
    ("https://example.org/a/index.html", "https://example.org/a", "`index.html`"),
    ("https://example.org/Default.aspx", "https://example.org/", "`Default.aspx` and a final `/`"),
    ("https://example.org/a?", "https://example.org/a", "the spelling of the address"),
    ("https://example.org/a?b=1&&c=2&", "https://example.org/a?b=1&c=2", "the spelling of the address"),
    ("https://example.org/a?b=", "https://example.org/a?b", "the spelling of the address"),
    ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1", "the order of parameters"),
    ("https://example.org/a#reactions", "https://example.org/a", "`#reactions`"),
    ("https://example.org/a#:~:text=the%20chatbot", "https://example.org/a", "`#:~:text=the%20chatbot`"),
    ("https://example.org/#!/case/12:~:text=x", "https://example.org/#!/case/12", "`#!/case/12:~:text=x`"),
    # what follows the reader
    ("https://example.org/a?utm_source=mail&utm_medium=x", "https://example.org/a", "`utm_source` and `utm_medium`"),
    ("https://example.org/a?UTM_Source=mail", "https://example.org/a", "`UTM_Source`"),
    ("https://example.org/a?utm%5Fsource=mail", "https://example.org/a", "`utm_source`"),
    ("https://example.org/a?id=1&fbclid=x", "https://example.org/a?id=1", "`fbclid`"),
    ("https://example.org/a?gclid=1", "https://example.org/a?gclid=2", "`gclid`"),
    ("https://www.theguardian.com/a?CMP=share_btn_url", "https://www.theguardian.com/a", "`CMP`"),
    ("https://www.bbc.com/news/articles/a?at_campaign=b", "https://www.bbc.com/news/articles/a", "`at_campaign`"),
    ("https://www.nytimes.com/a.html?unlocked_article_code=1.2", "https://www.nytimes.com/a.html",
     "`unlocked_article_code`"),
    ("https://x.com/explore?s=20&t=abc", "https://x.com/explore", "`s` and `t`"),
    ("https://open.spotify.com/episode/1?si=2", "https://open.spotify.com/episode/1", "`si`"),
    # fronts of a host
    ("https://www.example.org/a?utm_source=b", "https://example.org/a", "`www.` and `utm_source`"),
    ("https://m.example.org/a", "https://www.example.org/a", "`m.` and `www.`"),
    ("https://mobile.example.org/a", "https://example.org/a", "`mobile.`"),
    ("https://www.m.example.org/a", "https://example.org/a", "`www.m.`"),
    ("https://en.m.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A", "`en.m.wikipedia.org`"),
    ("https://www.gov.uk/a", "https://gov.uk/a", "`www.`"),
    # AMP
    ("https://amp.example.org/a", "https://example.org/a", "`amp.`"),
    ("https://example.org/a/amp/", "https://example.org/a", "a final `/` and `amp`"),
    ("https://example.org/a.amp", "https://example.org/a", "`.amp`"),
    ("https://example.org/a.amp.html", "https://example.org/a.html", "`.amp`"),
    ("https://example.org/a.amp.html.amp", "https://example.org/a.html", "`.amp`"),
    ("https://example.org/a?amp", "https://example.org/a", "`amp`"),
    ("https://example.org/a?outputType=amp", "https://example.org/a", "`outputType`"),
    ("https://www.cbsnews.com/amp/news/a", "https://www.cbsnews.com/news/a", "the folder of the AMP edition"),
    ("https://www.google.com/amp/s/www.example.org/a", "https://www.example.org/a", "the copy at `www.google.com`"),
    ("https://www.google.co.uk/amp/example.org/a", "https://example.org/a",
     "the copy at `www.google.co.uk` and `http:`"),
    ("https://example-org.cdn.ampproject.org/c/s/example.org/a?amp_js_v=0.1", "https://example.org/a",
     "the copy at `example-org.cdn.ampproject.org` and `amp_js_v`"),
    # sites with several addresses for a page
    ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
     "the form of the link at `youtu.be` and `www.`"),
    ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=12s&list=PL1", "https://youtube.com/watch?v=dQw4w9WgXcQ",
     "`m.` and the form of the link at `youtube.com`"),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
     "the form of the link at `youtube.com`"),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcQ",
     "`www.youtube-nocookie.com` and the form of the link at `youtube.com`"),
    ("https://twitter.com/explore", "https://x.com/explore", "`twitter.com`"),
    ("https://mobile.twitter.com/OpenAI/status/123?s=20", "https://x.com/openai/status/123/photo/1",
     "`mobile.twitter.com` and the form of the link at `x.com`"),
    ("https://x.com/i/web/status/123", "https://x.com/a/status/123", "the form of the link at `x.com`"),
    ("https://www.bbc.co.uk/news/a", "https://www.bbc.com/news/a", "`www.bbc.co.uk` and `www.`"),
    ("https://arxiv.org/pdf/2302.12173v2.pdf", "https://arxiv.org/abs/2302.12173",
     "the form of the link at `arxiv.org`"),
    ("https://arxiv.org/html/2302.12173v1", "https://export.arxiv.org/abs/2302.12173v3",
     "the form of the link at `arxiv.org` and `export.`"),
    ("https://arxiv.org/pdf/hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001v1",
     "the form of the link at `arxiv.org`"),
    ("https://doi.org/10.48550/arXiv.2302.12173", "https://arxiv.org/abs/2302.12173",
     "the form of the link at `doi.org`"),
    ("https://dx.doi.org/10.1145/3442188.3445922", "https://doi.org/10.1145/3442188.3445922", "`dx.`"),
    ("https://doi.org/10.1038%2FS41586-023-06792-0", "https://doi.org/10.1038/s41586-023-06792-0",
     "the form of the link at `doi.org`"),
    ("https://dl.acm.org/doi/abs/10.1145/3442188.3445922", "https://doi.org/10.1145/3442188.3445922",
     "the form of the link at `dl.acm.org`"),
    # archived copies
    ("https://web.archive.org/web/20240214120000/https://example.org/a", "https://example.org/a",
     "the copy at `web.archive.org`"),
    ("https://web.archive.org/web/2024id_/http:/www.example.org:80/a/", "https://example.org/a",
     "the copy at `web.archive.org`, `www.`, `http:`, `:80` and a final `/`"),
    ("https://web.archive.org/web/2023/https://example.org/a?b=1&utm_source=c",
     "https://web.archive.org/web/2024/https://example.org/a?b=1", "the copy at `web.archive.org` and `utm_source`"),
    ("https://archive.ph/2024.02.14-120000/https://example.org/a", "https://example.org/a",
     "the copy at `archive.ph`"),
    ("https://archive.is/AbC12", "https://archive.ph/AbC12", "`archive.is` and `archive.ph`"),
    ("https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:https://example.org/a+chatbot&hl=en",
     "https://example.org/a", "the copy at `webcache.googleusercontent.com`"),
    ("https://web.archive.org/web/2024/https://archive.ph/2023/https://example.org/a", "https://example.org/a",
     "the copy at `web.archive.org` and the copy at `archive.ph`"),
]  # fmt: skip

# Two addresses that may be two pages.
DIFFERENT = [
    ("https://example.org/a", "https://example.org/b"),
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a", "https://example.com/a"),
    ("https://example.org/a", "https://news.example.org/a"),
    ("https://example.org/a", "https://example.org:8080/a"),
    ("https://straße.de/", "https://strasse.de/"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/a//b", "https://example.org/a/b"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a?id=1", "https://example.org/a"),
    ("https://example.org/a?x=1&x=2", "https://example.org/a?x=2&x=1"),
    ("https://example.org/a?x=%26", "https://example.org/a?x=&"),
    ("https://example.org/a?q=a+b", "https://example.org/a?q=a%2Bb"),
    ("https://example.org/a?ref=12", "https://example.org/a"),
    ("https://example.org/a?s=12", "https://example.org/a"),
    ("https://example.org/a?t=12", "https://example.org/a"),
    ("https://example.org/a?si=12", "https://example.org/a"),
    ("https://example.org/a?source=12", "https://example.org/a"),
    ("https://example.org/a?amp=5", "https://example.org/a"),
    ("https://notx.com/a?s=20", "https://notx.com/a"),
    ("https://example.org/#!/case/12", "https://example.org/#!/case/13"),
    ("https://example.org/#/case/12", "https://example.org/"),
    ("https://example.org/amp", "https://example.org/"),
    ("https://example.org/amp/a", "https://example.org/a"),
    ("https://amp.dev/a", "https://m.dev/a"),
    ("https://amp.com.au/a", "https://m.com.au/a"),
    ("https://mobile.github.io/a", "https://github.io/a"),
    ("https://m.me/a", "https://me/a"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcR"),
    ("https://www.youtube.com/embed/videoseries?list=PL1", "https://www.youtube.com/embed/videoseries?list=PL2"),
    ("https://www.youtube.com/results?search_query=a", "https://www.youtube.com/results?search_query=b"),
    ("https://x.com/a/status/123", "https://x.com/a/status/124"),
    ("https://x.com/a", "https://x.com/b"),
    ("https://arxiv.org/abs/2302.12173", "https://arxiv.org/abs/2302.12174"),
    ("https://arxiv.org/list/cs.AI/2302", "https://arxiv.org/list/cs.LG/2302"),
    ("https://doi.org/10.1145/1", "https://doi.org/10.1145/2"),
    ("https://dl.acm.org/doi/proceedings/10.1145/1", "https://doi.org/10.1145/1"),
    ("https://dl.acm.org/toc/1", "https://dl.acm.org/toc/2"),
    ("https://archive.ph/AbC12", "https://archive.ph/AbC13"),
    ("https://web.archive.org/web/2024/nothing", "https://nothing/"),
    ("https://archive.org/details/a", "https://archive.org/details/b"),
    ("https://www.google.com/amp/a", "https://a/"),
    ("https://doi.org/10.1145/a%2F..%2Fb", "https://doi.org/10.1145/b"),
    ("https://doi.org:8443/10.1145/a", "https://doi.org/10.1145/a"),
    ("https://web.archive.org:8443/web/2024/https://example.org/a", "https://example.org/a"),
    ("https://example.org/..amp", "https://example.org/."),
]

PIECES = """
    https:// http:// https:/ HTTP: www. m. amp. mobile. example.com google.com web.archive.org archive.ph archive.today
    twitter.com x.com youtube.com youtu.be doi.org arxiv.org dl.acm.org cdn.ampproject.org en.m.wikipedia.org bbc.co.uk
    cbsnews.com webcache.googleusercontent.com webcitation.org / /web/ /2020/ 20200101 if_ * /amp/s/ /amp /c/s/ .amp
    .html .amp.html index.html /../ /./ .. . %2e %2E %2F %2f %3A %25 % %41 %7E ~ ? & = ; ?q=cache: cache: ?url= url=
    utm_source=x utm%5Fsource=y id=1 amp=1 amp #! #/ # :~: %3A~: ! :80 :443 :8080 @ user:pw@ abcdefghijk ?v=abcdefghijk
    /watch /status/ /user 123 /abs/ 2301.00001 v2 .pdf 10.1145/ 10.48550/arXiv. /doi/ straße.de ü K İ %C3%BC [::1]
    1.2.3.4 127.1 + a b A - _ |
""".split()
STARTS = ("https://", "http://", "https://www.", "https://web.archive.org/web/2020/", "https://www.google.com/amp/s/")
ADDRESSES = st.builds(
    lambda start, pieces: start + "".join(pieces),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12),
)


@pytest.mark.parametrize(("one", "other", "why"), SAME)
def test_the_same_page(one: str, other: str, why: str) -> None:
    assert match_key(one) == match_key(other)
    assert explain_sameness(one, other).startswith("same page: ")
    assert re.sub("^same page: | (do|does) not count$", "", explain_sameness(one, other)) == why


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_pages(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)
    assert explain_sameness(one, other) == ""


def test_one_thing_does_not_count_and_two_do_not() -> None:
    assert explain_sameness("https://www.example.org", "https://example.org") == "same page: `www.` does not count"
    assert (
        explain_sameness("https://www.example.org/a?utm_source=b", "https://example.org/a")
        == "same page: `www.` and `utm_source` do not count"
    )


def test_an_address_is_the_same_page_as_itself() -> None:
    assert explain_sameness("https://example.org", "https://example.org") == "same page: the same address"


@pytest.mark.parametrize("text", ["", "example.org/a/", "ftp://example.org/", f"https://example.org/{'a' * LONGEST}/"])
def test_what_is_no_address_is_its_own_key(text: str) -> None:
    assert match_key(text) == text


def test_a_key_that_is_too_long_for_an_address_is_the_same_page() -> None:
    text = f"https://example.org/{'é' * 500}"
    assert len(match_key(text)) > LONGEST
    assert match_key(match_key(text)) == match_key(text)
    assert explain_sameness(text, match_key(text)) == "same page: the spelling with escapes does not count"


def documented(heading: str) -> list[tuple[str, ...]]:
    """Read the rows of the table below a heading of `docs/urls.md`, without what marks code."""
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return [tuple(cell.strip() for cell in row) for row in rows]


def test_the_documented_same_pages_are_so() -> None:
    rows = documented("The same page")
    assert len(rows) > 15
    for one, other, why, _ in rows:
        assert (one.strip("`"), other.strip("`"), why) in SAME


def test_the_documented_different_pages_are_so() -> None:
    rows = documented("Not the same page")
    assert len(rows) > 5
    for one, other, _ in rows:
        assert (one.strip("`"), other.strip("`")) in DIFFERENT


@given(ADDRESSES)
@example("https://www.google.com/amp/s/?https://a.")
@example("https://web.archive.org/web/2020/www.amp..amp")
@example("https://web.archive.org/web/2020/a.b:80.amp")
@example("https://example.com/%%34%31")
@example("https://example.com/#!%3A~:")
@example("https://example.org/#!a%3A~:~:b")
@example("http://x.com:443/")
@example("https://doi.org/10.1145/..%2F..%2Findex.html")
@example("https://example.com/?=")
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    key = match_key(text)
    assert match_key(key) == key
    if parse_url(text) is not None and len(key) <= LONGEST:
        assert parse_url(key) is not None
    assert match_key(stored_url(text)) == key


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    key = match_key(text)
    assert match_key(key) == key
    assert match_key(f"https://example.org/{text}") == match_key(match_key(f"https://example.org/{text}"))


@given(ADDRESSES, ADDRESSES)
def test_sameness_is_explained_where_there_is_some(one: str, other: str) -> None:
    assert (explain_sameness(one, other) != "") == (match_key(one) == match_key(other))


def steps(work: Callable[[], object]) -> int:
    """Count the calls that a piece of work makes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", ["%25", "/./", "/../", "&", "%41", "/a", "é", "%"])
def test_the_work_grows_with_the_text(piece: str) -> None:
    few, many = (piece * (size // len(piece)) for size in (10_000, 100_000))
    for work in (normal_escapes, resolve_dots):
        assert steps(lambda work=work: work(many)) <= 11 * steps(lambda work=work: work(few))  # type: ignore[misc]


@pytest.mark.parametrize("piece", ["%25", "/./", "&", "a=b&", "utm_a=b&", "/amp", ".amp", "index.html/", "www.", "%"])
def test_a_very_long_address_takes_no_work(piece: str) -> None:
    assert steps(lambda: match_key(f"https://example.org/?{piece * 100_000}")) < 10
    assert steps(lambda: stored_url(f"https://example.org/?{piece * 100_000}")) < 10


@pytest.mark.parametrize(
    "start",
    [
        "https://archive.ph/2/", "https://www.google.com/amp/s/", "https://a.cdn.ampproject.org/c/s/",
        "https://web.archive.org/web/2/", "https://webcitation.org/query?url=",
    ],
)  # fmt: skip
def test_wrappers_in_wrappers_come_off_in_bounded_work(start: str) -> None:
    nested = start * ((LONGEST - 30) // len(start)) + "https://example.org/a"
    assert steps(lambda: match_key(nested)) < 40_000
