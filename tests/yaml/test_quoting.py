"""Tests of the quotes around what not every reader takes for text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import yaml
from ficli.diagnostics import AppendItem, Edit, InsertKey, SetValue
from ficli.incident.fields import BY_PLACE, LAYOUT, TEXTS
from ficli.incident.schema import Schema, shipped_schema
from ficli.yaml.edit import apply
from ficli.yaml.layout import canonical, is_canonical
from ficli.yaml.parse import parse
from ficli.yaml.scalars import same

WORDS = [
    *("NO", "no", "on", "Off", "yes", "TRUE", "false", "1e3", "1E-3", "1.5e+3", "0o7", "007", "0x1F", "0b1", "12:30"),
    *(
        "1:30:00",
        "1_000",
        "4.10",
        "-3",
        "+3",
        ".5",
        "5.",
        ".inf",
        ".NaN",
        "2024-05-13",
        "2024-05-13 10:00:00",
        "=",
        "<<",
    ),
]
PLAIN = st.sampled_from(WORDS) | st.text(alphabet="0123456789:._+-eExXoObBnNyYsSTZ ", min_size=1, max_size=12)


def laid_out(text: str) -> str:
    return canonical(parse(text.encode()), LAYOUT)


@pytest.mark.parametrize("word", WORDS)
def test_words_that_are_not_text_to_every_reader(word: str) -> None:
    assert laid_out(f"title: {word}\n") == f'title: "{word}"\n'
    assert laid_out(f"tags: [a]\ncorrections:\n  - note: {word}\n").endswith(f'note: "{word}"\n')
    assert laid_out(f"sources:\n  - docket: {word} # c\n") == f'sources:\n  - docket: "{word}" # c\n'
    assert laid_out(f"sources:\n  - authors: [a, {word}]\n") == f'sources:\n  - authors: [a, "{word}"]\n'


@pytest.mark.parametrize(
    "text",
    [
        "incident_date: 2024-05-13\n",
        "sources:\n  - published: 2024-05-13\n",
        "corrections:\n  - date: 2024-05-13\n",
        "schema_version: 1\n",
        "quote:\n  source: 2\n",
        "impact:\n  amounts:\n    - value: 1_000\n",
        "organizations:\n  - anonymized: no\n",
        "title:\n",
        "title: ~\n",
        "title: null\n",
        "title: y\n",
        "title: 12:30 is too late\n",
        "title: e5\n",
        "title: 'no'\n",
        "severity: no\n",
        "unknown: no\n",
        "summary: >-\n  no\n",
        "systems:\n  - version: 1.0.0\n",
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    assert laid_out(text) == text
    assert is_canonical(text.encode(), parse(text.encode()).data, LAYOUT)


@pytest.mark.parametrize(
    "text", ["countries: [SE, NO]\n", "countries:\n  - SE\n  - NO\n", "tags:\n  - on\n  - 2024-05-13\n"]
)
def test_texts_of_a_fixed_form(text: str) -> None:
    data = parse(text.encode()).data
    assert yaml.safe_load(text) != data
    assert yaml.safe_load(laid_out(text)) == data


def test_a_quoted_word_does_not_hide_a_plain_one() -> None:
    text = 'title: "no"\nsummary: no\n'
    assert not is_canonical(text.encode(), parse(text.encode()).data, LAYOUT)


@given(PLAIN.map(str.strip), st.sampled_from(["title: {}\n", "sources:\n  - passages:\n      - {}\n"]))
@example("2024-05-13\t10:00:00", "title: {}\n")
def test_readers_agree_on_texts_and_the_layout_is_stable(word: str, form: str) -> None:
    text = form.format(word)
    document = parse(text.encode())
    if not document.usable:
        return
    written = laid_out(text)
    again = parse(written.encode())
    if isinstance(_leaf(document.data), int | float):
        assert _leaf(again.data) == word
    else:
        assert same(document.data, again.data)
    if isinstance(_leaf(again.data), str):
        assert yaml.safe_load(written) == again.data
    assert laid_out(written) == written
    assert is_canonical(written.encode(), again.data, LAYOUT)
    assert is_canonical(text.encode(), document.data, LAYOUT) == (written == text)


def _leaf(data: object) -> object:
    while isinstance(data, dict | list):
        data = next(iter(data.values() if isinstance(data, dict) else data), None)
    return data


@given(PLAIN)
def test_an_edit_writes_what_the_layout_keeps(word: str) -> None:
    document = parse(b"title: x\nsystems:\n  - name: x\nsources:\n  - title: x\n    authors:\n      - x\ntags: [a]\n")
    edits: list[Edit] = [
        SetValue(("title",), word),
        InsertKey(("systems", 0), "version", word),
        AppendItem(("tags",), word),
        AppendItem(("sources", 0, "authors"), word),
    ]
    text = apply(document, edits, LAYOUT)
    assert is_canonical(text.encode(), parse(text.encode()).data, LAYOUT)
    assert word in yaml.safe_load(text)["tags"]


def test_texts_are_the_fields_that_the_schema_leaves_open() -> None:
    schema = shipped_schema("incident")

    def at(place: tuple[str, ...]) -> Schema:
        node: Schema = schema
        for name in place:
            node = _followed(node["properties"][name], schema)
            if node.get("type") == "array":
                node = _followed(node["items"], schema)
        return node

    leaves = [place for place, field in BY_PLACE.items() if not field.fields]
    line = schema["definitions"]["line"]
    open_ = {place for place in leaves if at(place) == line or set(at(place)) <= {"description", "type", "minLength"}}
    assert {place for place in open_ if at(place)["type"] == "string"} == TEXTS


def _followed(node: Schema, schema: Schema) -> Schema:
    node = node["allOf"][0] if "allOf" in node else node
    return schema["definitions"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
