"""Addresses that must not stand in a public record: networks of one's own, passwords, secrets."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.urls.private import why_not_public, why_private

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc"
DRAWN = "9f86d081884c7d659a2feaa0c55ad015"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("0.0.0.1", "an address of no machine"),
        ("10.1.2.3", "a private address"),
        ("100.64.0.1", "an address shared inside a provider's network"),
        ("127.0.0.1", "a loopback address"),
        ("127.255.255.255", "a loopback address"),
        ("168.63.129.16", "the address of a cloud's own services"),
        ("169.254.169.254", "a link-local address"),
        ("172.16.0.1", "a private address"),
        ("172.31.255.255", "a private address"),
        ("192.0.0.1", "a reserved address"),
        ("192.0.0.9", "a reserved address"),
        ("192.0.2.1", "an address for documentation"),
        ("192.88.99.1", "an address of 6to4 relays"),
        ("192.168.1.1", "a private address"),
        ("198.18.0.1", "an address for measurements"),
        ("198.51.100.1", "an address for documentation"),
        ("203.0.113.1", "an address for documentation"),
        ("224.0.0.1", "a multicast address"),
        ("239.255.255.255", "a multicast address"),
        ("240.0.0.1", "a reserved address"),
        ("255.255.255.255", "a reserved address"),
        ("::", "an address of no machine"),
        ("::1", "a loopback address"),
        ("::7f00:1", "an IPv4-compatible address"),
        ("::ffff:127.0.0.1", "a loopback address, 127.0.0.1, inside an IPv6 address"),
        ("::ffff:168.63.129.16", "the address of a cloud's own services, 168.63.129.16, inside an IPv6 address"),
        ("::ffff:0:7f00:1", "a translated IPv4 address"),
        ("64:ff9b::a00:1", "a private address, 10.0.0.1, inside an IPv6 address"),
        ("64:ff9b:1::1", "an address of a local NAT64"),
        ("100::1", "a reserved address"),
        ("2001::1", "a Teredo address"),
        ("2001:2::1", "a reserved address"),
        ("2001:db8::1", "an address for documentation"),
        ("2002:7f00:1::", "a 6to4 address"),
        ("3fff::1", "an address for documentation"),
        ("4000::1", "a reserved address"),
        ("5f00::1", "a reserved address"),
        ("fc00::1", "a private address"),
        ("fd12:3456::1", "a private address"),
        ("fe80::1", "a link-local address"),
        ("fec0::1", "a private address"),
        ("ff02::1", "a multicast address"),
        ("8.8.8.8", ""),
        ("172.32.0.1", ""),
        ("192.0.1.1", ""),
        ("168.63.129.17", ""),
        ("::ffff:8.8.8.8", ""),
        ("64:ff9b::808:808", ""),
        ("2606:4700::1111", ""),
        ("2a00:1450::1", ""),
    ],
)
def test_what_an_ip_address_is(address: str, reason: str) -> None:
    assert why_not_public(ip_address(address)) == reason


@given(st.ip_addresses())
def test_what_python_knows_not_to_be_public_is_not(address: object) -> None:
    known = ip_address(str(address))
    if known.is_private or known.is_loopback or known.is_link_local or known.is_multicast or known.is_reserved:
        inside = getattr(known, "ipv4_mapped", None) is not None or str(known).startswith("64:ff9b::")
        assert why_not_public(known) or inside or known.is_global


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("http://127.0.0.1:8000/a", "`127.0.0.1` is a loopback address"),
        ("http://2130706433/", "`127.0.0.1` is a loopback address"),
        ("http://127.1/", "`127.0.0.1` is a loopback address"),
        ("http://0x7f.1/", "`127.0.0.1` is a loopback address"),
        ("http://017700000001/", "`127.0.0.1` is a loopback address"),
        ("http://①②⑦.0.0.1/", "`127.0.0.1` is a loopback address"),
        ("http://[::1]/", "`[::1]` is a loopback address"),
        ("http://[::ffff:10.0.0.1]/", "`[::ffff:a00:1]` is a private address, 10.0.0.1, inside an IPv6 address"),
        ("http://localhost/", "`localhost` is a name inside a network"),
        ("http://wiki/page", "`wiki` is a name inside a network"),
        ("http://app.localhost/", "`.localhost` is not part of the public internet"),
        ("https://printer.local/", "`.local` is not part of the public internet"),
        ("https://wiki.corp/", "`.corp` is not part of the public internet"),
        ("https://metadata.google.internal/", "`.internal` is not part of the public internet"),
        ("https://a.test/", "`.test` is not part of the public internet"),
        ("https://router.home.arpa/", "`.arpa` is not part of the public internet"),
        ("https://a.onion/", "`.onion` is not part of the public internet"),
        ("http://10.0.0.1.nip.io/", "`10.0.0.1.nip.io` leads to a private address"),
        ("http://localtest.me/", "`localtest.me` leads to a private address"),
        ("https://me:pw@example.org/", "it holds a user name or a password"),
        ("https://token@example.org/", "it holds a user name or a password"),
        ("https://b.s3.amazonaws.com/a.pdf?X-Amz-Date=1&X-Amz-Signature=0a",
         "`X-Amz-Signature` lets in whoever has the address"),
        ("https://b.s3.amazonaws.com/a?AWSAccessKeyId=A&Expires=1&Signature=b%2Bc",
         "`Signature` lets in whoever has the address"),
        ("https://d.cloudfront.net/a?Expires=1&Signature=b&Key-Pair-Id=K",
         "`Signature` lets in whoever has the address"),
        ("https://storage.googleapis.com/a?X-Goog-Signature=b", "`X-Goog-Signature` lets in whoever has the address"),
        ("https://a.blob.core.windows.net/b?sv=2020&se=2024&sr=b&sp=r&sig=c%3D", "`sig` lets in whoever has the address"),
        ("https://example.org/a?access_token=abc", "`access_token` lets in whoever has the address"),
        ("https://example.org/a#access_token=abc&expires_in=1", "`access_token` lets in whoever has the address"),
        ("https://example.org/a#/?id_token=abc", "`id_token` lets in whoever has the address"),
        ("https://example.org/a;jsessionid=1A2B?x=1", "`jsessionid` lets in whoever has the address"),
        ("https://example.org/a?PHPSESSID=1a", "`PHPSESSID` lets in whoever has the address"),
        ("https://example.org/a?api%5Fkey=1a", "`api%5Fkey` lets in whoever has the address"),
        (f"https://example.org/a?token={DRAWN}", "`token` lets in whoever has the address"),
        ("https://example.org/a?token=123e4567-e89b-12d3-a456-426614174000", "`token` lets in whoever has the address"),
        (f"https://example.org/a?x={JWT}", "`x` lets in whoever has the address"),
        (f"https://example.org/a?q=ghp_{'a1' * 18}", "`q` lets in whoever has the address"),
    ],
)  # fmt: skip
def test_a_private_address(text: str, reason: str) -> None:
    assert why_private(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/", "https://example.com/a?b=c", "https://bank.example/", "https://8.8.8.8/",
        "https://[2606:4700::1111]/", "https://localhost.example.org/", "https://local.example.org/",
        "https://example.org/a?token=summary", "https://example.org/a?token=", "https://example.org/a?tokens=12",
        "https://example.org/a?token=the-chatbot-that-said-no-2024", "https://example.org/a?access_token",
        f"https://example.org/a?id={DRAWN}", f"https://docs.google.com/ccc?key={DRAWN}",
        f"https://books.google.com/books?id=a&sig={DRAWN}&hl=en", "https://example.org/a?signature=yes",
        "https://example.org/a?sig=1", "https://example.org/a?Policy=1&Expires=2", "https://example.org/token=abc",
        f"https://www.bloomberg.com/a?accessToken={JWT}", "https://www.nytimes.com/a?unlocked_article_code=1.ab.2",
        "https://example.org/a#part=2", "https://example.org/a;v=2", "not an address", "",
        f"https://example.org/?access_token={'a' * 3000}",
    ],
)  # fmt: skip
def test_a_public_address(text: str) -> None:
    assert why_private(text) == ""


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    why_private(text)
    why_private(f"http://{text}/?{text}={text}&token={text}#{text}={text}")
