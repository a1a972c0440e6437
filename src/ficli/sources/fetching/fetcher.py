"""Fetches pages politely: at the pace of each host, once more after a pause that it asks for, within its wishes."""

from __future__ import annotations

import contextlib
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from ficli.incident.urls.parse import parse_url
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.sources.fetching.exchange import Page, exchange
from ficli.sources.fetching.pace import Pace
from ficli.sources.fetching.patience import seconds_to_wait
from ficli.sources.fetching.robots import Robots
from ficli.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ficli.sources.fetching.policy import FetchPolicy

Outcome: TypeAlias = Page | FetchError


class Fetcher:
    """Fetches pages under one policy, and remembers when it asked whom.

    Args:
        policy: what is allowed.

    """

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._pace = Pace(policy)
        self._robots = Robots(self._ask_site)

    def page(self, url: str) -> Page:
        """Fetch a page for what it says, if its site lets programs read it.

        Raises:
            FetchError: it could not be had.

        """
        page = exchange(self._policy, url, before_hop=self._before_page)
        wait = seconds_to_wait(page)
        if wait is None:
            return page
        if wait > self._policy.longest_wait:
            asked = f"the site asks to wait for {counted(round(wait), 'second')}"
            raise FetchError(Reason.WAIT, asked, hint="try again later", retry_after=wait)
        self._policy.sleep(wait)
        return exchange(self._policy, url, before_hop=self._before_page)

    def pages(self, urls: Sequence[str], advance: Callable[[int, int], None] | None = None) -> Sequence[Outcome]:
        """Fetch several pages at once, those of one host one after the other; an error stands where a page would.

        Args:
            urls: each is fetched.
            advance: told how many of how many are done.

        """
        lanes: dict[str, list[int]] = {}
        for number, url in enumerate(urls):
            lanes.setdefault(_host(url), []).append(number)
        waiting: SimpleQueue[list[int]] = SimpleQueue()
        for lane in lanes.values():
            waiting.put(lane)
        done: SimpleQueue[tuple[int, Outcome | Exception]] = SimpleQueue()
        for _ in range(min(self._policy.workers, len(lanes))):
            # Daemons, so that Ctrl-C need not wait for a server that keeps them.
            threading.Thread(target=self._drive, args=(urls, waiting, done), daemon=True).start()
        outcomes: dict[int, Outcome] = {}
        while len(outcomes) < len(urls):
            number, outcome = done.get()
            if not isinstance(outcome, Page | FetchError):
                raise outcome
            outcomes[number] = outcome
            if advance is not None:
                advance(len(outcomes), len(urls))
        return [outcomes[number] for number in range(len(urls))]

    def require_allowed(self, url: str, names: Sequence[str]) -> None:
        """See that the site of a page lets each of some programs read it; the page itself is not asked for.

        Args:
            url: the page.
            names: of the programs, as `robots.txt` names them.

        Raises:
            FetchError: it does not, or it cannot be asked.

        """
        for name in names:
            self._robots.require_allowed(url, self._policy.seconds, name)

    def _drive(
        self,
        urls: Sequence[str],
        waiting: SimpleQueue[list[int]],
        done: SimpleQueue[tuple[int, Outcome | Exception]],
    ) -> None:
        """Fetch the pages of one host after the other, until no host is left."""
        with contextlib.suppress(Empty):
            while True:
                for number in waiting.get_nowait():
                    try:
                        done.put((number, self.page(urls[number])))
                    except Exception as error:  # noqa: BLE001 - handed to whoever waits, who would wait forever
                        done.put((number, error))

    def _ask_site(self, url: str, seconds: float) -> Page:
        return exchange(self._policy, url, seconds=seconds, before_hop=self._wait_for)

    def _before_page(self, url: str, seconds: float) -> None:
        self._robots.require_allowed(url, seconds)
        self._wait_for(url, seconds)

    def _wait_for(self, url: str, _seconds: float) -> None:
        self._pace.wait_for(_host(url))


def _host(url: str) -> str:
    parts = parse_url(url)
    return parts.host if parts is not None else ""
