"""Suppressions: comments `# ficli: allow[rule-name] the reason` that allow a finding on their line or the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.yaml.nodes import MappingNode, Node, Scalar

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument

MARK = b"ficli:"
_COMMENT = re.compile(r"(?<![^\s])#[ \t]*ficli:[ \t]*([^\r\n]*)")
_ALLOW = re.compile(r"allow[ \t]*\[([^\]\r\n]*)\](.*)")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One such comment.

    Attributes:
        names: the rules it allows; empty if the comment does not have the form above.
        reason: why, or empty.
        start: the offset of its `#`.
        end: the offset after its last character.
        line: the 1-based line it applies to: its own, or the next one if it is alone on its line.
        alone: whether nothing but the comment is on its line.

    """

    names: tuple[str, ...]
    reason: str
    start: int
    end: int
    line: int
    alone: bool

    def allows(self, rule: str, lines: frozenset[int]) -> bool:
        """Return whether it allows a rule's finding on one of these lines."""
        return rule in self.names and self.line in lines


def find_suppressions(document: YamlDocument) -> tuple[Suppression, ...]:
    """Return the comments of a document for ficli; text inside a value is not a comment."""
    text = document.text
    found = []
    for match in _COMMENT.finditer(text):
        if _in_a_value(document, match.start()):
            continue
        allow = _ALLOW.match(match[1])
        names = tuple(name for part in allow[1].split(",") if (name := part.strip())) if allow else ()
        before = text[: match.start()].rpartition("\n")[2].rpartition("\r")[2]
        alone = not before.strip()
        line = document.span(match.start(), match.end()).line
        found.append(
            Suppression(
                names=names,
                reason=allow[2].strip() if allow else "",
                start=match.start(),
                end=match.start() + len(match.group().rstrip()),
                line=_next_line(document, line) if alone else line,
                alone=alone,
            )
        )
    return tuple(found)


def _in_a_value(document: YamlDocument, offset: int) -> bool:
    """Return whether an offset is inside a scalar, where a `#` is text; after the `>-` of a block it is not."""
    node: Node | None = document.root
    while node is not None and not isinstance(node, Scalar):
        children = (entry.value for entry in node.entries) if isinstance(node, MappingNode) else iter(node.items)
        node = next((child for child in children if child.start <= offset < child.end), None)
    if node is None or not node.start <= offset < node.end:
        return False
    return not (node.style.is_block and document.span(node.start, offset).end_line == document.lines.number(node.start))


def _next_line(document: YamlDocument, line: int) -> int:
    """Return the next line that is not a comment, so that several suppressions can be above one field."""
    following = line + 1
    while following <= len(document.lines) and document.lines.line_text(following).lstrip().startswith("#"):
        following += 1
    return following
