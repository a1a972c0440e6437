"""Looking up keys: the first of two equal ones counts, and a mapping of many keys is gone through once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.yaml.nodes import MappingEntry, MappingNode
from ficli.yaml.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator


class Counting(tuple[MappingEntry, ...]):
    """Entries that count how often they are gone through."""

    __slots__ = ()
    passes = 0

    def __iter__(self) -> Iterator[MappingEntry]:
        """Begin a pass."""
        Counting.passes += 1
        return super().__iter__()


@pytest.mark.parametrize("number", [3, 500])
def test_the_first_of_two_equal_keys_counts(number: int) -> None:
    text = "".join(f"k{place}: {place}\n" for place in range(number)) + "k1: again\n"
    root = parse(text.encode()).root

    assert isinstance(root, MappingNode)
    found = root.entry("k1")
    assert found is not None
    assert found.start == text.index("k1:")
    assert root.entry("k") is None


def test_many_keys_are_gone_through_once() -> None:
    root = parse("".join(f"k{place}: {place}\n" for place in range(500)).encode()).root
    assert isinstance(root, MappingNode)
    counted = MappingNode(root.start, root.end, Counting(root.entries), flow=False)
    Counting.passes = 0

    assert all(counted.entry(f"k{place}") for place in range(500))

    assert Counting.passes <= 1
