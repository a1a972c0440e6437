"""Spaces the requests to each host, whoever makes them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ficli.sources.fetching.policy import FetchPolicy


class Pace:
    """Lets the requests to one host go out one after the other, with a pause between them."""

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
            self._next[host] = turn + policy.pause
        if turn > now:
            policy.sleep(turn - now)
