"""The most pairs that share nothing: a largest matching, which also says how many sources speak for themselves."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


def largest_matching(pairs: Sequence[tuple[Hashable, Hashable]]) -> list[int]:
    """Choose as many pairs as can be, so that no two have the same left or the same right.

    Args:
        pairs: the two sides are apart: a left that equals a right is another thing.

    Returns:
        The positions of the chosen pairs, in order. The same pairs always give the same choice, and where nothing
        stands against it that is the first pair of each left.

    """
    by_left: dict[Hashable, list[int]] = {}
    for number, (left, _) in enumerate(pairs):
        by_left.setdefault(left, []).append(number)
    chosen: dict[Hashable, int] = {}
    """The chosen pair of each right."""
    taken: set[Hashable] = set()
    for number, (left, right) in enumerate(pairs):
        if left not in taken and right not in chosen:
            taken.add(left)
            chosen[right] = number
    hopeless: set[Hashable] = set()
    for left in by_left:
        if left not in taken:
            _make_room(left, pairs, by_left, chosen, hopeless)
    return sorted(chosen.values())


def _make_room(
    free: Hashable,
    pairs: Sequence[tuple[Hashable, Hashable]],
    by_left: dict[Hashable, list[int]],
    chosen: dict[Hashable, int],
    hopeless: set[Hashable],
) -> None:
    """Find a pair for a left that has none, by moving others to another right; breadth first.

    Args:
        free: the left.
        pairs: all pairs.
        by_left: the positions of each left's pairs.
        chosen: the pair of each right; changed.
        hopeless: rights that no search needs to try again; added to.

    """
    reached: dict[Hashable, int] = {}
    """For each right that was come to, the pair that led there."""
    lefts = deque([free])
    while lefts:
        for number in by_left[lefts.popleft()]:
            right = pairs[number][1]
            if right in reached or right in hopeless:
                continue
            reached[right] = number
            if right in chosen:
                lefts.append(pairs[chosen[right]][0])
            else:
                _move(right, pairs, chosen, reached)
                return
    hopeless.update(reached)


def _move(
    right: Hashable,
    pairs: Sequence[tuple[Hashable, Hashable]],
    chosen: dict[Hashable, int],
    reached: dict[Hashable, int],
) -> None:
    """Give a right to the pair that led there, the right this pair had to the one before it, and so on."""
    had = {pairs[number][0]: taken for taken, number in chosen.items()}
    while True:
        number = reached[right]
        chosen[right] = number
        left = pairs[number][0]
        if left not in had:
            return
        right = had[left]
