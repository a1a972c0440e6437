"""Fetching an index from an address that nobody vouches for."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ficli.errors import FicliError, UsageError
from ficli.sources.remote_index import Fetched, Policy, UnreachableError, fetch_index

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from tests.index_server import Server


def test_what_is_sent_and_what_comes_back(server: Server, policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.says(b"{}", media_type="Application/JSON; charset=utf-8", ETag='"1"')

    assert fetch_index(server.url, policy=policy) == Fetched(b"{}", "application/json", '"1"')
    assert server.asked[0]["User-Agent"].startswith("ficli/")
    assert "If-None-Match" not in server.asked[0]


def test_an_index_that_has_not_changed(server: Server, policy: Policy) -> None:
    server.says(b"", status=304)

    assert fetch_index(server.url, etag='"1"', policy=policy) is None
    assert server.asked[0]["If-None-Match"] == '"1"'


@pytest.mark.parametrize(
    "url", ["ftp://example.org/i.json", "file:///etc/passwd", "https://", "https:///x", "https://example.org/\nx", "http://[x", "http://example.org:99999/"]
)  # fmt: skip
def test_only_the_web(url: str) -> None:
    with pytest.raises(UsageError, match="is no address of an index"):
        fetch_index(url)


def test_no_password_in_an_address() -> None:
    with pytest.raises(UsageError, match=r"`https://…@example\.org` holds a password"):
        fetch_index("https://me:secret@example.org/index.json")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"])  # noqa: S104 - refused
def test_this_machine_and_its_network_are_not_asked(host: str) -> None:
    with pytest.raises(FicliError, match="which is not on the open web"):
        fetch_index(f"http://{host}:9/index.json")


def test_a_redirect_is_followed_as_far_as_the_web_goes(server: Server, policy: Policy) -> None:
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
    fetched = fetch_index(server.url, policy=policy)

    assert fetched is not None
    assert fetched.content == b"{}"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("/index.json", "is redirected more than 5 times"),
        ("file:///etc/passwd", "leads out of the secure web, to `file:///etc/passwd`"),
        ("ftp://example.org/", "leads out of the secure web"),
        ("http://10.0.0.1/", "leads to `10.0.0.1`, which is not on the open web"),
    ],
)
def test_a_redirect_that_is_not_followed(server: Server, policy: Policy, target: str, said: str) -> None:
    server.says(b"", status=302, Location=target)

    with pytest.raises(FicliError, match=said):
        fetch_index(server.url, policy=policy)


def test_too_much(server: Server, policy: Policy) -> None:
    server.says(b" " * 10_001)

    with pytest.raises(FicliError, match=r"is longer than 10,000 bytes, so it is no index"):
        fetch_index(server.url, policy=policy)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_an_answer_that_is_none(server: Server, policy: Policy, status: int) -> None:
    server.says(b"no", status=status)

    with pytest.raises(UnreachableError, match=f"answers with {status} "):
        fetch_index(server.url, policy=policy)


def test_a_server_that_drips_is_left(server: Server, policy: Policy) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(30):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    server.answer = answer
    started = time.monotonic()
    with pytest.raises(UnreachableError, match="has not delivered the index in 1 second"):
        fetch_index(server.url, policy=replace(policy, deadline=0.6))

    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing(server: Server, policy: Policy) -> None:
    server.answer = lambda _: time.sleep(1)

    with pytest.raises(UnreachableError, match="could not be reached: the server does not answer"):
        fetch_index(server.url, policy=replace(policy, patience=0.2))


def test_an_answer_that_breaks_off(server: Server, policy: Policy) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")

    server.answer = answer
    with pytest.raises(UnreachableError, match="the answer breaks off"):
        fetch_index(server.url, policy=policy)


def test_nobody_there(policy: Policy) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    with pytest.raises(UnreachableError, match="could not be reached: no connection"):
        fetch_index(f"http://127.0.0.1:{port}/", policy=policy)
    with pytest.raises(UnreachableError, match="could not be reached: "):
        fetch_index("http://nowhere.invalid/", policy=policy)
    with pytest.raises(UnreachableError, match="no host can have that name"):
        fetch_index("http://a..b/", policy=policy)


def test_a_server_without_a_certificate(server: Server, policy: Policy) -> None:
    with pytest.raises(UnreachableError, match=r"its certificate is not to be trusted|no connection"):
        fetch_index(server.url.replace("http:", "https:"), policy=policy)
