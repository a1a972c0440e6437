"""A request as it is sent, and an answer as it is read; addresses that are never asked; certificates."""

from __future__ import annotations

import gzip
import ssl
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from ficli.config import Config
from ficli.web.fetch import policy as policies
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import RequestOptions, exchange
from ficli.web.fetch.policy import FetchPolicy, policy_for, system_addresses, system_trust, user_agent

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Web


def refused(url: str, policy: FetchPolicy | None = None) -> FetchError:
    with pytest.raises(FetchError) as caught:
        exchange(policy or FetchPolicy(seconds=2), url)
    return caught.value


LOOPBACK = "is a loopback address"
NEVER = [
    ("http://127.0.0.1/", LOOPBACK),
    ("http://127.1/", LOOPBACK),
    ("http://0x7f.1/", LOOPBACK),
    ("http://0177.0.0.1/", LOOPBACK),
    ("http://2130706433/", LOOPBACK),
    ("http://①②⑦.0.0.1/", LOOPBACK),
    ("http://[::1]/", LOOPBACK),
    ("http://[::ffff:127.0.0.1]/", "a loopback address"),
    ("http://[::127.0.0.1]/", "an IPv4-compatible address"),
    ("http://[64:ff9b::7f00:1]/", "a loopback address"),
    ("http://[2002:7f00:1::]/", "a 6to4 address"),
    ("http://[2001:0:1::]/", "a Teredo address"),
    ("http://0.0.0.0/", "an address of no machine"),
    ("http://10.1.2.3/", "a private address"),
    ("http://172.31.0.1/", "a private address"),
    ("http://192.168.1.1/", "a private address"),
    ("http://169.254.169.254/", "a link-local address"),
    ("http://100.64.0.1/", "an address shared inside a provider's network"),
    ("http://168.63.129.16/", "the address of a cloud's own services"),
    ("http://192.0.0.192/", "a reserved address"),
    ("http://192.88.99.1/", "an address of 6to4 relays"),
    ("http://224.0.0.1/", "a multicast address"),
    ("http://255.255.255.255/", "a reserved address"),
    ("http://[fe80::1]/", "a link-local address"),
    ("http://[fd00::1]/", "a private address"),
    ("http://localhost/", "a loopback address"),
    ("http://example.org:22/", "port 22 is not one that pages stand at"),
    ("javascript:alert(1)", "it begins with `javascript:`"),
    ("file:///etc/passwd", "it begins with `file:`"),
    ("ftp://example.org/a", "it begins with `ftp:`"),
    ("data:text/html,hello", "it begins with `data:`"),
    ("//example.org/a", "it does not begin with `https://`"),
    ("example.org/a", "it does not begin with `https://`"),
    ("http://example.org/" + "a" * 10_000, "it has 10,019 characters"),
]


@pytest.mark.parametrize(("url", "message"), NEVER, ids=[url[:40] for url, _ in NEVER])
def test_never_asked(url: str, message: str) -> None:
    error = refused(url)

    assert error.reason is Reason.REFUSED
    assert message in error.message
    assert error.message.isprintable()


def test_a_name_that_is_not_known() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise OSError

    assert refused("http://nobody.example.org/", FetchPolicy(resolve=resolve)).reason is Reason.UNREACHABLE
    assert refused("http://nobody.example.org/", FetchPolicy(resolve=lambda *_: [])).reason is Reason.UNREACHABLE


def test_the_request_is_honest_and_carries_nothing_of_the_user(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("NETRC", "/dev/null")
    web.page("/a?b=c", "<h1>Hello</h1>")
    url = web.url("/a?b=c#part").replace("http://", "http://ada:secret@")
    page = exchange(web.policy(user_agent=user_agent("editors@example.org")), url)
    (request,) = web.requests

    assert page.body == b"<h1>Hello</h1>"
    assert page.content_type == "text/html; charset=utf-8"
    assert request.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: news.example.org:{web.port}\r\n" in request
    assert "User-Agent: ficli/" in request
    assert "(+editors@example.org)" in request
    for word in ("Authorization", "Cookie", "ada", "secret", "part", "br"):
        assert word not in request.replace("library", "")


def test_redirects_are_followed_and_drop_cookies_and_passwords(web: Web) -> None:
    web.answers["/"] = (
        b"HTTP/1.1 301 Moved\r\nSet-Cookie: a=b\r\nLocation: http://ada:secret@other.example.org:%d/st\xc3\xa4dte x\r\n"
        b"Content-Length: 0\r\n\r\n" % web.port
    )
    web.page("/st%C3%A4dte%20x", "<h1>Hello</h1>")
    page = exchange(web.policy(), web.url("/#place"))

    assert page.status == 200
    assert page.hops == (web.url("/#place"),)
    assert page.url.endswith("/städte%20x#place")
    assert "Cookie" not in web.requests[1]
    assert "Authorization" not in web.requests[1]


def test_an_answer_without_a_body_has_none(web: Web) -> None:
    web.answers["/"] = b"HTTP/1.1 204 No Content\r\n\r\n"
    web.answers["/moved"] = b"HTTP/1.1 302 Found\r\n\r\n"

    assert exchange(web.policy(), web.url("/")).body == b""
    assert exchange(web.policy(), web.url("/moved")).status == 302


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"hello"), "gzip"),
        (gzip.compress(gzip.compress(b"hello")), "gzip, x-gzip"),
        (b"hello", "identity"),
        (b"", "gzip"),
    ],
    ids=["once", "twice", "not at all", "nothing"],
)
def test_what_is_packed_is_unpacked(web: Web, body: bytes, encoding: str) -> None:
    web.answers["/"] = (
        f"HTTP/1.1 200 OK\r\nX: a\r\nX: b\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    page = exchange(web.policy(), web.url("/"))

    assert page.body == (b"hello" if body else b"")
    assert page.headers["x"] == "a, b"


def test_bare_deflate_is_read_too(web: Web) -> None:
    import zlib

    packer = zlib.compressobj(wbits=-15)
    body = packer.compress(b"hello") + packer.flush()
    web.answers["/"] = (
        f"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )

    assert exchange(web.policy(), web.url("/")).body == b"hello"


@pytest.mark.parametrize("packed", [False, True])
def test_the_start_of_an_answer_can_be_enough(web: Web, *, packed: bool) -> None:
    text = b"".join(b"%d " % number for number in range(400_000))
    body = gzip.compress(text) if packed else text
    web.answers["/"] = (
        b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n" % (b"Content-Encoding: gzip\r\n" * packed, 10**12) + body
    )
    start = exchange(web.policy(), web.url("/"), sample=5000).body

    assert len(start) == 5000
    assert text.startswith(start)


def test_a_start_that_is_packed_otherwise_than_it_says(web: Web) -> None:
    web.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"
    with pytest.raises(FetchError, match="is packed as `gzip`, and is not"):
        exchange(web.policy(), web.url("/"), sample=5000)


def test_what_is_sent_goes_to_that_address_and_to_no_other(web: Web) -> None:
    web.answers["/save"] = b"HTTP/1.1 307 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    web.page("/elsewhere", "<h1>Hello</h1>")
    call = RequestOptions("POST", {"Authorization": "LOW key:secret"}, b"url=x")
    exchange(web.policy(), web.url("/save"), call=call)
    first, second = web.requests

    assert first.startswith("POST /save ")
    assert "Authorization: LOW key:secret\r\n" in first
    assert first.endswith("\r\n\r\nurl=x")
    assert second.startswith("GET /elsewhere ")
    assert "secret" not in second
    assert "url=x" not in second
    assert "secret" not in repr(call)


@pytest.mark.parametrize(("statuses", "for_good"), [([301, 308], True), ([301, 302], False), ([302, 308], False)])
def test_whether_a_page_has_moved_for_good(web: Web, statuses: list[int], *, for_good: bool) -> None:
    for number, status in enumerate(statuses):
        head = f"HTTP/1.1 {status} Moved\r\nLocation: /{number + 1}\r\nContent-Length: 0\r\n\r\n"
        web.answers[f"/{number}"] = head.encode()
    web.page("/2", "<h1>Hello</h1>")

    assert exchange(web.policy(), web.url("/0")).moved_for_good is for_good
    assert not exchange(web.policy(), web.url("/2")).moved_for_good


# --- TLS ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def certificate(authority: trustme.CA, *names: str, **options: Any) -> ssl.SSLContext:  # noqa: ANN401 - as trustme has them
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **options).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_valid_certificate_is_checked_against_the_name_not_the_address(
    authority: trustme.CA, make_web: Callable[..., Web]
) -> None:
    web = make_web(certificate(authority, "news.example.org"))
    web.page("/", "<h1>Hello</h1>")

    assert exchange(web.policy(trust=lambda: trusting(authority)), web.url("/")).body == b"<h1>Hello</h1>"


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (["other.example.org"], {}, "hostname mismatch"),
        (
            ["news.example.org"],
            {"not_before": datetime(2000, 1, 1, tzinfo=UTC), "not_after": datetime(2001, 1, 1, tzinfo=UTC)},
            "certificate has expired",
        ),
    ],
)
def test_an_invalid_certificate_is_refused(
    authority: trustme.CA, make_web: Callable[..., Web], names: list[str], options: dict[str, datetime], message: str
) -> None:
    web = make_web(certificate(authority, *names, **options))
    error = refused(web.url("/"), web.policy(trust=lambda: trusting(authority)))

    assert error.reason is Reason.TLS
    assert message in error.message


def test_a_certificate_of_nobody_is_refused(authority: trustme.CA, make_web: Callable[..., Web]) -> None:
    web = make_web(certificate(authority, "news.example.org"))
    error = refused(web.url("/"), web.policy())

    assert error.reason is Reason.TLS
    assert "the certificate of `news.example.org` is not valid" in error.message


def test_a_server_without_tls_is_told(web: Web) -> None:
    web.page("/", "x")

    assert refused(web.url("/").replace("http:", "https:"), web.policy()).reason is Reason.TLS


def test_a_second_address_is_tried(web: Web) -> None:
    web.page("/", "x")
    policy = web.policy(resolve=lambda *_: ["127.0.0.2", "127.0.0.1"], why_refused=lambda _: "")

    assert exchange(policy, web.url("/")).status == 200


# --- the policy --------------------------------------------------------------------------------------------


def test_the_policy_of_a_registry(tmp_path: Path) -> None:
    config = Config(tmp_path, contact="editors@example.org")

    assert policy_for(config).user_agent.endswith("(+editors@example.org)")
    assert policy_for(config).ports == frozenset({80, 443, 8080, 8443})
    assert policy_for(config, any_port=True).ports is None
    assert policy_for(Config(tmp_path, contact="a\r\nb: c")).user_agent.endswith("(+https://failureindex.ai)")
    assert (policies.FetchPolicy().seconds, policies.FetchPolicy().most_bytes) == (15, 5 * 1024 * 1024)
    assert "Mozilla" not in policies.FetchPolicy().user_agent


def test_the_system_is_asked_for_addresses_and_certificates() -> None:
    assert system_addresses("localhost", 80)
    assert system_trust().verify_mode is ssl.CERT_REQUIRED
