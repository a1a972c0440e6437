"""The markup of web pages, and what only looks like it."""

from __future__ import annotations

import pytest

from ficli.prose.markup import find_reference, find_tag

LONG = 100_000


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("a <b>bold</b> word", "<b>"),
        ("a bold</b> word", "</b>"),
        ("one<br>two", "<br>"),
        ("one<br />two", "<br />"),
        ("<P>One", "<P>"),
        ('<a href="https://example.org">here</a>', '<a href="https://example.org">'),
        ("<img\nsrc=x onerror=alert(1)>", "<img\nsrc=x onerror=alert(1)>"),
        ("<script>alert(1)", "<script>"),
        ("<script src", "<script"),
        ("<iframe/src=x", "<iframe"),
        ("one <!-- two -->", "<!--"),
        ("<!DOCTYPE html>", "<!DOCTYPE"),
        ('<font color="red">', '<font color="red">'),
        ("<div title={}>", "<div title={}>"),
    ],
)
def test_a_tag(text: str, tag: str) -> None:
    assert find_tag(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        "p < 0.05 and n > 30",
        "a <b and c> d",
        "if x<y or y>z",
        "<redacted>",
        "it ends with </s>",
        "a <summary> of the <input>",
        "<user@example.org>",
        "I <3 you",
        "the tag `<script>` and ``<b>`` and ```<br>```",
        "",
    ],
)
def test_no_tag(text: str) -> None:
    assert find_tag(text) == ""


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("R&amp;D", "&amp;"),
        ("Bank&#39;s", "&#39;"),
        ("Bank&#x27;s", "&#x27;"),
        ("a&nbsp;b", "&nbsp;"),
        ("caf&eacute;", "&eacute;"),
    ],
)
def test_a_character_reference(text: str, reference: str) -> None:
    assert find_reference(text) == reference


@pytest.mark.parametrize("text", ["R&D; and AT&T;", "a & b; c", "?a=1&copy=2", "&;", "`&amp;`", "&#12345678;", ""])
def test_no_character_reference(text: str) -> None:
    assert find_reference(text) == ""


@pytest.mark.parametrize("piece", ["<", "<a ", "<b", "`", "`x", "&am", "<a =", "<br\t", "</", "<!-"])
def test_a_long_text_takes_no_longer_for_its_length(piece: str) -> None:
    text = (piece * LONG)[:LONG] + ";"

    assert find_tag(text) == ""
    assert find_reference(text) == ""
