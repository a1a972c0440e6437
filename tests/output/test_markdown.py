"""Markdown for comments and summaries, read by a CommonMark parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ficli.diagnostics import Diagnostic, Severity
from ficli.output.markdown import bounded, code, prose, render
from ficli.output.report import Report
from ficli.wording import harmless

if TYPE_CHECKING:
    from markdown_it.token import Token

Make = Callable[..., Diagnostic]
Reporting = Callable[..., Report]
PLAIN = {"text", "code_inline", "softbreak"}


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens inside the blocks of a text, with tables, strikethrough and bare links read too."""
    for block in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        assert block.type != "html_block"
        yield from block.children or ()


def drawn(report: Report) -> str:
    return "".join(render(report))


def test_worst_first_under_headings(finding: Make, report: Reporting) -> None:
    items = [
        finding(severity=Severity.WARNING, message="`title` is long", help="shorten it"),
        finding(message="the bank is unknown"),
        finding(severity=Severity.WARNING, message="it is odd"),
    ]

    assert drawn(report(*items, prefix="demo/")) == (
        "### ficli: 3 problems\n\n"
        "Found 3 problems (1 error, 2 warnings) in 1 of 41 records. 30 rules ran.\n"
        "\n#### Errors\n\n"
        "- `demo/incidents/FI-0232.yaml:1:8` **some-rule:** the bank is unknown\n"
        "\n#### Warnings\n\n"
        "- `demo/incidents/FI-0232.yaml:1:8` **some-rule:** `title` is long\n"
        "  Help: shorten it\n"
        "- `demo/incidents/FI-0232.yaml:1:8` **some-rule:** it is odd\n"
    )


def test_a_clean_run_proves_itself(report: Reporting) -> None:
    assert drawn(report()) == "### ficli: no problems\n\nNo problems in 41 records. 30 rules ran.\n"


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("a plain message, with (two) words; and 1,000 more", "a plain message, with (two) words; and 1,000 more"),
        ("`a` and `b`, or `c`.", "`a` and `b`, or `c`."),
        ("ask @owner of #12", "ask `@owner` of `#12`"),
        ("see www.example.org now", "see `www.example.org` now"),
        ("see https://example.org/a", "see `https://example.org/a`"),
        ("<b>bold</b> *text* ![i](x)", "`<b>bold</b>` `*text*` `![i](x)`"),
        ("as in GH-12, defaced or 1234567", "as in `GH-12,` `defaced` or `1234567`"),
        ("`a`@owner `b`", "`a@owner` `b`"),
        ("one ` tick @owner", "one `` ` `` tick `@owner`"),
        ("line\n@owner", "`line\\n@owner`"),
    ],
)
def test_only_plain_words_stay_plain(message: str, written: str) -> None:
    assert prose(message) == written


@given(st.text(alphabet=st.sampled_from("`@#a \\[](!<>*_~|:/.w1-\n") | st.characters()))
def test_nothing_but_text_and_code_comes_of_any_message(message: str) -> None:
    found = list(tokens(f"- {prose(message)}\n"))

    assert {token.type for token in found} <= PLAIN
    outside = "".join(token.content for token in found if token.type == "text")
    assert not set(outside) & set("@#<>[]*_~|/`\\")


@example(" ")
@example("   ")
@example(" a ")
@given(st.text(min_size=1))
def test_a_code_span_holds_its_text(text: str) -> None:
    (token,) = tokens(code(text))
    assert token.type == "code_inline"
    assert token.content == harmless(text)


def test_a_summary_has_room_for_so_many_findings(finding: Make, report: Reporting) -> None:
    whole = report(*[finding(message=f"the bank is unknown, {number}") for number in range(100, 600)])
    text = bounded(whole, 10_000)
    kept = text.count("- `")

    assert 9_000 < len(text.encode()) <= 10_000
    assert text.endswith(f"\nNo room for {500 - kept} more findings.\n")
    assert bounded(whole, 1_000_000) == drawn(whole)
    assert bounded(whole, 100) == bounded(whole, -1) == ""
