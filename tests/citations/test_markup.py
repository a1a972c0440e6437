"""References as text, Markdown and HTML: whatever stands in them stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.citations.citation import address
from ficli.citations.markup import italic, join, join_pieces, link, stopped, to_html, to_markdown, to_text


class Reader(HTMLParser):
    """Collects the text, the elements and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.elements: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.add(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_joining() -> None:
    assert to_text(join_pieces("a", "", "b", (), "c", between=", ")) == "a, b, c"
    assert to_text(stopped("a", italic("b?"))) == "ab?"
    assert to_text(stopped("a", stop=";")) == "a;"
    assert to_text(stopped("")) == ""
    assert to_text(stopped(link("https://example.org/?"))) == "https://example.org/?."
    assert join("", italic("")) == ()


def test_html() -> None:
    reference = join('<b onclick="x">', italic("a & b"), link("https://example.org/?a=1&b='2'"))

    assert to_html(reference) == (
        "&lt;b onclick=&quot;x&quot;&gt;<i>a &amp; b</i>"
        '<a href="https://example.org/?a=1&amp;b=&#x27;2&#x27;">https://example.org/?a=1&amp;b=&#x27;2&#x27;</a>'
    )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", " https://example.org", "https:", ""]
)
def test_only_addresses_of_the_web_can_be_followed(url: str) -> None:
    reader = Reader()
    reader.feed(to_html(join("x", link(url))))

    assert reader.elements == set()
    assert "<" not in to_markdown(join("x", link(url)))


@given(st.text(), st.text())
def test_html_has_no_other_element_and_no_other_scheme(title: str, url: str) -> None:
    reader = Reader()
    reader.feed(to_html(join(title, italic(title), link(address(url)))))
    reader.close()

    assert reader.elements <= {"a", "i"}
    assert all(found.lower().startswith(("http://", "https://")) for found in reader.addresses)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a *b* _c_ `d`", r"a \*b\* \_c\_ \`d\`"),
        ("[x](y) <z> #1 ~~q~~ $5 | a", r"\[x\](y) \<z\> \#1 \~\~q\~\~ \$5 \| a"),
        ("1. one", r"1\. one"),
        ("- one", r"\- one"),
        ("R&D &amp; &#38; x - y", r"R\&D \&amp; \&\#38; x - y"),
    ],
)
def test_markdown_is_taken_literally(text: str, written: str) -> None:
    assert to_markdown(join(text)) == written
    assert re.sub(r"\\(.)", r"\1", written) == text


def test_markdown() -> None:
    assert to_markdown(join(italic("a*b"), " ", link("https://example.org/a_b"))) == r"*a\*b* <https://example.org/a_b>"
