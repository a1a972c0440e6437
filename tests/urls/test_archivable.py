"""Which addresses no archive is asked for, and which it is."""

from __future__ import annotations

import pytest

from ficli.urls.private import why_not_archivable


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "it is no web address: it is empty"),
        ("ftp://news.example.org/a", "instead of `https://`"),
        ("https://news.example.org/a b", "it holds a space"),
        ("https://web.archive.org/web/2020/https://news.example.org/", "it is an archived copy itself"),
        ("https://archive.ph/AbCdE", "it is an archived copy itself"),
        ("https://perma.cc/AB12-CD34", "it is an archived copy itself"),
        ("https://localhost/a", "a name inside a network"),
        ("https://intranet.corp/a", "`.corp` is not part of the public internet"),
        ("https://192.168.0.1/a", "`192.168.0.1` is"),
        ("https://user:password@news.example.org/a", "it holds a user name or a password"),
        ("https://news.example.org/a?X-Amz-Signature=abc", "lets in whoever has the address"),
        ("https://bit.ly/abc", "a link shortener"),
        ("https://news.example.org/#!/case/12", "depends on what follows `#`"),
    ],
)
def test_never(url: str, reason: str) -> None:
    assert reason in why_not_archivable(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example.org/a",
        "http://news.example.org:8080/a?b=1#top",
        "https://archive.org/details/a-book",
        "https://news.example.org/web/2020/https://news.example.com/",
    ],
)
def test_may_be_archived(url: str) -> None:
    assert why_not_archivable(url) == ""
