"""Servers that drip, stall, flood, lie and lead astray: each is left in time, with its reason, and nothing is taken."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
import zlib
from itertools import count
from typing import TYPE_CHECKING

import pytest

from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.conftest import Web

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def lead_astray(web: Web, path: str = "/", **changes: object) -> FetchError:
    """Ask a server, and give the error that this comes to."""
    with pytest.raises(FetchError) as caught:
        exchange(web.policy(**changes), web.url(path))
    return caught.value


def _drip() -> Iterator[bytes]:
    yield OK + b"Content-Length: 1000\r\n\r\n"
    for _ in range(100):
        time.sleep(0.05)
        yield b"x"


def _drip_head() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(100):
        time.sleep(0.05)
        yield f"X-{number}: a".encode()


def _stall() -> Iterator[bytes]:
    yield OK
    time.sleep(0.9)


def _endless_continue() -> Iterator[bytes]:
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n"


SLOW = [_drip, _drip_head, _stall, _endless_continue]


@pytest.mark.parametrize("answer", SLOW)
def test_one_deadline_holds_for_all_reads(web: Web, answer: Callable[[], Iterator[bytes]]) -> None:
    web.answers["/"] = answer
    started = time.monotonic()
    error = lead_astray(web, seconds=0.5)

    assert error.reason in (Reason.TIMEOUT, Reason.TOO_LARGE)
    assert time.monotonic() - started < 1.2


def _endless(line: bytes) -> Callable[[], Iterator[bytes]]:
    def answer() -> Iterator[bytes]:
        yield OK
        while True:
            yield line

    return answer


def _endless_body() -> Iterator[bytes]:
    yield OK + b"\r\n"
    while True:
        yield b"x" * 65536


def _endless_chunk_line() -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"0" * 65536


def _endless_chunks() -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    for _ in count():
        yield b"400\r\n" + b"x" * 1024 + b"\r\n"


def packed(body: bytes, encoding: str) -> bytes:
    head = OK + f"Content-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return head + body


BOMB = gzip.compress(bytes(50 * 1024 * 1024))

HOSTILE: dict[str, tuple[bytes | Callable[[], Iterable[bytes]], Reason, str]] = {
    "endless headers": (_endless(b"X-Header: " + b"a" * 1000 + b"\r\n"), Reason.NOT_HTTP, "does not answer as a web server"),
    "one endless header": (_endless(b"a" * 65536), Reason.NOT_HTTP, "does not answer as a web server"),
    "a long head": (OK + b"X: " + b"a" * 60000 + b"\r\nY: " + b"b" * 60000 + b"\r\n\r\n", Reason.TOO_LARGE, "the head of the answer is longer"),
    "endless body": (_endless_body, Reason.TOO_LARGE, "longer than 5 MB"),
    "endless chunk line": (_endless_chunk_line, Reason.NOT_HTTP, "does not answer as a web server"),
    "endless chunks": (_endless_chunks, Reason.TOO_LARGE, "longer than 5 MB"),
    "a length that promises too much": (OK + b"Content-Length: 99\r\n\r\nshort", Reason.NOT_HTTP, "breaks off"),
    "a length above all bounds": (OK + b"Content-Length: 99999999999999999999999\r\n\r\n", Reason.TOO_LARGE, "longer than 5 MB"),
    "HTTP/0.9": (b"<html><h1>hello</h1></html>", Reason.NOT_HTTP, "does not answer as a web server"),
    "nothing": (b"", Reason.NOT_HTTP, "does not answer as a web server"),
    "gzip bomb": (packed(BOMB, "gzip"), Reason.TOO_LARGE, "unpacks to more than 5 MB"),
    "deflate bomb": (packed(zlib.compress(bytes(50 * 1024 * 1024)), "deflate"), Reason.TOO_LARGE, "unpacks to more than 5 MB"),
    "bomb in a bomb": (packed(gzip.compress(BOMB), "gzip, gzip"), Reason.TOO_LARGE, "unpacks to more than 5 MB"),
    "packed ten times": (packed(b"x", ", ".join(["gzip"] * 10)), Reason.TOO_LARGE, "packed 10 times over"),
    "brotli, which was not asked for": (packed(b"\x0b\x02\x80", "br"), Reason.NOT_HTTP, "packed as `br`, which was not asked for"),
    "no gzip at all": (packed(b"hello", "gzip"), Reason.NOT_HTTP, "packed as `gzip`, and is not"),
    "half a gzip": (packed(gzip.compress(b"hello" * 99)[:20], "gzip"), Reason.NOT_HTTP, "packed as `gzip`, and is not"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_is_left(web: Web, name: str) -> None:
    answer, reason, message = HOSTILE[name]
    web.answers["/"] = answer
    error = lead_astray(web)

    assert (error.reason, message in error.message) == (reason, True), error.message


def test_a_connection_that_is_reset_is_told(web: Web) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://news.example.org:{listener.getsockname()[1]}/"

    def reset() -> None:
        connection, _ = listener.accept()
        connection.recv(100)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()

    thread = threading.Thread(target=reset)
    thread.start()
    with listener, pytest.raises(FetchError) as caught:
        exchange(web.policy(), url)
    thread.join()

    assert caught.value.reason is Reason.NOT_HTTP


def test_nobody_at_a_port_is_told(web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        free = listener.getsockname()[1]
    with pytest.raises(FetchError) as caught:
        exchange(web.policy(), f"http://news.example.org:{free}/")

    assert (caught.value.reason, caught.value.message) == (
        Reason.UNREACHABLE, f"nobody answers at `news.example.org`, port {free}"
    )  # fmt: skip


def test_a_name_server_that_stalls_is_left(web: Web) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    started = time.monotonic()
    error = lead_astray(web, resolve=resolve, seconds=0.2)

    assert error.reason is Reason.TIMEOUT
    assert time.monotonic() - started < 0.8


def test_a_circle_of_redirects_is_left(web: Web) -> None:
    web.redirect("/", web.url("/a"))
    web.redirect("/a", web.url("/"))
    error = lead_astray(web)

    assert error.reason is Reason.REDIRECTS
    assert "in a circle" in error.message
    assert "cookies" in error.hint


def test_a_cookie_wall_is_a_circle(web: Web) -> None:
    web.answers["/"] = b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"
    error = lead_astray(web)

    assert "cookies" in error.hint
    assert len(web.requests) == 1


def test_too_many_redirects_are_left(web: Web) -> None:
    for number in range(20):
        web.redirect(f"/{number}", f"/{number + 1}")

    assert lead_astray(web, "/0").message == "more than 10 redirects"
    assert len(web.requests) == 11


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "`169.254.169.254` is a link-local address"),
        ("http://[::ffff:10.0.0.1]/", "is a private address, 10.0.0.1, inside an IPv6 address"),
        ("file:///etc/passwd", "redirects to an address that is none: it begins with `file:`"),
        ("gopher://127.0.0.1/", "redirects to an address that is none: it begins with `gopher:`"),
        ("http://2130706434/", "`127.0.0.2` is a loopback address"),
        ("http://[::1", "redirects to an address that is none"),
        ("//10.1.2.3/", "`10.1.2.3` is a private address"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(web: Web, target: str, reason: str) -> None:
    web.redirect("/", target)
    error = lead_astray(web)

    assert error.reason in (Reason.REFUSED, Reason.REDIRECTS)
    assert reason in error.message
    assert len(web.requests) == 1


def test_a_name_is_looked_up_once_and_that_address_is_asked(web: Web) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return answers.pop(0)

    web.page("/", "<h1>Hello</h1>")

    assert exchange(web.policy(resolve=resolve), web.url("/")).status == 200
    assert asked == ["news.example.org"]


def test_a_resolver_that_changes_its_mind_is_caught_at_the_redirect(web: Web) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    web.redirect("/", "/next")
    error = lead_astray(web, resolve=lambda _host, _port: answers.pop(0))

    assert error.message == "`news.example.org` leads to `10.0.0.1`, a private address"


@pytest.mark.parametrize("bad", ["10.0.0.1", "fe80::1", "::ffff:192.168.0.1", "168.63.129.16", "no address"])
def test_one_bad_address_among_good_ones_spoils_them(web: Web, bad: str) -> None:
    web.page("/", "x")
    error = lead_astray(web, resolve=lambda _host, _port: ["127.0.0.1", bad])

    assert error.reason is Reason.REFUSED
    assert web.requests == []
