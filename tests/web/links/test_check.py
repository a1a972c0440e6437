"""The result of one answer of an address."""

from __future__ import annotations

import pytest

from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import FetchedPage
from ficli.web.links.check import check_answer
from ficli.web.links.verdicts import Verdict

URL = "https://news.example.org/2025/05/bank-chatbot"
TITLE = "Bank's chatbot told customers a wrong rate"
STORY = "The chatbot of the bank told customers that the rate was three percent, which it was not. " * 12


def answer(
    html: str = "", *, url: str = URL, status: int = 200, kind: str = "text/html", hops: tuple[str, ...] = ()
) -> FetchedPage:
    return FetchedPage(URL, url, status, {"content-type": kind}, html.encode(), hops)


def article(title: str = "A story", text: str = STORY, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1><p>{text}</p></body></html>"


def verdict(page: FetchedPage, *titles: str, asked: str = URL) -> Verdict:
    return check_answer(asked, page, titles).verdict


def test_a_page_is_there() -> None:
    assert check_answer(URL, answer(article())).verdict is Verdict.OK
    assert check_answer(URL, answer("%PDF-1.7", kind="application/pdf")).verdict is Verdict.OK


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_only_seems_so_at_first(status: int) -> None:
    found = check_answer(URL, answer(status=status))

    assert (found.verdict, found.detail, found.seems_gone) == (Verdict.SUSPECT, f"HTTP {status}", True)


@pytest.mark.parametrize("status", [400, 401, 403, 405, 406, 429, 451, 999])
def test_who_turns_programs_away_says_nothing_of_the_page(status: int) -> None:
    found = check_answer(URL, answer(article("Forbidden"), status=status))

    assert found.verdict is Verdict.BLOCKED
    assert not found.seems_gone


@pytest.mark.parametrize(
    ("status", "html", "expected"),
    [
        (500, "", Verdict.SERVER_ERROR),
        (503, article("Service unavailable", "Back soon."), Verdict.SERVER_ERROR),
        (503, article("Just a moment...", "Checking your browser"), Verdict.BLOCKED),
        (402, "", Verdict.PAYWALLED),
        (302, "", Verdict.SERVER_ERROR),
    ],
)
def test_other_answers_without_a_page(status: int, html: str, expected: Verdict) -> None:
    assert verdict(answer(html, status=status)) is expected


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_without_an_answer_has_a_verdict(reason: Reason) -> None:
    found = check_answer(URL, FetchError(reason, "it is so", retry_after=7))

    assert found.verdict not in (Verdict.OK, Verdict.DEAD, Verdict.SOFT_404)
    assert found.seems_gone is (reason in (Reason.UNREACHABLE, Reason.GONE))
    assert (found.detail, found.retry_after) == ("it is so", 7)


@pytest.mark.parametrize(
    "html",
    [
        article("Page not found", "Sorry."),
        article("404", STORY),
        article("Seite nicht gefunden", "Die Seite gibt es nicht mehr."),
        article("News", "x").replace("<h1>News", "<h1>This page does not exist"),
    ],
)
def test_a_page_that_says_it_is_not_there_is_a_soft_404(html: str) -> None:
    assert verdict(answer(html)) is Verdict.SOFT_404


def test_a_page_that_leads_to_the_start_is_a_soft_404() -> None:
    for start in (
        "https://news.example.org/",
        "https://www.news.example.org/en/?utm_source=x",
        "https://example.org/home",
    ):
        found = check_answer(URL, answer(article("Example News"), url=start, hops=(URL,)))
        assert (found.verdict, found.final_url) == (Verdict.SOFT_404, start)
        assert "the first page of the site" in found.detail


def test_where_a_short_link_leads_and_who_cites_the_start_is_no_soft_404() -> None:
    start = "https://news.example.org/"

    assert verdict(answer(article(), url=start), asked="https://sho.rt/abc") is Verdict.REDIRECTED
    assert verdict(answer(article(), url=f"{start}home"), asked=start) is Verdict.REDIRECTED
    assert verdict(answer(article(), url=start), asked=f"{start}index.html") is Verdict.OK


def test_one_sign_makes_a_page_suspect_and_no_more() -> None:
    html = article("Example News", STORY).replace("<title>Example News", "<title>Page not found")
    found = check_answer(URL, answer(html))

    assert found.verdict is Verdict.SUSPECT
    assert not found.seems_gone  # no number of looks makes it dead


def test_a_short_page_is_no_soft_404_by_itself() -> None:
    assert verdict(answer(article("A story", "In short."))) is Verdict.OK


def test_a_pdf_that_has_become_a_short_page_is_suspect() -> None:
    url = "https://court.example.org/filings/12.pdf"

    assert verdict(answer(article("Court", "Search"), url=url), asked=url) is Verdict.SUSPECT
    assert verdict(answer(article("Court", STORY), url=url), asked=url) is Verdict.OK


def test_a_page_that_is_recognized_is_no_soft_404() -> None:
    odd = "Page not found: how a chatbot lost its way"

    assert verdict(answer(article(odd, "Short.")), odd) is Verdict.OK
    assert verdict(answer(article(odd, "Short.")), "Another title altogether") is Verdict.SOFT_404
    assert check_answer(URL, answer(article(TITLE.upper())), [TITLE]).is_recognized
    assert not check_answer(URL, answer(article("Oops")), ["Oops"]).is_recognized  # too short to tell


def test_a_newspaper_called_404_is_there() -> None:
    assert verdict(answer(article("A story - 404 Media", "Short."))) is Verdict.OK


@pytest.mark.parametrize(
    "html",
    [
        article("example.org", "This domain is for sale. Inquire now."),
        article("example.org", "Buy this domain."),
        article("example.org", "Related searches", '<script src="//img.sedoparking.com/a.js"></script>'),
        article("example.org", "x", '<meta http-equiv="refresh" content="0; url=https://www.hugedomains.com/x">'),
        article("Diese Domain steht zum Verkauf", "x"),
    ],
)
def test_a_domain_that_is_for_sale_is_parked(html: str) -> None:
    assert verdict(answer(html)) is Verdict.PARKED


def test_a_market_for_domains_is_told_by_where_an_address_leads() -> None:
    market = "https://www.hugedomains.com/domain_profile.cfm?d=example"

    assert verdict(answer(article("Example.com", "Yours."), url=market)) is Verdict.PARKED
    assert verdict(answer(article("Example.com", "Yours."), url=market), asked=market) is Verdict.OK


def test_an_article_about_parked_domains_is_there() -> None:
    text = "The page said that this domain is for sale. " * 80

    assert verdict(answer(article("A story", text))) is Verdict.OK
    assert verdict(answer(article(TITLE, "It said: buy this domain.")), TITLE) is Verdict.OK


def test_walls_are_not_the_page() -> None:
    assert verdict(answer(article("Are you a robot?", "Please verify."))) is Verdict.BLOCKED
    assert verdict(answer("<div id=app></div><script src=/app.js></script>")) is Verdict.BLOCKED
    assert verdict(answer("", kind="text/plain")) is Verdict.BLOCKED
    assert verdict(answer(article("Consent"), url="https://consent.example.org/collect?to=x")) is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (article(), "https://news.example.org/login?next=/2025"),
        (article(head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'), URL),
        (article(head='<script type="application/ld+json">{"@type":"Article","isAccessibleForFree":"False"}</script>'), URL),
    ],
)  # fmt: skip
def test_a_page_for_those_who_pay_is_there(html: str, url: str) -> None:
    assert verdict(answer(html, url=url)) is Verdict.PAYWALLED


def test_who_cites_a_page_about_signing_in_cites_that_page() -> None:
    url = "https://news.example.org/help/login"

    assert verdict(answer(article(), url=url), asked=url) is Verdict.OK


def test_what_another_article_costs_does_not_count() -> None:
    other = '{"@type":"NewsArticle","mentions":{"@type":"NewsArticle","isAccessibleForFree":false}}'

    assert verdict(answer(article(head=f'<script type="application/ld+json">{other}</script>'))) is Verdict.OK


def test_another_form_of_the_same_address_is_no_redirect() -> None:
    same = "https://www.news.example.org/2025/05/bank-chatbot/?utm_source=x"

    assert verdict(answer(article(), url=same)) is Verdict.OK


def test_a_page_that_has_moved_is_there() -> None:
    moved = "https://news.example.org/archive/bank-chatbot"
    for_good = FetchedPage(
        URL, moved, 200, {"content-type": "text/html"}, article().encode(), (URL,), moved_for_good=True
    )

    assert check_answer(URL, for_good).final_url == moved
    assert check_answer(URL, for_good).detail == f"it has moved for good to `{moved}`"
    assert check_answer(URL, answer(article(), url=moved)).detail == f"it has moved for now to `{moved}`"


def test_hostile_pages_come_to_a_verdict_and_their_words_are_tamed() -> None:
    for raw in (b"\xff\xfe\x00", b"<" * 200_000, b"<div>" * 40_000, b"\x00" * 1000, b"<title>\x1b]0;x\x07 not found"):
        found = check_answer(URL, FetchedPage(URL, URL, 200, {"content-type": "text/html"}, raw))
        assert "\x1b" not in found.detail
