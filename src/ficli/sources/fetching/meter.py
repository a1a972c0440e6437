"""Counts the seconds and bytes of an exchange, across every read: what drips or floods is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.sources.fetching.errors import FetchError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable


class Meter:
    """One allowance of time for an exchange, and of bytes for each answer in it.

    Args:
        seconds: for everything.
        most_bytes: for one answer, its head included.
        clock: seconds that only go forward.

    """

    def __init__(self, seconds: float, most_bytes: int, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds
        self._most_bytes = most_bytes
        self._bytes = 0

    def remaining(self) -> float:
        """Give the seconds that are left.

        Raises:
            FetchError: there are none.

        """
        left = self._end - self._clock()
        if left <= 0:
            raise self.late()
        return left

    def start_answer(self) -> None:
        """Begin to count the bytes of another answer."""
        self._bytes = 0

    def count(self, number: int) -> None:
        """Take note of bytes that were read.

        Raises:
            FetchError: it is more than an answer may have.

        """
        self._bytes += number
        if self._bytes > self._most_bytes:
            raise FetchError(Reason.TOO_LARGE, f"the answer is longer than {self._most_bytes // 2**20} MB")

    def late(self) -> FetchError:
        """Make the error for an exchange that took too long."""
        return FetchError(Reason.TIMEOUT, f"no whole answer within {self._seconds:g} seconds")
