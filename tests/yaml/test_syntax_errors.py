"""Tests of what is said about a text that is not YAML: one mistake, one flaw, at the place to mend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.yaml import parse as parse_module
from ficli.yaml.flaws import FlawKind
from ficli.yaml.parse import parse

# text, the place, its line and column, what is said
MISTAKES = {
    "tab": ("a:\n\tb: 1", "\t", 2, 1, "a tab is used for indentation"),
    "tab first": ("\ta: 1", "\t", 1, 1, "a tab is used for indentation"),
    "tab in a text block": ("a: >-\n\tx\n", "\t", 2, 1, "a tab is used for indentation"),
    "no space after the colon": ("k: 1\na:b\nc: d", ":", 2, 2, "a space is missing after the colon in `a:b`"),
    "no colon": ("k: 1\nab\nc: d", "ab", 2, 1, "the line `ab` is no key with a value"),
    "no colon at the end": ("a: 1\nb", "b", 2, 1, "the line `b` is no key with a value"),
    "quote never closed": ('a: "x\nb: c\n', '"', 1, 4, "the double quote that opens here is never closed"),
    "single quote never closed": ("a: 'x\n", "'", 1, 4, "the single quote that opens here is never closed"),
    "quote closed by the next": ('a: "x\nb: "c"\n', '"', 1, 4, "the quote that opens here is not closed on its line"),
    "colon in a value": ("a: Foo: bar", ":", 1, 7, "`: ` stands inside the unquoted value `Foo: bar`"),
    "colon in an item": ("- a: Foo: bar", ":", 1, 9, "`: ` stands inside the unquoted value `Foo: bar`"),
    "indented after a value": ("a: 1\n  b: 2", "b", 2, 3, "the key `b` is indented deeper than the key above"),
    "between two levels": ("a:\n  b: 1\n c: 2", "c:", 3, 2, "the indentation of `c: 2` fits no line above"),
    "item between two levels": ("a:\n  - b\n - c", "-", 3, 2, "the indentation of `- c` fits no line above"),
    "text block between": ("a: |\n  x\n y\nb: 1", "y", 3, 2, "the indentation of `y` fits no line above"),
    "first line indented": ("  a: 1\nb: 2", "b:", 2, 1, "the indentation of `b: 2` fits no line above"),
    "at sign": ("a: @x y", "@x", 1, 4, "a value cannot start with `@`"),
    "back-tick": ("a: `x`", "`x`", 1, 4, "a value cannot start with a back-tick"),
    "percent": ("a: %x", "%x", 1, 4, "a value cannot start with `%`"),
    "item where a key is due": ("a: 1\n- b", "- b", 2, 1, "a list item stands where a key is due: `- b`"),
    "item on the line of its key": ("a: - b", "-", 1, 4, "a list item stands on the line of its key"),
    "bracket": ("a: [1, 2\nb: 1", "[", 1, 4, "the bracket `[` that opens here is not closed"),
    "brace": ("a: {b: 1\nc: 2", "{", 1, 4, "the bracket `{` that opens here is not closed"),
    "closing bracket": ("a: ]", "]", 1, 4, "a value is due where `]` stands"),
    "after a quote": ('a: "x" y', "y", 1, 8, "text follows the closing quote: `y`"),
    "apostrophe": ("a: 'it's'", "s'", 1, 8, "text follows the closing quote: `s'`"),
    "escape": (r'a: "C:\q"', r"\q", 1, 7, r"`\q` is no escape that YAML knows"),
    "short escape": (r'a: "\x4"', r"\x", 1, 5, r"`\x` is no escape that YAML knows"),
    "text behind a mark": ("a: |x\n  b", "|x", 1, 4, "text stands behind the mark of a text block: `|x`"),
    "star": ("a: *Important* x", "*Important*", 1, 4, "a value that starts with `*` is not read as text"),
    "ampersand": ("a: & b", "&", 1, 4, "a value that starts with `&` is not read as text"),
    "exclamation mark": ("a: !e!x y", "!e!x", 1, 4, "a value that starts with `!` is not read as text"),
    "directive": ("%YAML 2.0\n---\na: 1", "%YAML 2.0", 1, 1, "the directive `%YAML 2.0` cannot be followed"),
    "conflict": ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b", "<<<<<<< HEAD", 1, 1, "a merge conflict was left"),
    "text behind brackets": ("a: [sic] b\nc: d", "[sic", 1, 4, "a value that starts with `[` is not read as text"),
    "item behind brackets": (
        "a:\n  - [sic] b\n  - c",
        "[sic",
        2,
        5,
        "a value that starts with `[` is not read as text",
    ),
    "key behind brackets": ("a: [b] c: d\n", "[b", 1, 4, "a value that starts with `[` is not read as text"),
    "brackets of two lines": ("a: [b,\n c] d\n", "[b", 1, 4, "a value that starts with `[` is not read as text"),
    "text behind braces": ("a: {b} c\nd: e", "{b", 1, 4, "a value that starts with `{` is not read as text"),
    "question mark": ("a: ? b\nc: d", "?", 1, 4, "a value that starts with `?` is not read as text"),
    "colon first": ("a: : b\nc: d", ":", 1, 4, "a value that starts with `:` is not read as text"),
    "word in stars": ("a: *b c\n", "*b", 1, 4, "a value that starts with `*` is not read as text"),
    "two anchors": ("a: &b &c d\n", "&b", 1, 4, "a value that starts with `&` is not read as text"),
    "greater than": ("a: > 90% b\nc: d", "> 90% b", 1, 4, "text stands behind the mark of a text block"),
    "dash without a space": ("a:\n  -b: c\n  d: e", "-", 2, 3, "a space is missing after the dash in `-b: c`"),
    "it and what follows": ("a:\n  -b: c\n   d: e", "-", 2, 3, "a space is missing after the dash in `-b: c`"),
    "second dash": ("a:\n  - b: c\n  -b: d\n", "-", 3, 3, "a space is missing after the dash in `-b: d`"),
    "second dash of texts": ("a:\n  - b\n  -c\n", "-", 3, 3, "a space is missing after the dash in `-c`"),
    "dash before a quoted key": ('a:\n  -"b": c\n', "-", 2, 3, "a space is missing after the dash in"),
    "dash behind a dash": ("a:\n  -\n  -b: c\n", "-", 3, 3, "a space is missing after the dash in `-b: c`"),
    "hash before a line that goes on": ("a: b #1\n  c\nd: e\n", "#1", 1, 6, "the value ends before `#1`"),
    "conflict with its base": ("a: 1\n||||||| 1a2b\n", "||||||| 1a2b", 2, 1, "a merge conflict was left in the file"),
    "indented conflict": ("a: |\n  b\n  >>>>>>> c\n", ">>>>>>> c", 3, 3, "a merge conflict was left in the file"),
    "indented halves": ("a: |\n  =======\n  <<<<<<<\n", "=======", 2, 3, "a merge conflict was left in the file"),
    "conflict at a byte order mark": ("\ufeff<<<<<<< b\n", "<<<<<<< b", 1, 2, "a merge conflict was left"),
    "half a conflict": ("a: 1\r\n=======\r\n", "=======", 2, 1, "a merge conflict was left in the file"),
}


@pytest.mark.parametrize(("text", "place", "line", "column", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistakes(text: str, place: str, line: int, column: int, message: str) -> None:
    document = parse(text.encode())
    (flaw,) = (flaw for flaw in document.flaws if flaw.kind is not FlawKind.CONTROL)
    assert flaw.kind is FlawKind.SYNTAX
    assert document.text[flaw.start : flaw.end] == place
    assert document.lines.position(flaw.start) == (line, column)
    assert flaw.message.startswith(message)
    assert flaw.label
    assert flaw.help
    assert not document.usable


@pytest.mark.parametrize(("text", "place", "line", "column", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_the_same_without_libyaml(
    monkeypatch: pytest.MonkeyPatch, text: str, place: str, line: int, column: int, message: str
) -> None:
    del place, column, message  # ruamel.yaml may see it one token further on
    monkeypatch.setattr(parse_module, "HAS_LIBYAML", False)
    document = parse(text.encode())
    (flaw,) = (flaw for flaw in document.flaws if flaw.kind is not FlawKind.CONTROL)
    assert flaw.kind is FlawKind.SYNTAX
    assert abs(document.lines.number(flaw.start) - line) <= 1


def test_a_quote_that_ran_on_says_where_to() -> None:
    text = 'title: "Klarna\nsummary: x\n'
    (flaw,) = parse(text.encode()).flaws
    ((start, end, said),) = flaw.related
    assert (text[start:end], said) == ("x", "the value runs on to here")


def test_hidden_characters_are_told_beside() -> None:
    document = parse("a: b: c\nd: \u202e\n".encode())
    assert {flaw.kind for flaw in document.flaws} == {FlawKind.SYNTAX, FlawKind.CONTROL}


def test_nothing_hidden_reaches_a_message() -> None:
    (flaw, _) = parse("a: b: \u202e\n".encode()).flaws
    assert "\u202e" not in flaw.message
    assert r"\u202e" in flaw.message


@pytest.mark.parametrize(
    "text",
    ["a: |\n  =======\n", "a: |\n  ||||||||\n  >>>>>>>b\n", "a: 1 ======= 2\n", "======== : 1\n", "a: '<<<<<<< x'\n"],
)
def test_what_looks_like_a_conflict(text: str) -> None:
    assert parse(text.encode()).flaws == ()


@pytest.mark.parametrize("name", ["-", "--b", "-5", "'-b'", '"-b"', "a-b"])
def test_keys_that_only_look_like_an_item(name: str) -> None:
    assert parse(f"a:\n  {name}: c\n".encode()).flaws == ()


def test_each_dash_without_a_space_is_one_flaw() -> None:
    flaws = parse(b"a:\n  -b: 1\n  -b: 2\n").flaws
    assert [flaw.kind for flaw in flaws] == [FlawKind.SYNTAX, FlawKind.SYNTAX]


@pytest.mark.parametrize("mark", ["<<<<<<<", "|||||||", "=======", ">>>>>>>"])
def test_each_conflict_marker_is_called_what_it_is(mark: str) -> None:
    (flaw,) = parse(f"a: 1\n{mark}\nb: 2\n".encode()).flaws
    assert flaw.label.startswith("conflict marker: ")


@given(st.sampled_from("[{?>%@`&*!|-#:,]}'\""), st.text(alphabet="ab:,]}'\"#-[{ ", min_size=1, max_size=20))
def test_no_title_is_told_in_the_parsers_words(mark: str, rest: str) -> None:
    text = f"id: x\ntitle: {mark}{rest}\nsummary: y\n"
    said = [flaw.message for flaw in parse(text.encode()).flaws]
    assert not any(message.startswith("this is not valid YAML") for message in said), text


def test_an_unknown_mistake_is_told_in_the_parsers_words() -> None:
    (flaw,) = parse(b"[1]\nb: 1").flaws
    assert flaw.kind is FlawKind.SYNTAX
    assert flaw.message
