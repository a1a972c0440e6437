"""The tree of a record: scalars, mappings and lists, each with the offsets where it starts and ends.

Offsets are 0-based, count characters of the decoded text, and the end is exclusive. A block mapping or list
ends with its last child. A block scalar ends with its last line of content, before the line break. A value
that is left empty is a plain scalar of no width right after its colon or dash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from ficli.yaml.scalars import ScalarValue

_FEW = 32
"""Keys of a mapping that are searched one by one; with more, a table is built. A file may have 100,000."""


class ScalarStyle(StrEnum):
    """How a scalar is written; the values are the marks that YAML libraries use."""

    PLAIN = "plain"
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"

    @property
    def is_block(self) -> bool:
        """Whether it is one of the two styles whose content is on its own lines."""
        return self is ScalarStyle.LITERAL or self is ScalarStyle.FOLDED


class Scalar(NamedTuple):
    """One value. A key's value is always text, as it is written: field names are."""

    start: int
    end: int
    value: ScalarValue
    style: ScalarStyle


class MappingEntry(NamedTuple):
    """A key and its value."""

    key: Scalar
    value: Node

    @property
    def name(self) -> str:
        """The key as text."""
        return str(self.key.value)

    @property
    def start(self) -> int:
        """Where the key starts."""
        return self.key.start

    @property
    def end(self) -> int:
        """Where the value ends."""
        return self.value.end


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with values, in the order of the file; a key that is there twice is two entries."""

    start: int
    end: int
    entries: tuple[MappingEntry, ...]
    flow: bool
    _by_name: dict[object, MappingEntry] = field(default_factory=dict, init=False, repr=False, compare=False)

    def entry(self, name: str) -> MappingEntry | None:
        """Return the first entry with that key."""
        if len(self.entries) <= _FEW:
            return next((entry for entry in self.entries if entry.key.value == name), None)
        # The table is built in reverse, so that the first of two equal keys stays.
        if not self._by_name:
            self._by_name.update((entry.key.value, entry) for entry in reversed(self.entries))
        return self._by_name.get(name)


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    start: int
    end: int
    items: tuple[Node, ...]
    flow: bool


Node: TypeAlias = Scalar | MappingNode | SequenceNode


def scalars(root: Node | None) -> Iterator[Scalar]:
    """Yield every scalar below a node, keys too, in no particular order."""
    nodes = [] if root is None else [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, SequenceNode):
            nodes.extend(node.items)
        else:
            for entry in node.entries:
                yield entry.key
                nodes.append(entry.value)
