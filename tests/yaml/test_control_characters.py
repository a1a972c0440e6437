"""Tests of hidden and control characters."""

from __future__ import annotations

import sys

import pytest

from ficli.diagnostics import ReplaceText
from ficli.yaml.control_characters import find, name
from ficli.yaml.edit import apply
from ficli.yaml.flaws import FlawKind
from ficli.yaml.order import UNORDERED
from ficli.yaml.parse import parse


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("\x00", "U+0000 NULL"),
        ("\x1b", "U+001B ESCAPE"),
        ("\x7f", "U+007F DELETE"),
        ("\x85", "U+0085 NEXT LINE"),
        ("\x9b", "U+009B CONTROL"),
        ("\xad", "U+00AD SOFT HYPHEN"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2028", "U+2028 LINE SEPARATOR"),
        ("\ufeff", "U+FEFF BYTE ORDER MARK"),
        ("\ufdd0", "U+FDD0 NONCHARACTER"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_a_raw_character_is_named_and_can_be_taken_out(char: str, expected: str) -> None:
    text = f"title: before{char}after\nid: x\n"
    document = parse(text.encode())
    (flaw,) = document.flaws
    assert flaw.kind is FlawKind.CONTROL
    assert document.text[flaw.start : flaw.end] == char
    assert expected in flaw.message
    assert name(char) == expected
    assert document.data == {"title": f"before{char}after", "id": "x"}
    assert flaw.replacement is not None
    mended = apply(document, [ReplaceText(flaw.start, flaw.end, flaw.replacement)], UNORDERED)
    assert parse(mended.encode()).flaws == ()


@pytest.mark.parametrize(
    ("escape", "expected"),
    [
        (r"\e", "U+001B ESCAPE"),
        (r"\0", "U+0000 NULL"),
        (r"\x9b", "U+009B CONTROL"),
        (r"\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (r"\U000E0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        (r"\N", "U+0085 NEXT LINE"),
        (r"\ud800", "U+D800 SURROGATE"),
    ],
)
def test_an_escape_is_marked_whole(escape: str, expected: str) -> None:
    document = parse(f'title: "é {escape}[31m"\n'.encode())
    (flaw,) = document.flaws
    assert document.text[flaw.start : flaw.end] == escape
    assert expected in flaw.message
    assert document.usable


def test_an_ansi_code_by_escape_and_by_character() -> None:
    document = parse(b'a: "\\e[31mred\\x1b[0m"\nb: \x1b[31m\n')
    assert [document.text[flaw.start : flaw.end] for flaw in document.flaws] == ["\\e", "\\x1b", "\x1b"]


def test_what_looks_like_an_escape_but_is_none() -> None:
    assert (
        parse(rb"""a: '\e\u202e'
b: \e
c: "\\e \\u202e \n \t \u00e9 \/"
d: |
  \e
""").flaws
        == ()
    )


def test_a_surrogate_pair_is_the_character_that_json_means() -> None:
    document = parse(rb'a: "\ud83d\ude00 \ud83d"')
    pair, lone = document.flaws
    assert (document.text[pair.start : pair.end], pair.replacement) == (r"\ud83d\ude00", "😀")
    assert (document.text[lone.start : lone.end], lone.replacement) == (r"\ud83d", "")
    assert document.data == {"a": "😀 \ufffd"}


def test_a_run_is_one_flaw() -> None:
    (flaw,) = parse("a: x\u202a\u202b\u2028y\n".encode()).flaws
    assert "and 2 more" in flaw.message
    assert flaw.replacement == " "


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian needs the non-joiner
        "👩\u200d💻 and 👩🏽\u200d🚒",
        "שלום \u200fabc\u200e",  # marks within right-to-left text
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland
        "a\xa0b\u3000c\u202fd",
        "tab\tand\r\nline ends",
    ],
)
def test_characters_that_a_language_or_an_emoji_needs(text: str) -> None:
    assert list(find(text)) == []


@pytest.mark.parametrize("text", ["a\u200cb", "\u200dé", "é \u200dé", "abc\u200e", "a\U000e0067"])
def test_the_same_characters_out_of_place(text: str) -> None:
    assert len(list(find(text))) == 1


def test_the_quick_look_sees_every_suspect() -> None:
    text = "".join(f"a{chr(point)}a\n" for point in range(sys.maxunicode + 1))
    suspects = {text[at] for at in find(text)} | {
        char for char in "\u061c\u200e\u200f" if any(True for _ in find(char))
    }
    assert {"\x00", "\x1f", "\x7f", "\x9f", "\ufffe", "\U0010ffff", "\u2060", "\ufeff"} <= suspects
    assert not {"\t", "\n", "\r", " ", "\xa0", "é", "\ufe0f", "\ufffd"} & suspects
    assert not any(char.isprintable() for char in suspects)
