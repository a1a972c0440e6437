"""What is left of a comment when a name in it is taken out."""

from __future__ import annotations

import pytest

from ficli.diagnostics import ReplaceText
from ficli.rules.suppression import find_suppressions
from ficli.rules.tool.unused_suppression import problem
from ficli.yaml.parse import parse


def without(text: str, name: str) -> str:
    """Remove a name from the one comment of a text."""
    document = parse(text.encode())
    (comment,) = find_suppressions(document)
    fix = problem(comment, name, document.text).fix
    assert fix is not None
    assert fix.safe
    (edit,) = fix.edits
    assert isinstance(edit, ReplaceText)
    return document.text[: edit.start] + edit.text + document.text[edit.end :]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a: 1\n# ficli: allow[x-y] why\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\n  # ficli: allow[x-y] why  \nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\r\n# ficli: allow[x-y] why\r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"),
        ("# ficli: allow[x-y] why\na: 1\n", "a: 1\n"),
        ("a: 1\n# ficli: allow[x-y] why", "a: 1\n"),
        ("a: 1  # ficli: allow[x-y] why\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\t# ficli: allow[x-y] why \nb: 2\n", "a: 1 \nb: 2\n"),
        ("a: 1 # ficli: allow[x-y, x-y] why\n", "a: 1\n"),
        ("a: 1 # ficli: allow[x-y, b-c] why [x-y]\n", "a: 1 # ficli: allow[b-c] why [x-y]\n"),
        ("a: 1 # ficli: allow[b-c,x-y,d-e] why\n", "a: 1 # ficli: allow[b-c, d-e] why\n"),
    ],
)
def test_removal(text: str, left: str) -> None:
    assert without(text, "x-y") == left


def test_two_names_of_one_comment_are_not_taken_out_at_once() -> None:
    document = parse(b"a: 1 # ficli: allow[x-y, b-c] why\n")
    (comment,) = find_suppressions(document)
    edits = [
        edit
        for name in comment.names
        if (fix := problem(comment, name, document.text).fix)
        for edit in fix.edits
        if isinstance(edit, ReplaceText)
    ]

    assert len({(edit.start, edit.end) for edit in edits}) == 1
