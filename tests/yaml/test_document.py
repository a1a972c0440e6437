"""Tests of where things stand in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.diagnostics import FieldPath, Span
from ficli.yaml.nodes import Scalar, scalars
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument


def source(document: YamlDocument, span: Span | None) -> str | None:
    if span is None:
        return None
    lines = document.lines
    return document.text[lines.offset(span.line, span.column) : lines.offset(span.end_line, span.end_column)]


@pytest.fixture
def document(record: str) -> YamlDocument:
    """Return a record that has been read."""
    return parse(record.encode())


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("schema_version",), "schema_version", "1"),
        (("quote", "speaker"), "speaker", "Sebastian Siemiatkowski"),
        (("quote",), "quote", 'text: "As cost unfortunately seems to have been a too predominant evaluation factor"'),
        (("countries",), "countries", "[SE, US]"),
        (("countries", 1), "US", "US"),
        (("sources",), "sources", "- kind: press"),
        (("sources", 1), "kind: press", "kind: press"),
        (("sources", 0, "title"), "title", "'Klarna Turns From AI to Real Person Customer Service'"),
        (("impact", "amounts", 0, "value"), "value", "40.5"),
        (("tags",), "tags", "[]"),
        (("sources", 2), None, None),
        (("sources", -1), None, None),
        (("sources", "kind"), None, None),
        (("quote", 0), None, None),
        (("id", "x"), None, None),
    ],
)
def test_spans(document: YamlDocument, path: FieldPath, key: str | None, value: str | None) -> None:
    assert source(document, document.key_span(path)) == key
    assert source(document, document.value_span(path)) == value


def test_the_record_itself(document: YamlDocument) -> None:
    assert document.key_span(()) is None
    assert source(document, document.value_span(())) == "schema_version: 1"
    assert document.node(()) is document.root


def test_block_scalars_end_with_their_content(document: YamlDocument) -> None:
    written = source(document, document.value_span(("what_happened",)))
    assert written is not None
    assert written.startswith("|\n  Klarna")
    assert written.endswith("lower quality.")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a: |\n  x\n  y  \n\n\n# c\nb: 1", "|\n  x\n  y  "),
        ("a: |+\n  x\n\n\nb: 1", "|+\n  x\n\n"),
        ("a: >-\n  x\n   \nb: 1", ">-\n  x\n   "),
        ("a: |\n\n\nb: 1", "|"),
        ("a: | # c\r\n  x\r\n\r\nb: 1", "| # c\r\n  x"),
        ("a: |\n  x", "|\n  x"),
    ],
)
def test_ends_of_block_scalars(text: str, written: str) -> None:
    node = parse(text.encode()).node(("a",))
    assert node is not None
    assert text[node.start : node.end] == written


@pytest.mark.parametrize(
    ("text", "path", "offset"),
    [
        ("a:\nb: 1", ("a",), 2),
        ("a: # c\nb: 1", ("a",), 2),
        ("a:\n  - \n  - b", ("a", 0), 6),
        ("{a, b: }", ("a",), 2),
        ("{a, b: }", ("b",), 6),
        ("{a : , b}", ("a",), 4),
        ("a:   ", ("a",), 2),
    ],
)
def test_nothing_stands_behind_its_colon_or_dash(text: str, path: FieldPath, offset: int) -> None:
    node = parse(text.encode()).node(path)
    assert isinstance(node, Scalar)
    assert (node.value, node.start, node.end) == (None, offset, offset)


def test_collections_end_with_their_last_child() -> None:
    text = "a:\n  b:\n    - c\n    - d # e\n\n# f\ng: 1\n"
    document = parse(text.encode())
    node = document.node(("a",))
    assert node is not None
    assert text[node.start : node.end] == "b:\n    - c\n    - d"


def test_nearest(document: YamlDocument) -> None:
    assert document.nearest(("sources", 0, "archive", "url")) == ("sources", 0)
    assert document.nearest(("sources", 9, "url")) == ("sources",)
    assert document.nearest(("nothing",)) == ()
    assert document.nearest(("sources", 1, "archive")) == ("sources", 1, "archive")


VALUES = """\
plain: one two one
over: one
  two three
single: 'it''s one'
double: "say \\"one\\" \\\\ two \\u00e9"
literal: | # one
  one two
  three one
folded: >-
  one two
  three

  four
"""


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("plain", "two one", (1, 12, 1, 19)),
        ("plain", "three", None),
        ("plain", "", None),
        ("over", "one two", (2, 7, 3, 6)),
        ("single", "it's", (4, 10, 4, 15)),
        ("double", '"one"', (5, 14, 5, 21)),
        ("double", "\\ two", (5, 22, 5, 28)),
        ("double", "é", None),
        ("literal", "one", (7, 3, 7, 6)),
        ("literal", "two\nthree", (7, 7, 8, 8)),
        ("literal", "three one", (8, 3, 8, 12)),
        ("folded", "two three", (10, 7, 11, 8)),
        ("folded", "four", (13, 3, 13, 7)),
        ("folded", "three\nfour", (11, 3, 13, 7)),
        ("nothing", "x", None),
    ],
)
def test_find_in_value(field: str, text: str, found: tuple[int, int, int, int] | None) -> None:
    span = parse(VALUES.encode()).find_in_value((field,), text)
    assert span == (None if found is None else Span(*found))


def test_find_in_value_after_a_looser_match() -> None:
    document = parse(b"a: |\n  one\n  two one two\n")
    assert document.find_in_value(("a",), "one two") == Span(3, 7, 3, 14)


def test_scalars(document: YamlDocument) -> None:
    values = [scalar.value for scalar in scalars(document.root)]
    assert {"schema_version", 1, "FI-0232", "SE", "currency"} <= set(values)
    assert list(scalars(None)) == []
