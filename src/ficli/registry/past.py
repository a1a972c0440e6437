"""Remembers which numbers git history has, so that the next run asks git only about the commits since.

The memory is a JSON file in the folder of git itself, where no commit can put one. It is believed only as long as every
commit that it was taken from is still there, so that it says what git would say. Losing it costs time only.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING

from ficli.environment import write_file
from ficli.errors import FicliError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.registry.history import History

_FILE = "past-numbers.json"
_FORMAT = 1
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
        common = os.fsdecode(history.git(["rev-parse", "--git-common-dir"])).removesuffix("\n")
        self._path = history.root / common / "ficli" / _FILE
        self._key = [_FORMAT, prefix, history.prefix]
        self.tips: list[str] = []
        self.numbers: set[int] = set()
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            content = json.loads(self._path.read_bytes())
            if content["key"] == self._key:
                numbers = {number for first, last in content["spans"] for number in range(first, last + 1)}
                self.tips, self.numbers = [_hash(tip) for tip in content["tips"]], numbers

    def remember(self, tips: list[str], numbers: set[int]) -> None:
        """Keep what is known now; a registry that cannot be written to is only slower."""
        if len(numbers) < _WORTH_REMEMBERING:
            return
        content = {"key": self._key, "tips": tips, "spans": spans(numbers)}
        with contextlib.suppress(FicliError):
            write_file(self._path, json.dumps(content, separators=(",", ":")).encode())


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
