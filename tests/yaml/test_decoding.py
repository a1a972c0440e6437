"""Tests of encodings."""

from __future__ import annotations

import pytest

from ficli.yaml.decoding import decode
from ficli.yaml.flaws import FlawKind
from ficli.yaml.parse import parse


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_named(codec: str) -> None:
    document = parse("id: FI-0001\n".encode(codec))
    (flaw,) = document.flaws
    assert flaw.kind is FlawKind.NOT_UTF8
    assert flaw.message == f"the file is {codec[:6].upper()}, not UTF-8"
    assert document.text == "id: FI-0001\n"
    assert not document.usable
    assert document.root is None


def test_the_first_bad_byte_is_marked() -> None:
    document = parse("a: é\nb: x".encode() + b"\xe9y\xff\n")
    (flaw,) = document.flaws
    assert flaw.kind is FlawKind.NOT_UTF8
    assert document.lines.position(flaw.start) == (2, 5)
    assert flaw.message == "the byte `0xE9` is not UTF-8"
    assert flaw.label == "`é`, if this is Windows-1252"
    assert document.text == "a: é\nb: x\ufffdy\ufffd\n"


@pytest.mark.parametrize("raw", [b"a: \xed\xa0\x80", b"a: \xc0\x80", b"a: \xf5\x80\x80\x80", b"a: \x81", b"\xfe"])
def test_surrogates_overlong_forms_and_lone_bytes(raw: bytes) -> None:
    assert [flaw.kind for flaw in parse(raw).flaws] == [FlawKind.NOT_UTF8]


def test_a_byte_order_mark_can_be_taken_out() -> None:
    document = parse(b"\xef\xbb\xbfid: x\n")
    (flaw,) = document.flaws
    assert (flaw.kind, flaw.start, flaw.end, flaw.replacement) == (FlawKind.CONTROL, 0, 1, "")
    assert document.usable
    assert document.data == {"id": "x"}
    span = document.value_span(("id",))
    assert span is not None
    assert document.text[1:3] == "id"


def test_a_nul_does_not_make_a_file_utf_16() -> None:
    assert decode(b"a: x\x00y") == ("a: x\x00y", None)
    assert decode(b"\x00a: x")[1] is None
    assert decode(b"") == ("", None)
