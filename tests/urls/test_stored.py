"""The form in which a record keeps an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.urls.identity import stored_url, without_tracking
from ficli.urls.parameters import GIFTS_ON, TRACKING, TRACKING_ON


@pytest.mark.parametrize(
    ("given_url", "stored"),
    [
        ("https://example.org/a?utm_source=b&id=1&utm_medium=c", "https://example.org/a?id=1"),
        ("https://example.org/a?utm_source=b", "https://example.org/a"),
        ("https://example.org?utm_source=b#top", "https://example.org"),
        ("https://me:pw@example.org/a", "https://example.org/a"),
        ("https://me@example.org:8443?a@b", "https://example.org:8443?a@b"),
        ("https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a#:~:text=x", "https://example.org/a"),
        ("https://example.org/a#", "https://example.org/a"),
        ("https://example.org/#!/case/12", "https://example.org/#!/case/12"),
        ("https://example.org/#/case/12:~:text=x", "https://example.org/#/case/12"),
        ("https://example.org/#!", "https://example.org/"),
        ("https://example.org/#/", "https://example.org/"),
        ("https://www.nytimes.com/a.html?smid=url-share&unlocked_article_code=1.2",
         "https://www.nytimes.com/a.html?unlocked_article_code=1.2"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x&t=12", "https://youtu.be/dQw4w9WgXcQ?t=12"),
        ("https://web.archive.org/web/2024/https://example.org/a?utm_source=b#top",
         "https://web.archive.org/web/2024/https://example.org/a?utm_source=b"),
    ],
)  # fmt: skip
def test_what_does_not_belong_is_taken_off(given_url: str, stored: str) -> None:
    assert stored_url(given_url) == stored


@pytest.mark.parametrize(
    "text",
    [
        "http://WWW.Example.org:80/A/../b/index.html?z=1&a=2&", "https://example.org/?", "https://Bücher.example/%7Ea",
        "https://example.org/?&&a", "not an address?utm_source=x#y", "", "https://example.org/a?ref=1&s=2&t=3&si=4",
        "https://web.archive.org/web/2024/https://example.org/a?utm_source=b",
    ],
)  # fmt: skip
def test_the_rest_stays_as_it_was_given(text: str) -> None:
    assert stored_url(text) == text
    assert without_tracking(text) == (text, [])


def test_removed_parameters_are_named_once_in_their_order() -> None:
    assert without_tracking("https://x.com/a?t=1&id=2&S=3&t=4&utm_a=5#top") == (
        "https://x.com/a?id=2#top",
        ["t", "S", "utm_a"],
    )


@given(
    st.sampled_from(["https://example.org", "https://u@x.com/a", "https://web.archive.org/web/2/https://a.b"]),
    st.lists(st.sampled_from("? & # utm_a=1 id=2 s=3 = ! / :~: @ a%20 # fbclid #! #/".split()), max_size=8),
)
def test_what_is_stored_stays(start: str, pieces: list[str]) -> None:
    once = stored_url(start + "".join(pieces))
    assert stored_url(once) == once
    shorter, removed = without_tracking(start + "".join(pieces))
    assert without_tracking(shorter) == (shorter, [])
    assert bool(removed) == (shorter != start + "".join(pieces))


@given(st.text())
def test_any_text_can_be_stored(text: str) -> None:
    assert stored_url(stored_url(text)) == stored_url(text)


def test_the_tables_are_in_lower_case() -> None:
    names = [*TRACKING, *(name for table in (TRACKING_ON, GIFTS_ON) for names in table.values() for name in names)]
    assert [name for name in names if name != name.lower()] == []
    for table in (TRACKING_ON, GIFTS_ON):
        assert list(table) == sorted(table)
