"""The numbers that were ever given, in records, tombstones, reservations and git history, and the next ones."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.environment.git import GitError
from ficli.incident.ids import format_id, id_number
from ficli.registry.git_history import History, open_history
from ficli.registry.layout import INCIDENTS, RESERVATIONS_FILE
from ficli.registry.reservations import Reservation, blocks_in
from ficli.registry.store import NUMBERS, cache_key, connected, made, note_of, put_note, tolerate_failure, writing
from ficli.wording import listed

if TYPE_CHECKING:
    from pathlib import Path

    from ficli.config import Config
    from ficli.environment import Environment

_FORMAT = "1"
_WORTH_REMEMBERING = 500
"""Numbers; fewer are not worth a cache, since git is fast enough."""

LEAP = 10_000
"""So many unused numbers in a row are a mistake and not a gap."""

_HIGHEST_START = 1_000_000
"""The highest number at which a registry may begin to count."""

_WITHOUT = "or `--no-history`, if no record was ever deleted"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The known numbers of a registry.

    Attributes:
        used: every number that a record has, or ever had.
        blocks: every reservation there is, or ever was.
        highest: the number that counting goes on from; 0 if there is none.
        leaps: the numbers so far ahead that counting does not go on from them, ascending.

    """

    used: frozenset[int]
    blocks: tuple[Reservation, ...]
    highest: int
    leaps: tuple[int, ...]

    def free(self) -> Iterator[int]:
        """Yield the numbers that come next."""
        number = self.highest
        while True:
            number += 1
            if number not in self.used and not any(number in block for block in self.blocks):
                yield number


def last_number(used: Iterable[int], blocks: Iterable[Reservation]) -> Numbers:
    """Find the number that counting goes on from, among those that were ever used or reserved."""
    used, blocks = frozenset(used), tuple(blocks)
    highest = 0
    spans = sorted([(number, number) for number in used] + [(block.first, block.last) for block in blocks])
    for place, (first, last) in enumerate(spans):
        if first - highest > (LEAP if highest else _HIGHEST_START):
            return Numbers(used, blocks, highest, tuple(sorted({start for start, _ in spans[place:]})))
        highest = max(highest, last)
    return Numbers(used, blocks, highest, ())


def numbers_in(paths: Iterable[str], config: Config) -> Iterator[int]:
    """Yield the numbers in the names of record files, whatever their extension."""
    for path in paths:
        stem = path.rpartition("/")[2].partition(".")[0]
        number = id_number(stem, config)
        if number is not None:
            yield number


def past_numbers(history: History, config: Config) -> set[int]:
    """Return every number that a file below `incidents/` ever had, in any commit on any ref.

    Raises:
        GitError: git failed.

    """
    memory = PastNumbers(history, config.id_prefix)
    tips = history.tips()
    if memory.tips == tips:
        return memory.numbers
    is_believed = bool(memory.tips) and history.still_has(memory.tips)
    added = history.ever_added(INCIDENTS, without=memory.tips if is_believed else ())
    numbers = {*numbers_in(added, config), *(memory.numbers if is_believed else ())}
    memory.remember(tips, numbers)
    return numbers


def past_blocks(history: History, config: Config) -> list[Reservation]:
    """Return every reservation in any commit on any ref.

    Raises:
        GitError: git failed.

    """
    versions = {change.blob for change in history.changes(RESERVATIONS_FILE, kinds="AM")}
    return blocks_in([raw for _, raw in history.contents(sorted(versions))], config)


def whole_history(environment: Environment, root: Path) -> History | None:
    """Open the history of a registry, if it has every ID that was given; None if the registry is not in a clone.

    Raises:
        GitError: the clone is shallow, git is not there or does not read it, so that an ID could be given again.

    """
    try:
        history = open_history(environment, root)
    except GitError as error:
        hint = f"{error.hint}; or `--no-history`, if no record was ever deleted" if error.hint else _WITHOUT
        raise type(error)(error.message, hint=hint, stderr=error.stderr) from error
    if history is not None and history.shallow:
        message = "this clone is shallow, so it does not tell which IDs were given before, and one could be given again"
        raise GitError(message, hint=f"`git fetch --unshallow` (in CI: `fetch-depth: 0`); {_WITHOUT}")
    return history


def explain_leaps(numbers: Numbers, config: Config) -> str:
    """Return which numbers counting does not go on from, in a sentence; empty if there is none."""
    if not numbers.leaps:
        return ""
    names = listed(format_id(number, config) for number in numbers.leaps[:3])
    return (
        f"{names} {'leaps' if len(numbers.leaps) == 1 else 'leap'} more than {LEAP:,} numbers ahead, "
        f"so the count goes on after {format_id(numbers.highest, config)}"
    )


class PastNumbers:
    """The numbers that the commits of a clone have had, so that the next run asks git only about newer commits.

    They are used only while every commit that they were taken from still exists, so that git would say the same.

    Args:
        history: the history of the registry.
        prefix: the prefix of its IDs.

    Attributes:
        tips: the commits that the numbers were taken from, with all before them, sorted; empty if nothing is known.
        numbers: the numbers.

    """

    def __init__(self, history: History, prefix: str) -> None:
        self._root = history.root
        self._key = cache_key(_FORMAT, prefix, history.prefix)
        self.tips: list[str] = []
        self.numbers: set[int] = set()
        key = note = ""
        with tolerate_failure(self._root), closing(connected(self._root)) as connection:
            key, note, _ = note_of(connection, NUMBERS)
        if key == self._key:
            with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                content = json.loads(note)
                numbers = {number for first, last in content["spans"] for number in range(first, last + 1)}
                self.tips, self.numbers = [_hash(tip) for tip in content["tips"]], numbers

    def remember(self, tips: list[str], numbers: set[int]) -> None:
        """Store the known numbers; a registry that cannot be written to is only slower."""
        if len(numbers) < _WORTH_REMEMBERING:
            return
        note = json.dumps({"tips": tips, "spans": number_runs(numbers)}, separators=(",", ":"))
        with tolerate_failure(self._root), closing(made(self._root)) as connection, writing(connection):
            put_note(connection, NUMBERS, self._key, note)


def number_runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of numbers without a gap."""
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _hash(text: str) -> str:
    """Check that a text is a hash as git writes it, so that git cannot read it as anything else."""
    # Raises ValueError for anything but hexadecimal digits, such as an option of git.
    int(text, 16)
    return text
