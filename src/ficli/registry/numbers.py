"""Which numbers have ever been given, and which one comes next: records, tombstones, reservations and git history.

The next number is the highest ever given, and one. A number that leaps far ahead of all others, as one in a file
that somebody made by mistake does, is never given again either, but the count does not go on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ficli.environment.git import GitError
from ficli.incident.ids import format_id, id_number
from ficli.registry.history import History, open_history
from ficli.registry.layout import INCIDENTS, RESERVATIONS_FILE
from ficli.registry.past import PastNumbers
from ficli.registry.reservations import Reservation, blocks_in
from ficli.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ficli.config import Config
    from ficli.environment import Environment

LEAP = 10_000
"""As many numbers in a row that were never used are no gap but a mistake."""

_HIGHEST_START = 1_000_000
"""Where a registry may begin to count."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is known of the numbers of a registry.

    Attributes:
        used: every number that a record has, or ever had.
        blocks: every reservation there is, or ever was.
        highest: the number that the count goes on from; 0 where there is none.
        leaps: the numbers so far ahead that the count does not go on from them, ascending.

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


def count(used: Iterable[int], blocks: Iterable[Reservation]) -> Numbers:
    """Find the number that the count goes on from, among those that were ever used or reserved."""
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
    """Give every number that a file below `incidents/` ever had, in any commit on any ref.

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
    """Give every reservation that any commit on any ref holds.

    Raises:
        GitError: git failed.

    """
    versions = {change.blob for change in history.changes(RESERVATIONS_FILE, kinds="AM")}
    return blocks_in([raw for _, raw in history.contents(sorted(versions))], config)


def whole_history(environment: Environment, root: Path) -> History | None:
    """Open the history of a registry, if it can tell which IDs were given; None where the registry is in no clone.

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


_WITHOUT = "or `--no-history`, if no record was ever deleted"


def explain_leaps(numbers: Numbers, config: Config) -> str:
    """Say which numbers the count does not go on from; nothing where there is none."""
    if not numbers.leaps:
        return ""
    names = listed(format_id(number, config) for number in numbers.leaps[:3])
    return (
        f"{names} {'leaps' if len(numbers.leaps) == 1 else 'leap'} more than {LEAP:,} numbers ahead, "
        f"so the count goes on after {format_id(numbers.highest, config)}"
    )
