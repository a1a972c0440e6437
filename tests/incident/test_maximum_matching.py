"""The maximum matching, held against trying every choice."""

from __future__ import annotations

import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.incident.independence import maximum_matching

PAIRS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=9)


def share_nothing(pairs: list[tuple[int, int]]) -> bool:
    """Return whether no two pairs have a side in common."""
    return len({left for left, _ in pairs}) == len({right for _, right in pairs}) == len(pairs)


def most(pairs: list[tuple[int, int]]) -> int:
    """Try every choice of pairs, largest first."""
    sizes = range(len(pairs), -1, -1)
    return next(size for size in sizes if any(share_nothing([*chosen]) for chosen in combinations(pairs, size)))


@pytest.mark.parametrize(
    ("pairs", "chosen"),
    [
        ([], []),
        ([("a", 1)], [0]),
        ([("a", 1), ("b", 2)], [0, 1]),
        ([("a", 1), ("a", 2)], [0]),
        ([("a", 1), ("b", 1)], [0]),
        ([("a", 1), ("a", 2), ("b", 1)], [1, 2]),
        ([("a", "a"), ("b", "b")], [0, 1]),
        ([("a", 1), ("b", 1), ("b", 2), ("c", 2), ("c", 3), ("a", 3)], [0, 2, 4]),
    ],
)
def test_the_most_pairs_are_chosen(pairs: list[tuple[str, object]], chosen: list[int]) -> None:
    assert maximum_matching(pairs) == chosen


@given(PAIRS)
def test_no_choice_is_larger(pairs: list[tuple[int, int]]) -> None:
    chosen = maximum_matching(pairs)
    assert chosen == sorted(set(chosen))
    assert share_nothing([pairs[number] for number in chosen])
    assert len(chosen) == most(pairs)


@pytest.mark.parametrize("width", [1, 2, 20, 500])
def test_five_hundred_pairs_take_bounded_work(width: int) -> None:
    pairs = [(number * 7 % width, number * 11 % 499) for number in range(500)]
    lines = 0

    def count(_frame: object, event: str, _argument: object) -> object:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        maximum_matching(pairs)
    finally:
        sys.settrace(before)
    assert lines < 100_000
