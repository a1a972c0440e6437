"""Fetching an index from an address that nobody vouches for."""

from __future__ import annotations

import socket
import ssl
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import trustme

from ficli.errors import FicliError, UsageError
from ficli.web.exported_index import Fetched, UnreachableError, fetch_index, index_policy
from ficli.web.fetch.policy import FetchPolicy

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

    from tests.conftest import Web
    from tests.index_server import Server


def test_what_is_sent_and_what_comes_back(server: Server, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.says(b"{}", media_type="Application/JSON; charset=utf-8", ETag='"1"')

    assert fetch_index(server.url, policy) == Fetched(b"{}", "application/json", '"1"')
    assert server.asked[0]["User-Agent"].startswith("ficli/")
    assert "If-None-Match" not in server.asked[0]


def test_an_index_that_has_not_changed(server: Server, policy: FetchPolicy) -> None:
    server.says(b"", status=304)

    assert fetch_index(server.url, policy, etag='"1"') is None
    assert server.asked[0]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    "url", ["ftp://example.org/i.json", "file:///etc/passwd", "https://", "https:///x", "https://example.org/\nx", "http://[x", "http://example.org:99999/"]
)  # fmt: skip
def test_only_the_web(url: str) -> None:
    with pytest.raises(UsageError, match="is no address of an index"):
        fetch_index(url, FetchPolicy())


def test_no_password_in_an_address() -> None:
    with pytest.raises(UsageError, match=r"`https://…@example\.org` holds a password"):
        fetch_index("https://me:secret@example.org/index.json", FetchPolicy())


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"])  # noqa: S104 - refused
def test_this_machine_and_its_network_are_not_asked(host: str) -> None:
    with pytest.raises(FicliError, match=r"is an? [a-z-]+ address|is an address of no machine"):
        fetch_index(f"http://{host}:9/index.json", index_policy(FetchPolicy()))


def test_a_redirect_is_followed_as_far_as_the_web_goes(server: Server, policy: FetchPolicy) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/index.json":
            handler.send_response(302)
            handler.send_header("Location", "/moved.json")
            handler.end_headers()
        else:
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(b"{}")

    server.answer = answer
    fetched = fetch_index(server.url, policy)

    assert fetched is not None
    assert fetched.content == b"{}"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("/index.json", "sends in a circle"),
        ("file:///etc/passwd", "redirects to an address that is none"),
        ("ftp://example.org/", "redirects to an address that is none"),
        ("http://10.0.0.1/", "`10.0.0.1` is a private address"),
    ],
)
def test_a_redirect_that_is_not_followed(server: Server, policy: FetchPolicy, target: str, said: str) -> None:
    server.says(b"", status=302, Location=target)

    with pytest.raises(FicliError, match=said):
        fetch_index(server.url, policy)


def test_too_much(server: Server, policy: FetchPolicy) -> None:
    server.says(b" " * 10_001)

    with pytest.raises(FicliError, match="the answer is longer than"):
        fetch_index(server.url, policy)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_answer_that_is_none(server: Server, policy: FetchPolicy, status: int) -> None:
    server.says(b"no", status=status)

    with pytest.raises(UnreachableError, match=f"answers with HTTP {status}"):
        fetch_index(server.url, policy)


def test_a_server_that_drips_is_left(server: Server, policy: FetchPolicy) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(30):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    server.answer = answer
    started = time.monotonic()
    with pytest.raises(UnreachableError, match=r"no whole answer within 0\.6 seconds"):
        fetch_index(server.url, replace(policy, seconds=0.6))

    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing(server: Server, policy: FetchPolicy) -> None:
    server.answer = lambda _: time.sleep(1)

    with pytest.raises(UnreachableError, match=r"no whole answer within 0\.2 seconds"):
        fetch_index(server.url, replace(policy, seconds=0.2))


def test_an_answer_that_breaks_off(server: Server, policy: FetchPolicy) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")

    server.answer = answer
    with pytest.raises(UnreachableError, match="or breaks off"):
        fetch_index(server.url, policy)


def test_nobody_there(policy: FetchPolicy) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    with pytest.raises(UnreachableError, match="nobody answers at"):
        fetch_index(f"http://127.0.0.1:{port}/", policy)
    with pytest.raises(UnreachableError, match=r"the name `nowhere\.invalid` "):
        fetch_index("http://nowhere.invalid/", policy)
    with pytest.raises(UsageError, match="is no address of an index"):
        fetch_index("http://a..b/", policy)


def test_a_server_without_a_certificate(server: Server, policy: FetchPolicy) -> None:
    with pytest.raises(UnreachableError, match="no secure connection"):
        fetch_index(server.url.replace("http:", "https:"), policy)


def test_a_secure_address_leads_to_no_other(make_web: Callable[..., Web]) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("index.example.org").configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    web = make_web(context)
    web.redirect("/index.json", "http://index.example.org/plain.json")

    with pytest.raises(
        FicliError, match=r"it leads out of the secure web, to `http://index\.example\.org/plain\.json`"
    ):
        fetch_index(web.url("/index.json", "index.example.org"), web.policy(trust=lambda: trust))


def test_the_etag_goes_along_where_the_address_leads(web: Web) -> None:
    web.redirect("/index.json", "/latest.json")
    web.answers["/latest.json"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"

    assert fetch_index(web.url("/index.json"), web.policy(), etag='"1"') is None
    assert [request.count('If-None-Match: "1"') for request in web.requests] == [1, 1]


def test_an_index_has_time_and_room() -> None:
    policy = index_policy(FetchPolicy())

    assert (policy.seconds, policy.most_bytes, policy.ports) == (60, 256 * 2**20, None)
    assert policy.why_refused is FetchPolicy().why_refused
