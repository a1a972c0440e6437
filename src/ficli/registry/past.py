"""Remembers which numbers git history has, so that the next run asks git only about the commits since.

They are kept in the store, which no commit can plant. They are believed only as long as every commit that they were
taken from is still there, so that they are what git would say.
"""

from __future__ import annotations

import contextlib
import json
from contextlib import closing
from typing import TYPE_CHECKING

from ficli.registry.store import NUMBERS, cache_key, connected, made, mending, note_of, put_note, writing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.registry.history import History

_FORMAT = "1"
_WORTH_REMEMBERING = 500
"""Numbers; of fewer, git tells in no time."""


class PastNumbers:
    """The numbers that the commits of a clone have had.

    Args:
        history: the history of the registry.
        prefix: the prefix of its IDs.

    Attributes:
        tips: the commits that the numbers were taken from, with all before them, sorted; empty where nothing is known.
        numbers: the numbers.

    """

    def __init__(self, history: History, prefix: str) -> None:
        self._root = history.root
        self._key = cache_key(_FORMAT, prefix, history.prefix)
        self.tips: list[str] = []
        self.numbers: set[int] = set()
        key = note = ""
        with mending(self._root), closing(connected(self._root)) as connection:
            key, note, _ = note_of(connection, NUMBERS)
        if key == self._key:
            with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                content = json.loads(note)
                numbers = {number for first, last in content["spans"] for number in range(first, last + 1)}
                self.tips, self.numbers = [_hash(tip) for tip in content["tips"]], numbers

    def remember(self, tips: list[str], numbers: set[int]) -> None:
        """Keep what is known now; a registry that cannot be written to is only slower."""
        if len(numbers) < _WORTH_REMEMBERING:
            return
        note = json.dumps({"tips": tips, "spans": spans(numbers)}, separators=(",", ":"))
        with mending(self._root), closing(made(self._root)) as connection, writing(connection):
            put_note(connection, NUMBERS, self._key, note)


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Give the first and the last of each run of numbers without a gap."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _hash(text: str) -> str:
    """Take a hash as git writes it, and nothing that git could take for anything else."""
    int(text, 16)
    return text
