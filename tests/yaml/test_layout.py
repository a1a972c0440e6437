"""Tests of the house layout."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficli.incident.fields import LAYOUT
from ficli.yaml import emit
from ficli.yaml.edit import EditError
from ficli.yaml.layout import canonical, is_canonical
from ficli.yaml.parse import parse
from ficli.yaml.scalars import same

if TYPE_CHECKING:
    import random

_spec = importlib.util.spec_from_file_location(
    "differential", Path(__file__).parents[2] / "benchmarks" / "differential.py"
)
assert _spec is not None
assert _spec.loader is not None
differential = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(differential)


def laid_out(text: str) -> str:
    document = parse(text.encode())
    assert document.usable, document.flaws
    written = canonical(document, LAYOUT)
    again = parse(written.encode())
    assert same(document.data, again.data)
    assert canonical(again, LAYOUT) == written
    assert is_canonical(written.encode(), again.data, LAYOUT)
    assert is_canonical(text.encode(), document.data, LAYOUT) == (written == text)
    return written


def test_a_record_that_is_canonical(record: str) -> None:
    assert laid_out(record) == record


CASES = {
    "keys": ("title: x\nid: FI-1\n", "id: FI-1\ntitle: x\n"),
    "unknown keys": ("b: 1\ntitle: x\na: 2\n", "title: x\nb: 1\na: 2\n"),
    "nested keys": (
        "sources:\n  - url: u\n    kind: k\n  - title: t\nquote: {source: 1, text: x}\n",
        "quote: {source: 1, text: x}\nsources:\n  - kind: k\n    url: u\n  - title: t\n",
    ),
    "list at the column of its key": (
        "sources:\n- url: u\n  kind: k\ntitle: x\n",
        "title: x\nsources:\n  - kind: k\n    url: u\n",
    ),
    "comments move along": (
        "title: x # of the title\n# of the id\n# and more\nid: FI-1\n",
        "# of the id\n# and more\nid: FI-1\ntitle: x # of the title\n",
    ),
    "a header stays": ("# header\ntitle: x\nid: y\n", "# header\nid: y\ntitle: x\n"),
    "a header and a comment": (
        "# header\n\n# of the title\ntitle: x\nid: y\n",
        "# header\n\nid: y\n# of the title\ntitle: x\n",
    ),
    "a comment by itself stays": ("title: x\n\n# part\n\nid: y\n", "id: y\n\n# part\n\ntitle: x\n"),
    "a deeper comment stays with its value": (
        "title: x\n  # deeper\nmechanism: |\n  text\nid: y\n",
        "id: y\ntitle: x\n  # deeper\nmechanism: |\n  text\n",
    ),
    "text blocks move whole": (
        "what_happened: |\n  a  \n\n\n  b\n\ntitle: x\n",
        "title: x\n\nwhat_happened: |\n  a  \n\n\n  b\n",
    ),
    "comment in the first key of an item": (
        "sources:\n  -\n    # of the url\n    url: u\n    kind: k\n",
        "sources:\n  -\n    kind: k\n    # of the url\n    url: u\n",
    ),
    "four columns a level": (
        "quote:\n    # whose\n    text: x\n    source: 1\nsources:\n    -   kind: k\n        archive:\n            url: u\n",
        "quote:\n  # whose\n  text: x\n  source: 1\nsources:\n  - kind: k\n    archive:\n      url: u\n",
    ),
    "an inner list at the column of its key": (
        "sources:\n  - authors:\n    - A\n    - B\n    status: live\n",
        "sources:\n  - authors:\n      - A\n      - B\n    status: live\n",
    ),
    "the content of a text block": (
        "mechanism: |\n      a\n        b\n\n      c\ntags: [a]\n",
        "mechanism: |\n  a\n    b\n\n  c\ntags: [a]\n",
    ),
    "an indentation that is told stays": ("mechanism: |4\n      a\n", "mechanism: |4\n      a\n"),
    "a summary in quotes on two lines": (
        'summary: "It failed,\n  and how: badly."\n',
        "summary: >-\n  It failed, and how: badly.\n",
    ),
    "a summary below its key": ("summary:\n  It failed.\n", "summary: >-\n  It failed.\n"),
    "a summary line by line": ("summary: |\n  It failed.\n", "summary: >\n  It failed.\n"),
    "a summary of two lines": ("summary: |\n  It failed.\n  Badly.\n", "summary: |\n  It failed.\n  Badly.\n"),
    "a summary that is too long": (
        f"summary: '{'word ' * 30}end'\n",
        f"summary: >-\n  {' '.join(['word'] * 19)}\n  {' '.join(['word'] * 11)} end\n",
    ),
    "paragraphs in quotes": (
        "what_happened: 'One.\n\n\n  Two.'\n",
        "what_happened: |-\n  One.\n\n  Two.\n",
    ),
    "prose with a comment stays": ("summary: >- # c\n  x\n", "summary: >- # c\n  x\n"),
    "line breaks of a folded text stay": ("summary: >-\n  It\n  failed.\n", "summary: >-\n  It\n  failed.\n"),
    "what cannot be folded stays": (f"summary: {'x' * 150}\n", f"summary: {'x' * 150}\n"),
    "line ends": ("id: x\r\ntitle: |\r\n  a\r\n  b\r\n", "id: x\ntitle: |\n  a\n  b\n"),
    "old line ends": ("id: x\rtitle: y\r", "id: x\ntitle: y\n"),
    "blanks at line ends": ("id: x  \ntags:\t\n  - a # c \n", "id: x\ntags:\n  - a # c\n"),
    "blanks in a text block stay": ("id: x\ntitle: >-  \n  a  \n  b\n", "id: x\ntitle: >-\n  a  \n  b\n"),
    "blanks in quotes": ('id: "a  \n  b \\  \n  c"\n', 'id: "a\n  b \\  \n  c"\n'),
    "empty lines": ("\n\nid: x\n\n\n \ntitle: y\n\n\n", "id: x\n\ntitle: y\n"),
    "empty lines in quotes stay": ("id: 'a\n\n\n  b'\n", "id: 'a\n\n\n  b'\n"),
    "no final line break": ("id: x", "id: x\n"),
    "no final line break in a text block": ("id: |\n  x", "id: |-\n  x\n"),
    "the same with a kept end": ("title: |+ # c\n  x", "title: |- # c\n  x\n"),
    "a text block moves from the end": ("title: y\nid: |\n  x", "id: |-\n  x\ntitle: y\n"),
    "kept line ends are content": ("id: x\ntitle: |+\n  y\n\n\n", "id: x\ntitle: |+\n  y\n\n\n"),
    "quotes and wrapping stay": ("id:   'x'\ntitle: \"y\n  z\"\n", "id:   'x'\ntitle: \"y\n  z\"\n"),
    "brackets stay": ("impact: {note: x, public_visibility: low}\n", "impact: {note: x, public_visibility: low}\n"),
    "a byte order mark stays": ("\ufefftitle: x\nid: y\n", "\ufeffid: y\ntitle: x\n"),
    "a key that is there twice": ("title: x\nid: y\ntitle: z  \n", "title: x\nid: y\ntitle: z\n"),
    "explicit keys": ("? title\n: x\n? id\n: y\n", "? title\n: x\n? id\n: y\n"),
    "an order that would add to a text stays": (
        "title: |+\n  x\n\nid: y\n\nzz: 1\n",
        "title: |+\n  x\n\nid: y\n\nzz: 1\n",
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_cases(text: str, expected: str) -> None:
    assert laid_out(text) == expected


@pytest.mark.parametrize("text", ["", "a: b: c\n", "a: &x b\n", "a: 1\n---\nb: 2\n", "# nothing\n"])
def test_what_cannot_be_laid_out(text: str) -> None:
    document = parse(text.encode())
    with pytest.raises(EditError):
        canonical(document, LAYOUT)
    assert not is_canonical(text.encode(), document.data, LAYOUT)


@settings(max_examples=150)
@given(st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_document(rng: random.Random, line_break: str, ended: bool) -> None:  # noqa: FBT001
    text = "".join(differential.Writer(rng).mapping(0, 3)).replace("\n", line_break)
    if rng.random() < 0.3:
        text = differential.spoil(rng, text)
    if not ended:
        text = text.rstrip("\r\n")
    if parse(text.encode()).usable:
        laid_out(text)


@pytest.mark.parametrize(
    "text",
    [
        'reason: "a text that goes on\n\\  at the left edge."\n',
        "reason: 'a text that goes on\nat the left edge.'\n",
        "reason: 'a text that goes on,\nslug: with what looks like a key.'\n",
        'reason: "it said \\"yes\\"\nand goes on at the left edge."\n',
        "reason: 'it said ''yes''\nand goes on at the left edge.'\n",
    ],
)
def test_prose_in_quotes_that_goes_on_at_the_left_edge(text: str) -> None:
    assert laid_out(text).startswith("reason: >-\n")


@given(st.text(max_size=400), st.sampled_from(["summary", "what_happened", "mechanism"]), st.integers(0, 5))
def test_any_prose_in_quotes(value: str, name: str, left: int) -> None:
    pad, indent = " " * left, max(left, 2)
    words = emit.double_quoted(value).replace(" ", f"\n{pad}", 1)
    pad = " " * indent
    text = (
        f"title: x\n{name}: {words}\nfailure_path:\n{pad}trigger: {emit.double_quoted(value)}\nquote:\n{pad}text: x\n"
    )
    document = parse(text.encode(errors="replace"))
    if document.usable:
        laid_out(document.text)


@given(
    st.lists(st.sampled_from(["word", "a", "word, word", "x" * 130, ""]), min_size=1, max_size=60), st.integers(1, 6)
)
def test_any_prose_in_blocks(words: list[str], indent: int) -> None:
    lines = " ".join(words).replace("a", "a\n").split("\n")
    text = (
        "summary: |\n"
        + "".join(f"{' ' * indent}{line.strip()}\n" for line in lines)
        + "reason: >-\n"
        + "".join(f"{' ' * indent}{line.strip()}\n" for line in lines)
    )
    document = parse(text.encode())
    if document.usable:
        laid_out(text)
