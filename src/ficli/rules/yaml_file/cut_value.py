"""A `#` cuts a text off.

What: a text without quotes is followed by a space, a `#` and a character that is not a space; YAML reads the rest of
the line as a comment. A `#` with a space behind it is taken for a comment that is meant, and so is
`#ficli: allow[…]`.
Why: the record says less than was typed, and is cited so. Only texts that may be anything are checked: an address, a
date, a number, a tag or a term of the vocabulary has a form of its own, holds no space, and is complete without what
follows.

Bad:

    title: Example Bank is the #1 example of invented refunds

Good:

    title: "Example Bank is the #1 example of invented refunds"

Fix: put the whole text in quotes (`--fix --unsafe-fixes` does), or write a space after the `#` if it begins a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ficli.diagnostics import Fix, Fixable, ReplaceText, Rule, Scope, Severity
from ficli.incident.fields import TEXTS
from ficli.rules.contract import Label, Offsets, Problem
from ficli.wording import quoted
from ficli.yaml import emit
from ficli.yaml.comments import cut_text
from ficli.yaml.node_spans import column
from ficli.yaml.nodes import MappingNode, Scalar, ScalarStyle, SequenceNode
from ficli.yaml.order import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ficli.diagnostics import FieldPath
    from ficli.rules.contract import RecordContext
    from ficli.yaml.comments import CutText
    from ficli.yaml.nodes import Node

RULE = Rule("cut-value", Severity.ERROR, Scope.FILE, since="0.1.0", fix=Fixable.UNSAFE)

# Hardly any record has such a comment: a look at the bytes spares it the parse with positions.
_MAYBE = {b" #": re.compile(rb" #\S"), b"\t#": re.compile(rb"\t#\S")}


def check(record: RecordContext) -> Iterator[Problem]:
    """Yield each text that ends before a `#` on its line, or on the next one if that continues it."""
    if not any(mark in record.raw and pattern.search(record.raw) for mark, pattern in _MAYBE.items()):
        return
    text = record.parsed.text
    for path, node, own, in_brackets in _texts(record.parsed.root):
        cut = cut_text(text, node, column(text, own)) if node.start < node.end else None  # else it is `wrong-type`
        if cut is not None:
            yield _problem(text, path, node, cut, fixable=not in_brackets)


def _texts(root: Node | None) -> Iterator[tuple[FieldPath, Scalar, int, bool]]:
    """Yield each text without quotes, with the offset of its key or dash and whether it is in brackets."""
    nodes: list[tuple[FieldPath, Node | None, int, bool]] = [((), root, 0, False)]
    while nodes:
        path, node, own, in_brackets = nodes.pop()
        if isinstance(node, Scalar):
            if node.style is ScalarStyle.PLAIN and names(path) in TEXTS:
                yield path, node, own, in_brackets
        elif isinstance(node, SequenceNode):
            flow = in_brackets or node.flow
            items = enumerate(node.items)
            nodes.extend(((*path, number), item, node.start, flow) for number, item in items)
        elif isinstance(node, MappingNode):
            flow = in_brackets or node.flow
            nodes.extend(((*path, entry.name), entry.value, entry.start, flow) for entry in node.entries)


def _problem(text: str, path: FieldPath, node: Scalar, cut: CutText, *, fixable: bool) -> Problem:
    start, end, lost = cut
    is_apart = "\n" in text[node.start : end] or "\r" in text[node.start : end]
    whole = f"{node.value} {lost}" if is_apart else text[node.start : end]
    edit = ReplaceText(node.start, end, emit.inline(whole))
    return Problem(
        at=Offsets(start, end),
        message=f"the value ends before {quoted(lost)}",
        label="read as a comment",
        help="put the whole value in quotes; a comment has a space after its `#`",
        related=(Label(Offsets(node.start, node.end), "all that is read"),),
        fix=Fix("put the whole value in quotes", (edit,), safe=False) if fixable else None,
        field=path,
    )
