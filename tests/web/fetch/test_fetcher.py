"""How ficli behaves towards sites: pace, patience, robots.txt, several hosts at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from tests.clock import Clock

from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import FetchedPage
from ficli.web.fetch.fetcher import Fetcher

if TYPE_CHECKING:
    from tests.conftest import Web


def page(body: str = "<h1>Hello</h1>") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def fetcher(web: Web, clock: Clock | None = None, **changes: object) -> Fetcher:
    clock = clock or Clock()
    return Fetcher(web.policy(clock=clock, sleep=clock.sleep, **changes))


def robots(web: Web, text: str) -> None:
    web.page("/robots.txt", text, content_type="text/plain")


def test_a_second_passes_between_requests_to_a_host(web: Web) -> None:
    web.answers |= {"/a": page(), "/b": page()}
    clock = Clock()
    bot = fetcher(web, clock, pause=1)
    bot.page(web.url("/a"))
    bot.page(web.url("/b"))

    assert [request.split()[1] for request in web.requests] == ["/robots.txt", "/a", "/b"]
    assert clock.waited == [1, 1]


def test_another_host_need_not_wait(web: Web) -> None:
    web.answers["/a"] = page()
    clock = Clock()
    bot = fetcher(web, clock, pause=1)
    bot.page(web.url("/a", "one.example.org"))
    clock.waited.clear()
    bot.page(web.url("/a", "two.example.org"))

    assert clock.waited == [1]  # between robots.txt and the page


def test_robots_are_obeyed(web: Web) -> None:
    robots(web, "User-agent: ficli\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n")
    web.answers |= {"/a": page(), "/private": page()}
    bot = fetcher(web)

    assert bot.page(web.url("/a")).status == 200
    with pytest.raises(FetchError) as caught:
        bot.page(web.url("/private"))
    assert caught.value.reason is Reason.ROBOTS
    assert "--html" in caught.value.hint
    assert [request.split()[1] for request in web.requests] == ["/robots.txt", "/a"]


def test_robots_hold_for_where_a_redirect_leads(web: Web) -> None:
    robots(web, "User-agent: *\nDisallow: /private\n")
    web.redirect("/a", "/private")
    with pytest.raises(FetchError) as caught:
        fetcher(web).page(web.url("/a"))

    assert caught.value.reason is Reason.ROBOTS


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 302 Found\r\nLocation: /robots.txt\r\nContent-Length: 0\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\xff\xfe\x00", True),
        (b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n", False),
        (b"HTTP/1.1 429 Busy\r\nContent-Length: 0\r\n\r\n", False),
        (b"no HTTP", False),
    ],
)
def test_robots_that_cannot_be_read(web: Web, answer: bytes, *, allowed: bool) -> None:
    web.answers |= {"/robots.txt": answer, "/a": page()}
    bot = fetcher(web)
    if allowed:
        assert bot.page(web.url("/a")).status == 200
    else:
        with pytest.raises(FetchError):
            bot.page(web.url("/a"))


def busy(header: str, status: str = "429 Busy") -> bytes:
    return f"HTTP/1.1 {status}\r\n{header}\r\nContent-Length: 0\r\n\r\n".encode()


def test_a_site_that_asks_to_wait_is_asked_once_more(web: Web) -> None:
    answers = [busy("Retry-After: 30"), page()]
    web.answers["/a"] = lambda: [answers.pop(0)]
    clock = Clock()

    assert fetcher(web, clock).page(web.url("/a")).status == 200
    assert clock.waited == [30]


def test_a_site_may_name_a_time(web: Web) -> None:
    dated = "Date: Fri, 09 May 2025 10:00:00 GMT\r\nRetry-After: Fri, 09 May 2025 10:00:20 GMT"
    web.answers["/a"] = busy(dated, "503 Busy")
    clock = Clock()

    assert fetcher(web, clock).page(web.url("/a")).status == 503
    assert clock.waited == [20]


def test_a_site_that_asks_for_too_much_patience_is_left(web: Web) -> None:
    web.answers["/a"] = busy("Retry-After: 3600")
    with pytest.raises(FetchError) as caught:
        fetcher(web).page(web.url("/a"))

    assert (caught.value.reason, caught.value.retry_after) == (Reason.WAIT, 3600)


@pytest.mark.parametrize("header", ["X: y", "Retry-After: soon", "Retry-After: Fri, 09 May 2025 10:00:20 GMT"])
def test_a_wish_that_cannot_be_read_is_none(web: Web, header: str) -> None:
    web.answers["/a"] = busy(header)

    assert fetcher(web).page(web.url("/a")).status == 429


def test_several_hosts_are_asked_at_once_and_one_failure_is_one(web: Web) -> None:
    def slow() -> list[bytes]:
        time.sleep(0.3)
        return [page()]

    web.answers |= {"/a": slow, "/b": b"no HTTP"}
    urls = [web.url("/a", f"{number}.example.org") for number in range(6)] + [web.url("/b", "9.example.org")]
    told: list[tuple[int, int]] = []
    started = time.monotonic()
    outcomes = Fetcher(web.policy()).pages(urls, lambda done, total: told.append((done, total)))

    assert time.monotonic() - started < 1.5
    assert [isinstance(outcome, FetchedPage) for outcome in outcomes] == [True] * 6 + [False]
    assert told[-1] == (7, 7)


def test_a_bug_is_not_swallowed(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: Fetcher, _url: str) -> FetchedPage:
        raise ZeroDivisionError

    monkeypatch.setattr(Fetcher, "page", broken)
    with pytest.raises(ZeroDivisionError):
        Fetcher(web.policy()).pages([web.url("/a")])


def test_who_stops_listening_stops_the_asking(web: Web) -> None:
    def slow() -> list[bytes]:
        time.sleep(0.1)
        return [page()]

    urls = [web.url(f"/{number}") for number in range(5)]
    web.answers |= {f"/{number}": slow for number in range(5)}
    answers = fetcher(web).answers(urls, sample=100)
    url, outcome = next(answers)
    answers.close()  # type: ignore[attr-defined]
    time.sleep(0.5)

    assert url == urls[0]
    assert isinstance(outcome, FetchedPage)
    assert len(web.requests) <= 2  # the second was on its way
