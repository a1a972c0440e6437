"""Nothing that stands in a text becomes markup, a mention or a link, whatever it is; read back by a parser of Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ficli.diagnostics import Severity
from ficli.output.colours import Tone
from ficli.output.page import Block, FactList, Grid, Group, Heading, ItemList, LinkAddress, Marked, Quote, TextLine
from ficli.output.page_markdown import content, literal, render, sentence
from ficli.wording import harmless

GAP = "\u200b"
HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- -->",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "[x]: https://evil.example",
    "@torvalds and @org/team",
    "closes #1, GH-2, !3, %4, $5, &6, ~bug",
    "https://evil.example www.evil.example ftp://evil.example a@evil.example",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "::error::x",
    "::set-output name=x::y",
    "##[error]x",
    "%0A::error::x",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2026. item",
    "123456789) item",
    "> quote",
    "```\ncode",
    "~~~",
    "***bold*** __x__ ~~y~~",
    "===",
    "---",
    "| a | b |",
    "|---|",
    "&lt;b&gt; &#64;x &amp;",
    "$`x`$ $$y$$",
    "line\n\n# heading\n<b>",
    "\\",
    "`code` ``more`` `",
    "\x1b[31mred\x1b[0m \u202eevil",
    "[^1] [[x]] :tada:",
    "/close",
    'see &12 and AT&T, ~"two words" ~5',
]
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(markdown: str) -> str:
    """Read Markdown back; give its text where it is a single paragraph of text and code, and fail otherwise."""
    kinds = [token.type for token in PARSER.parse(markdown)]
    assert kinds in (["paragraph_open", "inline", "paragraph_close"], []), kinds
    children = [child for token in PARSER.parse(markdown) for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special", "code_inline"}, markdown
    return "".join(child.content for child in children)


def plain(text: str) -> str:
    return harmless(" ".join(text.split()))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_shows_as_it_is(text: str) -> None:
    assert shown(literal(text)).replace(GAP, "") == plain(text)
    assert "<" not in re.sub(r"`[^`]*`", "", literal(text))


@given(st.text(alphabet=st.sampled_from("ab1.)(-+=#*_`[]<>!&|~\\@:/w$% \n{}^") | st.characters(), max_size=40))
def test_any_text_shows_as_it_is(text: str) -> None:
    assert shown(literal(text)).replace(GAP, "") == plain(text)


@given(st.text(alphabet="ab1.)-`*<#@ &|", max_size=30))
def test_any_sentence_shows_its_words(text: str) -> None:
    read = plain(text)
    assert shown(sentence(text)).replace(GAP, "").replace("`", "").split() == read.replace("`", "").split()


@pytest.mark.parametrize(
    "text", ["@torvalds", "a@b", "#12", "&12", "~bug", "GH-12", "!12", "%12", "http://x", "www.x", "abcdef0123"]
)
def test_what_a_forge_would_link_has_a_gap(text: str) -> None:
    assert "&#8203;" in literal(text)


def test_code_is_code() -> None:
    assert sentence("`##[error]x`") == r"`\x23#[error]x`"
    assert sentence("`<b>` is *no* tag") == "`<b>` is \\*no\\* tag"
    assert sentence("a `b`") == "a `b`"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://news.example.org/a?b=c#d", "<https://news.example.org/a?b=c#d>"),
        ("https://news.example.org/a> <b>", "<https://news.example.org/a%3E%20%3Cb%3E>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://", "https:&#8203;//"),
        ("https://u@evil.example/", "https:&#8203;//u@&#8203;evil.example/"),
    ],
)
def test_only_an_address_of_the_web_is_a_link(url: str, written: str) -> None:
    assert content(LinkAddress(url)) == written


def test_every_block() -> None:
    blocks: list[Block] = [
        Heading("A <b>", 1),
        TextLine("b"),
        TextLine("c", Severity.ERROR),
        FactList([("name", "x|y"), ("page", LinkAddress("https://example.org/"))]),
        ItemList([["one", "two"], ["three"]], severities=[Severity.ERROR, Severity.WARNING]),
        ItemList([["do it"]], to_do=True),
        Grid(("a", "b"), [("1|2", "<i>")]),
    ]

    assert "".join(render(blocks)) == (
        "# A &lt;b&gt;\n\nb\n\n**error**: c\n\n- **name:** x\\|y\n- **page:** <https://example.org/>\n\n"
        "- **error**: one<br>two\n- **warning**: three\n\n- [ ] do it\n\n"
        "| a | b |\n|---|---|\n| 1\\|2 | &lt;i&gt; |\n\n"
    )


def test_what_stands_out_on_a_terminal_is_text_here() -> None:
    marked = Marked("a*", Tone.STRONG)
    blocks: list[Block] = [
        Group([Heading("A", note=" (b)"), TextLine([marked, " b"])]),
        Quote("*c*"),
        FactList([(marked, marked)]),
        Grid(("x",), [(marked,)]),
    ]

    assert "".join(render(blocks)) == (
        "## A (b)\n\na\\* b\n\n> \\*c\\*\n\n- **a\\*:** a\\*\n\n| x |\n|---|\n| a\\* |\n\n"
    )
