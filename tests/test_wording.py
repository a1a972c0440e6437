"""Foreign text is harmless in a message, and lists, numbers and near misses read as a person writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.wording import (
    HIDDEN,
    counted,
    cut,
    display_width,
    harmless,
    harmless_parts,
    listed,
    nearest,
    quoted,
    wrapped,
)

ANY_TEXT = st.text(st.characters() | st.characters(categories=["Cs"]))


@pytest.mark.parametrize("code", [*range(0x20), 0x7F, *range(0x80, 0xA0)])
def test_every_control_character_becomes_its_escape(code: int) -> None:
    assert harmless(chr(code)).isprintable()
    assert harmless(chr(code)).startswith("\\")


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\t", "\\t"),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\x00", "\\x00"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b31m", "\\x9b31m"),
        ("\u00ad", "\\xad"),
        ("\u200b", "\\u200b"),  # zero-width space
        ("\u200e", "\\u200e"),  # left-to-right mark
        ("\u202e", "\\u202e"),  # right-to-left override
        ("\u2028", "\\u2028"),  # line separator
        ("\u2066", "\\u2066"),  # left-to-right isolate
        ("\ufeff", "\\ufeff"),  # byte order mark
        ("\ud800", "\\ud800"),  # lone surrogate
        ("\U000e0041", "\\U000e0041"),  # tag
    ],
)
def test_what_could_mislead_is_shown(hidden: str, shown: str) -> None:
    assert harmless(f"a{hidden}b") == f"a{shown}b"


@pytest.mark.parametrize("text", ["", "plain", "naïve — „quoted“", "中文", "👩\u200d💻", "नमस्ते", "[bold]markup[/bold]"])
def test_what_a_reader_sees_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("::error::forged", "\\x3a:error::forged"),
        ("  ::add-mask::a", "  \\x3a:add-mask::a"),
        ("\u3000::Echo::on", "\u3000\\x3a:Echo::on"),
        ("a\n::set-output name=a::b", "a\\n::set-output name=a::b"),
        ("say ##[error]forged", "say \\x23#[error]forged"),
        ("##vso[task.complete]", "\\x23#vso[task.complete]"),
        ("###[group]", "#\\x23#[group]"),
    ],
)
def test_what_a_log_takes_for_a_command_is_escaped(command: str, shown: str) -> None:
    assert harmless(command) == shown
    assert harmless(shown) == shown
    assert all("".join(harmless_parts(command, cut)) == shown for cut in range(len(command)))


@pytest.mark.parametrize("text", ["a::error::b", "::1", "::ffff:192.0.2.1", "std::string", "## [a]", "#[a]", ":: a"])
def test_what_looks_like_a_command_and_is_none_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@given(ANY_TEXT, st.integers(0, 20), st.integers(0, 20))
def test_parts_are_those_of_the_whole(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    parts = harmless_parts(text, start, end)

    assert len(parts) == 3
    assert "".join(parts) == harmless(text)


@given(ANY_TEXT)
def test_harmless_text_holds_nothing_hidden_and_stays_as_it_is(text: str) -> None:
    shown = harmless(text)

    assert HIDDEN.search(shown) is None
    assert harmless(shown) == shown
    shown.encode()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("word", "`word`"),
        ("", "``"),
        ("two\nlines", "`two\\nlines`"),
        ("a `tick`", "`a 'tick'`"),
        (None, "`null`"),
        (True, "`true`"),
        (False, "`false`"),
        (5, "`5`"),
        (1.5, "`1.5`"),
        ("x" * 60, f"`{'x' * 60}`"),
        ("x" * 61, f"`{'x' * 59}…`"),
    ],
)
def test_quoted(value: object, shown: str) -> None:
    assert quoted(value) == shown


def test_quoted_to_a_given_length() -> None:
    assert quoted("abcdef", longest=4) == "`abc…`"


@given(ANY_TEXT)
def test_a_quoted_value_has_no_third_back_tick_and_is_short(text: str) -> None:
    shown = quoted(text)

    assert shown.count("`") == 2
    assert len(shown) <= 62


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["a"], "`a`"),
        (["a", "b"], "`a` and `b`"),
        (["a", "b", "c"], "`a`, `b` and `c`"),
        ([True, None], "`true` and `null`"),
    ],
)
def test_listed(words: list[object], sentence: str) -> None:
    assert listed(words) == sentence


def test_listed_with_another_last_word() -> None:
    assert listed(["a", "b"], last="or") == "`a` or `b`"


@pytest.mark.parametrize(
    ("number", "noun", "plural", "words"),
    [
        (0, "record", "", "0 records"),
        (1, "record", "", "1 record"),
        (2, "record", "", "2 records"),
        (10_000, "record", "", "10,000 records"),
        (2, "entry", "entries", "2 entries"),
        (1, "entry", "entries", "1 entry"),
    ],
)
def test_counted(number: int, noun: str, plural: str, words: str) -> None:
    assert counted(number, noun, plural) == words


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("tilte", ["title"]),
        ("incident-date", ["incident_date"]),
        ("Incident Date", ["incident_date"]),
        ("incident_dates", ["incident_date"]),
        ("zzz", []),
        ("", []),
        ("x" * 100_000, []),
    ],
)
def test_nearest(word: str, found: list[str]) -> None:
    assert nearest(word, ["title", "incident_date", "sources"]) == found


def test_nearest_gives_the_best_first_and_no_more_than_asked() -> None:
    assert nearest("false-precison", ["false-precisions", "false-precision", "date-order"], most=2) == [
        "false-precision",
        "false-precisions",
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("naïve", 5),
        ("中文", 4),
        ("ﾊﾝｶｸ", 4),  # half-width katakana
        ("e\u0301", 1),  # an accent that combines
        ("😀", 2),
        ("…", 1),
    ],
)
def test_display_width(text: str, cells: int) -> None:
    assert display_width(text) == cells


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, []),
        ("one two three", 7, ["one two", "three"]),
        ("one " + "支" * 8, 10, ["one", "支" * 5, "支" * 3]),
        ("支払い 支払い", 10, ["支払い", "支払い"]),
        ("see https://example.org/long, then go", 10, ["see", "https://example.org/long,", "then go"]),
        ("https://a.org/ x", 20, ["https://a.org/ x"]),
        ("[bold]x[/bold] :smile:", 80, ["[bold]x[/bold] :smile:"]),
    ],
)
def test_wrapped(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain for line in wrapped(text, width)] == lines


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("bank", 4, "bank"),
        ("banks", 4, "ban…"),
        ("a bank", 3, "a…"),
        ("支払い", 5, "支払…"),
        ("支払い", 4, "支…"),
        ("支払い", 0, "…"),
        ("cafe\u0301s", 4, "caf…"),
        ("e\u0301" * 5, 5, "e\u0301" * 5),
    ],
)
def test_cut(text: str, width: int, short: str) -> None:
    assert cut(text, width) == short
