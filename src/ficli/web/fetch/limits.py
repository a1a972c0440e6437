"""The time and bytes one exchange may take, the pace of requests to a host, and how long a busy site is left alone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from ficli.web.fetch.errors import FetchError, Reason

if TYPE_CHECKING:
    from ficli.web.fetch.exchange import FetchedPage
    from ficli.web.fetch.policy import FetchPolicy

BUSY: Final = frozenset({429, 503})
"""The statuses of a site that gets too many requests."""


class Meter:
    """The limits of time for an exchange, and of bytes for each answer in it.

    Args:
        seconds: for everything.
        most_bytes: for one answer, its head included.
        clock: monotonic seconds.

    """

    def __init__(self, seconds: float, most_bytes: int, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds
        self._most_bytes = most_bytes
        self._bytes = 0

    def remaining(self) -> float:
        """Return the remaining seconds.

        Raises:
            FetchError: there are none.

        """
        left = self._end - self._clock()
        if left <= 0:
            raise self.late()
        return left

    def start_answer(self) -> None:
        """Start counting the bytes of another answer."""
        self._bytes = 0

    def count(self, number: int) -> None:
        """Count bytes that were read.

        Raises:
            FetchError: the answer has more than it may have.

        """
        self._bytes += number
        if self._bytes > self._most_bytes:
            raise FetchError(Reason.TOO_LARGE, f"the answer is longer than {self._most_bytes // 2**20} MB")

    def late(self) -> FetchError:
        """Return the error for an exchange that took too long."""
        return FetchError(Reason.TIMEOUT, f"no whole answer within {self._seconds:g} seconds")


class Pace:
    """Serializes the requests to one host, with a pause between them."""

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}

    def wait_for(self, host: str) -> None:
        """Wait until a host may be asked again."""
        policy = self._policy
        with self._lock:
            now = policy.clock()
            turn = max(now, self._next.get(host, now))
            # The turn is reserved under the lock and waited for outside of it, so that other hosts do not wait.
            self._next[host] = turn + policy.pause
        if turn > now:
            policy.sleep(turn - now)


def seconds_to_wait(page: FetchedPage) -> float | None:
    """Parse how long a busy site asks to wait: seconds, or a time; None if it does not ask."""
    written = page.headers.get("retry-after", "").strip()
    if page.status not in BUSY or not written:
        return None
    if written.isascii() and written.isdecimal():
        return float(written[:9])
    try:
        until = parsedate_to_datetime(written)
        now = parsedate_to_datetime(page.headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None
