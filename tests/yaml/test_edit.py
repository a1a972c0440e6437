"""Tests of edits: each changes what it must, keeps all else byte for byte, and never damages a file."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ficli.diagnostics import (
    AppendItem,
    Edit,
    FieldPath,
    InsertKey,
    Reformat,
    Remove,
    RenameKey,
    ReplaceText,
    SetValue,
)
from ficli.incident.fields import LAYOUT
from ficli.yaml.edit import EditError, apply
from ficli.yaml.nodes import MappingNode, Node, Scalar, SequenceNode
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from ficli.yaml.document import YamlDocument

_spec = importlib.util.spec_from_file_location(
    "differential", Path(__file__).parents[2] / "benchmarks" / "differential.py"
)
assert _spec is not None
assert _spec.loader is not None
differential = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(differential)


def edited(text: str, *edits: Edit) -> str:
    return apply(parse(text.encode()), edits, LAYOUT)


SET = {
    "plain": ("a: x # c\nb: 1\n", "z", "a: z # c\nb: 1\n"),
    "plain that needs quotes": ("a: x # c\n", "y: z", 'a: "y: z" # c\n'),
    "double quotes": ('a: "x"  # c\n', "y", 'a: "y"  # c\n'),
    "single quotes": ("a: 'x'\n", "it's", "a: 'it''s'\n"),
    "single quotes that cannot hold it": ("a: 'x'\n", "y\nz", 'a: "y\\nz"\n'),
    "number": ('a: "1"\n', 2, "a: 2\n"),
    "text that looks like a number": ("a: x\n", "2024", 'a: "2024"\n'),
    "date": ("a: x\n", "2024-05-08", "a: 2024-05-08\n"),
    "nothing": ("a: x\n", None, "a: null\n"),
    "from nothing": ("a:\nb: 1\n", "x", "a: x\nb: 1\n"),
    "from nothing with a comment": ("a: # c\n", "x", "a: x # c\n"),
    "from nothing in braces": ("{a, b: }\n", "x", "{a: x, b: }\n"),
    "in brackets": ("{a: x, b: 1}\n", "y, z", '{a: "y, z", b: 1}\n'),
    "several lines": ("a: x\n  y\nb: 1\n", "z", "a: z\nb: 1\n"),
    "literal": ("a: | # c\n   x\n   y\n\nb: 1\n", "one\ntwo\n", "a: | # c\n   one\n   two\n\nb: 1\n"),
    "literal that loses its last line end": ("a: |\n  x\nb: 1\n", "y", "a: |-\n  y\nb: 1\n"),
    "folded": ("a: >-\n  x\n  y\nb: 1\n", "one two", "a: >-\n  one two\nb: 1\n"),
    "folded to a text it cannot hold": ("a: >-\n  x\n", " y\t", 'a: " y\\t"\n'),
    "paragraphs": ("a: x \nb: 1\n", "y\n\nz", "a: |-\n  y\n\n  z\nb: 1\n"),
    "paragraphs before a comment": ("a: x # c\n", "y\nz", 'a: "y\\nz" # c\n'),
    "windows line ends": ("a: x\r\nb: 1\r\n", "y\nz", "a: |-\r\n  y\r\n  z\r\nb: 1\r\n"),
    "no final line break": ("a: x", "z", "a: z"),
    "byte order mark": ("\ufeffa: x\n", "y\nz", "\ufeffa: |-\n  y\n  z\n"),
    "comment at the quote": ("a: 'x'#c\n", 1, "a: 1 #c\n"),
}


@pytest.mark.parametrize(("text", "value", "expected"), SET.values(), ids=SET.keys())
def test_set_value(text: str, value: str | float | None, expected: str) -> None:
    assert edited(text, SetValue(("a",), value)) == expected


def test_set_value_in_a_list() -> None:
    text = "a:\n  - x # c\n  -\n  - b: |\n      y\n"
    assert edited(text, SetValue(("a", 0), "z")) == text.replace("x #", "z #")
    assert edited(text, SetValue(("a", 1), "z")) == text.replace("  -\n", "  - z\n")
    assert edited(text, SetValue(("a", 2, "b"), "z\n")) == text.replace("      y", "      z")


INSERT: dict[str, tuple[str, Edit, str]] = {
    "after its sibling": (
        "schema_version: 1\nslug: x # c\n\ntitle: y\n",
        InsertKey((), "status", "draft"),
        "schema_version: 1\nslug: x # c\nstatus: draft\n\ntitle: y\n",
    ),
    "before the first": (
        "# header\ntitle: y\n",
        InsertKey((), "id", "FI-1"),
        "# header\nid: FI-1\ntitle: y\n",
    ),
    "after a text block": (
        "summary: |\n  x\n\ntags: []\n",
        InsertKey((), "quote", {"text": "q", "source": 1}),
        "summary: |\n  x\nquote:\n  text: q\n  source: 1\n\ntags: []\n",
    ),
    "at the end without a line break": ("id: x", InsertKey((), "title", "z"), "id: x\ntitle: z"),
    "unknown": ("id: x\ntags: []\n", InsertKey((), "foo", 1), "id: x\ntags: []\nfoo: 1\n"),
    "into an item": (
        "sources:\n  - url: u\n    title: t\n  - kind: k\n",
        InsertKey(("sources", 0), "kind", "press"),
        "sources:\n  - kind: press\n    url: u\n    title: t\n  - kind: k\n",
    ),
    "list into an item": (
        "sources:\n- url: u\n  status: live\n",
        InsertKey(("sources", 0), "authors", ["A"]),
        "sources:\n- url: u\n  authors:\n    - A\n  status: live\n",
    ),
    "into braces": ("quote: {text: x}\n", InsertKey(("quote",), "source", 1), "quote: {text: x, source: 1}\n"),
    "first in braces": ("quote: {source: 1}\n", InsertKey(("quote",), "text", "x"), "quote: {text: x, source: 1}\n"),
    "into empty braces": ("impact: {} # c\n", InsertKey(("impact",), "note", "x"), "impact: # c\n  note: x\n"),
    "into nothing": ("impact:\ntags: []\n", InsertKey(("impact",), "note", "x"), "impact:\n  note: x\ntags: []\n"),
    "windows line ends": ("id: x\r\n", InsertKey((), "title", "z"), "id: x\r\ntitle: z\r\n"),
    "behind a kept end": ("id: |+\n  x\n\n\n", InsertKey((), "title", "z"), "id: |+\n  x\n\n\ntitle: z\n"),
    "item": (
        "tags:\n  - a\n  # c\n  - b # d\nid: x\n",
        AppendItem(("tags",), "c"),
        "tags:\n  - a\n  # c\n  - b # d\n  - c\nid: x\n",
    ),
    "item at the column of its key": ("tags:\n- a\nid: x\n", AppendItem(("tags",), "b"), "tags:\n- a\n- b\nid: x\n"),
    "item in brackets": ("tags: [a, b,] # c\n", AppendItem(("tags",), "c, d"), 'tags: [a, b, "c, d",] # c\n'),
    "item in empty brackets": ("tags: [] # c\n", AppendItem(("tags",), "a"), "tags: [a] # c\n"),
    "mapping in empty brackets": (
        "sources: [] # c\nid: x\n",
        AppendItem(("sources",), {"kind": "press", "url": "u"}),
        "sources: # c\n  - kind: press\n    url: u\nid: x\n",
    ),
    "item in nothing": ("tags:\nid: x\n", AppendItem(("tags",), "a"), "tags:\n  - a\nid: x\n"),
    "item in null": ("tags: null # c\n", AppendItem(("tags",), "a"), "tags: # c\n  - a\n"),
    "item at the end without a line break": ("tags:\n  - a", AppendItem(("tags",), "b"), "tags:\n  - a\n  - b"),
    "key in an empty item": ("a: [{}]\n", InsertKey(("a", 0), "b", 1), "a: [{b: 1}]\n"),
}


@pytest.mark.parametrize(("text", "edit", "expected"), INSERT.values(), ids=INSERT.keys())
def test_insert_and_append(text: str, edit: Edit, expected: str) -> None:
    assert edited(text, edit) == expected


REMOVE: dict[str, tuple[str, FieldPath, str]] = {
    "key": ("a: 1\nb: 2 # c\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
    "first key": ("# header\na: 1\nb: 2\n", ("a",), "# header\nb: 2\n"),
    "last key": ("a: 1\nb: |\n  x\n", ("b",), "a: 1\n"),
    "last key without a line break": ("a: 1\nb: 2", ("b",), "a: 1"),
    "with its comments": ("a: 1\n# of b\n# more\nb: 2\nc: 3\n", ("b",), "a: 1\nc: 3\n"),
    "without the comments of others": (
        "a: 1\n# part\n\nb: 2\n\n# of c\nc: 3\n",
        ("b",),
        "a: 1\n# part\n\n# of c\nc: 3\n",
    ),
    "with the empty lines that set it apart": ("a: 1\n\nb: 2\n\nc: 3\n", ("b",), "a: 1\n\nc: 3\n"),
    "item": ("a:\n  - x\n  # of y\n  - y\n  - z\n", ("a", 1), "a:\n  - x\n  - z\n"),
    "first item": ("a:\n  # of x\n  - x\n  - y\n", ("a", 0), "a:\n  - y\n"),
    "item of keys": ("a:\n- b: 1\n  c: 2\n- b: 3\n", ("a", 0), "a:\n- b: 3\n"),
    "item on its own lines": ("a:\n  - x\n  -\n    b: 1\n  - y\n", ("a", 1), "a:\n  - x\n  - y\n"),
    "first key of an item": ("a:\n  - b: 1\n    c: 2\n", ("a", 0, "b"), "a:\n  - c: 2\n"),
    "only item": ("a: # c\n  - x # d\nb: 1\n", ("a", 0), "a: [] # c\nb: 1\n"),
    "only item in brackets": ("a: [ x ]\n", ("a", 0), "a: []\n"),
    "only key": ("a:\n  b: 1\nc: 2\n", ("a", "b"), "a: {}\nc: 2\n"),
    "only key of an item": ("a:\n  - b: 1 # c\n", ("a", 0, "b"), "a:\n  - {} # c\n"),
    "only key of all": ("# header\na: 1\n", ("a",), "# header\n{}\n"),
    "in brackets": ("a: [x, y, z]\n", ("a", 1), "a: [x, z]\n"),
    "first in brackets": ("a: [x, y, z]\n", ("a", 0), "a: [y, z]\n"),
    "last in braces": ("a: {x: 1, y: 2}\n", ("a", "y"), "a: {x: 1}\n"),
    "windows line ends": ("a: 1\r\n\r\n# c\r\nb: 2\r\n", ("b",), "a: 1\r\n"),
    "between windows line ends": ("a: 1\r\n# p\r\n\r\nb: 2\r\nc: 3\r\n", ("b",), "a: 1\r\n# p\r\n\r\nc: 3\r\n"),
}


@pytest.mark.parametrize(("text", "path", "expected"), REMOVE.values(), ids=REMOVE.keys())
def test_remove(text: str, path: FieldPath, expected: str) -> None:
    assert edited(text, Remove(path)) == expected


@pytest.mark.parametrize(
    ("text", "path", "name", "expected"),
    [
        ("titel: x # c\n", ("titel",), "title", "title: x # c\n"),
        ("'a' : x\n", ("a",), "b", "'b' : x\n"),
        ("a: {b: 1}\n", ("a", "b"), "c", "a: {c: 1}\n"),
        ("a: 1\n", ("a",), "no", '"no": 1\n'),
    ],
)
def test_rename_key(text: str, path: FieldPath, name: str, expected: str) -> None:
    assert edited(text, RenameKey(path, name)) == expected


def test_replace_text() -> None:
    assert edited("a: x\u200by\n", ReplaceText(4, 5, "")) == "a: xy\n"
    assert edited("a: 1 #  c\n", ReplaceText(5, 8, "# ")) == "a: 1 # c\n"
    assert edited("\ufeffa: !x b\n", ReplaceText(0, 1, "")) == "a: !x b\n"  # not usable, yet mended a little


def test_replace_text_in_keys_and_items() -> None:
    assert edited("a:\n  - x\n  - b\u200bc: y\n", ReplaceText(14, 15, "")) == "a:\n  - x\n  - bc: y\n"
    assert edited("a: [x, y\u200b, {b: c}]\n", ReplaceText(8, 9, "")) == "a: [x, y, {b: c}]\n"


def test_replace_text_may_change_only_what_it_touches() -> None:
    with pytest.raises(EditError):
        edited("a: 1\nb: 2\n", ReplaceText(4, 5, " "))
    with pytest.raises(EditError):
        edited("a: x\n", ReplaceText(3, 4, "@"))
    with pytest.raises(EditError):
        edited("a: x\n", ReplaceText(3, 4, "\ud800"))


def test_reformat() -> None:
    assert edited("title: x  \nid: y\n", Reformat()) == "id: y\ntitle: x\n"
    assert edited("title: x  \nid: y\n", SetValue(("title",), "z"), Reformat()) == "id: y\ntitle: z\n"


def test_several_edits_go_by_the_original() -> None:
    text = "id: x\ntags:\n  - a\n  - b\n  - c\n  - d\nsources:\n  - url: u\n"
    expected = "id: z\nslug: s\ntitle: t\ntags:\n  - B\n  - d\n  - e\n  - f\nsources:\n  - kind: k\n    link: u\n"
    assert (
        edited(
            text,
            AppendItem(("tags",), "e"),
            Remove(("tags", 0)),
            Remove(("tags", 2)),
            SetValue(("tags", 1), "B"),
            AppendItem(("tags",), "f"),
            InsertKey((), "title", "t"),
            InsertKey((), "slug", "s"),
            RenameKey(("sources", 0, "url"), "link"),
            InsertKey(("sources", 0), "kind", "k"),
            SetValue(("id",), "z"),
        )
        == expected
    )


def test_insertions_at_one_place_go_from_the_inside_out() -> None:
    text = "impact:\n  note: x\n"
    expected = "impact:\n  note: x\n  zz: 1\nsources:\n  - a\n"
    assert edited(text, InsertKey((), "sources", ["a"]), InsertKey(("impact",), "zz", 1)) == expected


def test_all_items_go_and_others_come() -> None:
    text = "tags:\n  - a\n  - b\nid: x\n"
    edits = Remove(("tags", 0)), Remove(("tags", 1)), AppendItem(("tags",), "c")
    assert edited(text, *edits) == "tags:\n  - c\nid: x\n"
    assert edited("tags: [a]\n", Remove(("tags", 0)), AppendItem(("tags",), "c")) == "tags: [c]\n"


def test_a_value_becomes_a_list() -> None:
    assert edited("authors: A\nid: x\n", Remove(("authors",)), InsertKey((), "authors", ["A"])) == (
        "id: x\nauthors:\n  - A\n"
    )


def test_no_edit() -> None:
    assert edited("a:   1") == "a:   1"


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("a: 1\n", [SetValue(("b",), 1)]),
        ("a: [1]\n", [SetValue(("a",), 1)]),
        ("a: 1\n", [Remove(("b",))]),
        ("a: 1\n", [Remove(())]),
        ("a: [1]\n", [Remove(("a", 1))]),
        ("a: 1\n", [RenameKey(("b",), "c")]),
        ("a: 1\nb: 2\n", [RenameKey(("a",), "b")]),
        ("a: [1]\n", [RenameKey(("a", 0), "b")]),
        ("a: 1\n", [InsertKey((), "a", 2)]),
        ("a: 1\n", [InsertKey(("a",), "b", 2)]),
        ("a: 1\n", [InsertKey(("b",), "c", 2)]),
        ("a: [1]\n", [InsertKey(("a",), "c", 2)]),
        ("a: {b: 1}\n", [AppendItem(("a",), 2)]),
        ("a: 1\n", [InsertKey((), "b", 2), InsertKey((), "b", 3)]),
        ("a: 1\n", [SetValue(("a",), 2), SetValue(("a",), 3)]),
        ("a: 1\n", [SetValue(("a",), 2), Remove(("a",))]),
        ("a:\n", [AppendItem(("a",), 2), InsertKey(("a",), "b", 1)]),
        ("a: 1\na: 2\n", [Remove(("a",))]),
        ("? a\n: 1\n", [InsertKey((), "b", 1)]),
        ("a: x\n", [SetValue(("a",), "\u202e")]),
        ("a: b: c\n", [SetValue(("a",), 1)]),
        ("a: &x b\n", [Remove(("a",))]),
        ("", [InsertKey((), "a", 1)]),
        ("a: |\n  x", [InsertKey((), "b", 1)]),
        ("a: b: c\n", [Reformat()]),
    ],
)
def test_what_cannot_be_done_is_refused(text: str, edits: list[Edit]) -> None:
    with pytest.raises(EditError) as raised:
        edited(text, *edits)
    assert not raised.value.message.endswith(".")


VALUES = st.sampled_from(
    ["x", "no", "a: b", "it's", "", "1_000", "long " * 40, "a\nb", " lead", 'q"q', "#c", "東京", "a, b"]
) | st.sampled_from([5, True, None, 2.5])
ADDED = VALUES | st.sampled_from([{"kind": "x", "note": "a\nb"}, [1, "b"], {}, [], [{"a": 1}]])


def nodes(node: Node | None, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Node]]:
    if node is None:
        return
    yield path, node
    if isinstance(node, MappingNode):
        for entry in node.entries:
            yield from nodes(entry.value, (*path, entry.name))
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.items):
            yield from nodes(item, (*path, number))


def lines_outside(text: str, line_break: str, document: YamlDocument, path: FieldPath, edit: Edit) -> list[str]:
    """Return the lines that an edit has no business with; of an insertion, all but the line of an empty field."""
    node, entry = document.node(path), document.entry(path)
    assert node is not None
    first = document.lines.number(entry.start if entry else node.start)
    last = document.lines.number(node.end)
    lines = text.split(line_break)
    if isinstance(edit, InsertKey | AppendItem):
        last = first - 1 if isinstance(node, MappingNode | SequenceNode) and not node.flow else last
    elif isinstance(edit, Remove):
        # Comments above go too, an only child leaves brackets, and the next may move up behind a dash.
        parent = document.node(path[:-1])
        assert isinstance(parent, MappingNode | SequenceNode)
        holder = document.entry(path[:-1])
        first = document.lines.number(holder.start if holder else parent.start) - 1
        last = document.lines.number(parent.end)
    return [
        line for line in lines[: max(first - 1, 0)] + lines[last:] if line.strip() and not line.strip().startswith("#")
    ]


@settings(max_examples=250)
@given(st.data(), st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n"]))
def test_nothing_outside_an_edit_changes(data: st.DataObject, rng: random.Random, line_break: str) -> None:
    text = "".join(differential.Writer(rng).mapping(0, 3)).replace("\n", line_break)
    document = parse(text.encode())
    assume(document.usable and not document.flaws)
    path, node = data.draw(st.sampled_from(list(nodes(document.root))))
    choices: list[Edit] = [Remove(path)] if path else []
    if isinstance(node, Scalar):
        choices.append(SetValue(path, data.draw(VALUES)))
    elif isinstance(node, MappingNode):
        choices.append(InsertKey(path, data.draw(st.sampled_from(["title", "kind", "zz", "on"])), data.draw(ADDED)))
    else:
        choices.append(AppendItem(path, data.draw(ADDED)))
    if path and isinstance(path[-1], str):
        choices.append(RenameKey(path, data.draw(st.sampled_from(["renamed", "no", "x: y"]))))
    edit = data.draw(st.sampled_from(choices))
    try:
        changed = apply(document, [edit], LAYOUT)
    except EditError:
        return  # it has been refused; that it is right where it is not, `apply` has seen to
    kept = changed.split(line_break)
    begun = text.rfind("\n", 0, node.start) + 1
    for line in lines_outside(text, line_break, document, path, edit):
        if isinstance(edit, InsertKey) and text.startswith(line, begun) and line not in kept:
            # A field that comes before the first one of an item takes over its dash.
            behind = node.start - begun
            line = line[:behind].replace("-", " ") + line[behind:]  # noqa: PLW2901 - the line as it is now
        assert line in kept, (text, edit, changed)
