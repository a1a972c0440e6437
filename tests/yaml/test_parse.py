"""Tests of the exact way: every bad file has its flaws, at their places, and nothing takes long or raises."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.wording import harmless
from ficli.yaml import parse as parse_module
from ficli.yaml.flaws import MAX_BYTES, MAX_DEPTH, MAX_FLAWS, MAX_SECOND_OPINION, FlawKind
from ficli.yaml.parse import parse
from ficli.yaml.scalars import PlainData, same

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument


def marked(document: YamlDocument) -> list[tuple[str, str]]:
    return [(flaw.kind.value, document.text[flaw.start : flaw.end]) for flaw in document.flaws]


def test_a_record(record: str) -> None:
    document = parse(record.encode())
    assert document.usable
    assert document.flaws == ()
    assert document.text == record
    assert document.data["sources"][1]["archive"]["url"].startswith("https://web.archive.org/")


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "~\n", "null"])
def test_a_file_without_content_has_no_data_and_no_flaws(text: str) -> None:
    document = parse(text.encode())
    assert (document.data, document.flaws, document.usable) == (None, (), False)


@pytest.mark.parametrize(("text", "data"), [("- a\n- 1\n", ["a", 1]), ("just text\n", "just text"), ("[]", [])])
def test_a_root_that_is_no_mapping(text: str, data: PlainData) -> None:
    document = parse(text.encode())
    assert same(document.data, data)
    assert document.usable


def test_values_are_those_of_our_table() -> None:
    text = "a: no\nb: on\nc: 0777\nd: 1_000\ne: 2024-13-45\nf: 2024-05-08\ng: 0o17\nh: =\ni: 12:30\nj: '1'\nk: ~\nl:\n"
    expected = {
        "a": "no",
        "b": "on",
        "c": 777,
        "d": "1_000",
        "e": "2024-13-45",
        "f": "2024-05-08",
        "g": 15,
        "h": "=",
        "i": "12:30",
        "j": "1",
        "k": None,
        "l": None,
    }
    assert same(parse(text.encode()).data, expected)


def test_a_key_is_text_as_it_is_written() -> None:
    assert parse(b"1: a\ntrue: b\n~: c\n0x1: d\n: e\n").data == {"1": "a", "true": "b", "~": "c", "0x1": "d", "": "e"}
    assert marked(parse(b"1: a\n'1': b\n")) == [("duplicate-key", "'1'")]


def test_the_first_of_equal_keys_counts() -> None:
    document = parse(b"a: 1\nb:\n  c: 2\n  c: {d: 3}\na:\n  - 4\n")
    assert document.data == {"a": 1, "b": {"c": 2}}
    assert document.usable
    inner, outer = document.flaws
    assert (inner.kind, document.text[inner.start : inner.end]) == (FlawKind.DUPLICATE_KEY, "c")
    assert document.span(outer.start, outer.end).line == 5
    assert outer.related == ((0, 1, "first here"),)


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [("a: 1\n---\nb: 2\n", "---", 2), ("---\na: 1\n--- \n", "---", 3), ("a: 1\n...\n---\n...\n", "---", 3)],
)
def test_a_second_document(text: str, place: str, line: int) -> None:
    document = parse(text.encode())
    assert marked(document) == [("multiple-documents", place)]
    assert document.lines.number(document.flaws[0].start) == line
    assert document.data is None


@pytest.mark.parametrize("text", ["---\na: 1\n", "a: 1\n...\n", "# c\n---\na: 1\n...\n# c\n"])
def test_the_marks_of_one_document_are_no_flaw(text: str) -> None:
    document = parse(text.encode())
    assert (document.data, document.flaws) == ({"a": 1}, ())


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: &x b\nc: *x\n", ["&x", "*x"]),
        ("a: !!str b\n", ["!!str"]),
        ("a: !!python/object/apply:os.system ['true']\n", ["!!python/object/apply:os.system"]),
        ("a: !<tag:yaml.org,2002:str> b\n", ["!<tag:yaml.org,2002:str>"]),
        ("a: !x &y {b: c}\n", ["&y", "!x"]),
        ("a: ! b\n", ["!"]),
        ("<<: {a: b}\n", ["<<"]),
        ("&x a: b\n*x : c\n", ["&x", "*x"]),
        ("[a, b]: c\n", ["[a, b]"]),
        ("? - a\n  - b\n: c\n", ["- a"]),
        ("%YAML 1.1\n---\na: b\n", ["%YAML 1.1"]),
        ("%TAG ! tag:x,2000:\n# c\n%FOO bar\n---\na: b\n", ["%TAG ! tag:x,2000:", "%FOO bar"]),
    ],
)
def test_what_is_not_plain_data(text: str, places: list[str]) -> None:
    document = parse(text.encode())
    assert sorted(marked(document)) == sorted(("yaml-feature", place) for place in places)
    assert document.data is None
    assert document.root is not None


def test_a_quoted_merge_key_is_text() -> None:
    assert parse(b"'<<': {a: b}\n").data == {"<<": {"a": "b"}}


def test_an_alias_bomb_is_never_expanded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    started = time.perf_counter()
    document = parse("\n".join(lines).encode())
    assert time.perf_counter() - started < 1
    assert {flaw.kind for flaw in document.flaws} == {FlawKind.FEATURE}


def test_too_many_bytes() -> None:
    document = parse(b"a: " + b"x" * 5_000_000)
    (flaw,) = document.flaws
    assert flaw.kind is FlawKind.OVERSIZED
    assert flaw.message == f"the file has 5,000,003 bytes; at most {MAX_BYTES:,} are read"
    assert (document.root, document.usable) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 500 + "]" * 500,
        "a: " + "{b: " * 500 + "}" * 500,
        "".join(" " * depth + "a:\n" for depth in range(500)),
        "- " * 500 + "x",
        "- " * 500_000,
        "? " * 500_000,
        "[" * 1_000_000,
        "a:\n" + "".join(" " * depth + "- a:\n" for depth in range(0, 1200, 2)),
    ],
    ids=["lists", "mappings", "block", "compact", "very compact", "keys", "brackets", "mixed"],
)
def test_nesting_stops_at_its_limit(text: str) -> None:
    document = parse(text.encode())
    assert [flaw.kind for flaw in document.flaws] == [FlawKind.OVERSIZED]
    assert not document.usable


def test_the_deepest_nesting_that_is_allowed() -> None:
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH).usable
    assert not parse(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)).usable


def test_flaws_are_bounded() -> None:
    assert len(parse(b"a: 1\n" * 20_000).flaws) == MAX_FLAWS
    assert len(parse(b"\x00 " * 20_000 + b": a").flaws) <= MAX_FLAWS + 1


def test_line_ends() -> None:
    assert parse(b"a: |\r\n  x\r\n  y\r\nb: 1\r\n").data == {"a": "x\ny\n", "b": 1}
    assert parse(b"a: x\rb: 1").data == {"a": "x", "b": 1}


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_other_separators_end_no_line(separator: str) -> None:
    document = parse(f"a: x{separator}b: 1\nc: 'y{separator}z'\n".encode())
    assert FlawKind.SYNTAX in {flaw.kind for flaw in document.flaws}
    document = parse(f"a: x{separator}y\nc: 'y{separator}  z'\nd: |\n  x{separator}y\n".encode())
    assert document.data == {"a": f"x{separator}y", "c": f"y{separator}  z", "d": f"x{separator}y\n"}
    assert [flaw.kind for flaw in document.flaws] == [FlawKind.CONTROL] * 3
    assert {flaw.replacement for flaw in document.flaws} == {" "}


def test_what_the_parsers_cannot_take_does_not_hide_other_flaws() -> None:
    document = parse("a: x\x00\U000f0000\nb: 1\nb: 2\n".encode())
    assert document.data == {"a": "x\x00\U000f0000", "b": 1}
    assert [flaw.kind for flaw in document.flaws] == [FlawKind.CONTROL, FlawKind.DUPLICATE_KEY]


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch, record: str) -> None:
    texts = [
        record,
        "a: [b, {c: }]\nd:\ne: ~ # x\nf:\n- \n- g\n",
        "a: &x !!str b\n",
        "a: 'b\n",
        "%YAML 1.2\n---\na: b\n",
    ]
    with_libyaml = [parse(text.encode()) for text in texts]
    monkeypatch.setattr(parse_module, "HAS_LIBYAML", False)
    for text, expected in zip(texts, with_libyaml, strict=True):
        document = parse(text.encode())
        assert document.root == expected.root
        assert document.data == expected.data
        assert document.flaws == expected.flaws


def test_ruamel_has_the_last_word() -> None:
    assert parse(rb'a: "\ud83d\ude00"').data == {"a": "😀"}  # libyaml refuses surrogates


def test_a_long_text_gets_no_second_opinion() -> None:
    filler = "b: " + "x" * MAX_SECOND_OPINION + "\n"
    (flaw,) = parse((filler + 'a: "\\ud800"\n').encode()).flaws
    assert flaw.kind is FlawKind.SYNTAX
    assert flaw.message == r"`\u` is no escape that YAML knows"


@given(
    st.binary(max_size=200)
    | st.text(alphabet="ab:-?[]{}#&*!|>'\"%@` \t\n\r\\,\x00\x85\u2028\ud800é").map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )
)
def test_nothing_raises(raw: bytes) -> None:
    document = parse(raw)
    for flaw in document.flaws:
        assert 0 <= flaw.start <= flaw.end <= len(document.text)
        assert flaw.message
        assert flaw.message[0].islower() or not flaw.message[0].isalpha()
        assert not flaw.message.endswith(".")
        assert harmless(flaw.message) == flaw.message
    assert (document.data is None) >= (not document.usable)
