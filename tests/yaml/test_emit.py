"""Tests of YAML from plain data: it reads back as it was, and needs no quotes where it has none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import yaml
from ficli.yaml import emit
from ficli.yaml.fast_path import REFUSED, parse_fast
from ficli.yaml.parse import parse
from ficli.yaml.scalars import PlainData, same

TEXT = st.text() | st.text(alphabet="ab :#-'\"\n\\{}[],?!&*|>%@`=~<éà😀\u202e\t\x00\x1b\u2028\ufeff\u200d", max_size=30)
LONG_TEXT = st.lists(st.text(alphabet="abc é", min_size=1, max_size=60), max_size=12).map("\n".join)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | LONG_TEXT
DATA = st.recursive(
    LEAVES,
    lambda children: st.lists(children, max_size=4) | st.dictionaries(TEXT, children, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Klarna's AI: a story", '"Klarna\'s AI: a story"'),
        ("a plain one, with (marks) & more; 100%", "a plain one, with (marks) & more; 100%"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("2024-05-08", "2024-05-08"),
        ("2024-05", "2024-05"),
        ("2024", '"2024"'),
        ("2024-05-08T12:00:00Z", '"2024-05-08T12:00:00Z"'),
        ("1.0.0", "1.0.0"),
        ("no", '"no"'),
        ("On", '"On"'),
        ("y", '"y"'),
        ("1_000", '"1_000"'),
        ("0777", '"0777"'),
        ("0b11", '"0b11"'),
        ("12:30:00", '"12:30:00"'),
        ("12:30", '"12:30"'),
        ("1e3", '"1e3"'),
        ("0o7", '"0o7"'),
        ("e5", "e5"),
        ("2024-05-08 3 banks failed", "2024-05-08 3 banks failed"),
        ("1:22-cv-01461", "1:22-cv-01461"),
        ("=", '"="'),
        ("<<", '"<<"'),
        ("~", '"~"'),
        ("", '""'),
        (" a", '" a"'),
        ("a ", '"a "'),
        ("a #b", '"a #b"'),
        ("a#b", "a#b"),
        ("a:", '"a:"'),
        ("- a", '"- a"'),
        ("*a*", '"*a*"'),
        ("[sic]", '"[sic]"'),
        ("---", '"---"'),
        ('"so to say"', "'\"so to say\"'"),
        ('it\'s "so"', 'it\'s "so"'),
        ('"it\'s"', '"\\"it\'s\\""'),
        ("C:\\x", "C:\\x"),
        (": C:\\x", "': C:\\x'"),
        ("東京の事件", "東京の事件"),
        ("\u202eevil\x1b[31m", '"\\u202eevil\\x1b[31m"'),
        ("a\tb", '"a\\tb"'),
        (None, "null"),
        (True, "true"),
        (-3, "-3"),
        (1.5, "1.5"),
        (1e22, "1.0e+22"),
        (math.inf, ".inf"),
        (-math.inf, "-.inf"),
    ],
)
def test_values_on_one_line(value: PlainData, written: str) -> None:
    assert emit.inline(value) == written
    assert same(parse(f"a: {written}\n".encode()).data, {"a": value})


def test_a_date_behind_the_key_of_a_text_is_quoted() -> None:
    data = {"version": "2024-05-08", "published": "2024-05-08", "authors": ["2024-05-08"], "in": {"published": "x"}}
    assert (
        emit.block(data, texts=("version", "authors"))
        == """\
version: "2024-05-08"
published: 2024-05-08
authors:
  - "2024-05-08"
in:
  published: x
"""
    )
    assert emit.flow(data["authors"], ("authors",), "authors") == '["2024-05-08"]'


def test_paragraphs_are_a_block_scalar() -> None:
    assert emit.emit_entry("a", "one\n\ntwo\n", 2) == "  a: |\n    one\n\n    two\n"
    assert emit.emit_entry("a", "one\ntwo", 0) == "a: |-\n  one\n  two\n"


def test_long_text_is_folded_at_single_blanks() -> None:
    text = "word  " + "word " * 40 + "end"
    lines = emit.emit_entry("a", text, 0).splitlines()
    assert lines[0] == "a: >-"
    assert max(map(len, lines)) <= emit.WIDTH
    assert min(map(len, lines[1:-1])) > emit.WIDTH - 10
    assert parse("\n".join(lines).encode()).data == {"a": text}


def test_text_without_blanks_is_not_broken() -> None:
    url = "https://example.org/" + "x" * 200
    assert emit.emit_entry("url", url, 0) == f"url: {url}\n"
    assert emit.emit_entry("a", "事件" * 100, 0) == f"a: {'事件' * 100}\n"


@pytest.mark.parametrize(
    "text", ["a\n", "a\n\n", "\na\nb", " a\nb", "a\n b\n", "a \nb", "a\tb\nc", "a\n\n\nb", "\n", "a\rb\n"]
)
def test_blanks_and_line_ends_are_kept(text: str) -> None:
    assert parse(emit.emit_entry("a", text, 0).encode()).data == {"a": text}
    assert parse(emit.emit_entry("a", text + "w " * 80 + "w", 0).encode()).data == {"a": text + "w " * 80 + "w"}


def test_mappings_and_lists() -> None:
    data = {"sources": [{"kind": "press", "authors": ["A", "B"], "x": []}, {}, [], [["m"]]], "impact": {"note": None}}
    assert (
        emit.block(data)
        == """\
sources:
  - kind: press
    authors:
      - A
      - B
    x: []
  - {}
  - []
  -
    -
      - m
impact:
  note: null
"""
    )
    assert emit.block([]) == "[]\n"
    assert emit.flow({"a": ["x: y", "b, c"], "d": {}}) == '{a: ["x: y", "b, c"], d: {}}'


@given(DATA)
def test_data_reads_back_as_it_was(data: PlainData) -> None:
    assert same(parse(emit.block({"a": data}).encode()).data, {"a": data})
    assert same(parse(f"a: {emit.flow(data)}\n".encode()).data, {"a": data})
    assert same(parse(f"a:\n  - b:\n{emit.emit_entry('c', data, 6)}".encode()).data, {"a": [{"b": {"c": data}}]})


@given(TEXT)
def test_old_readers_agree_on_text(text: str) -> None:
    written = emit.inline(text)
    if not emit.is_plain(text) or len(text) == len("2024-05-08"):
        return
    assert yaml.safe_load(f"a: {written}\n") == {"a": text}


@given(st.dictionaries(st.sampled_from(["id", "title", "tags"]), st.text(alphabet="abc ,.é", max_size=200), min_size=1))
def test_what_is_written_is_read_the_fast_way(data: PlainData) -> None:
    assert parse_fast(emit.block(data).encode()) in (data, REFUSED)
