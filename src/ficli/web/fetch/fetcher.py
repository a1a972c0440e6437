"""Fetch pages at the pace of each host and as its `robots.txt` allows, once more after a pause if it asks for one."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from ficli.urls.parse import parse_url
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import FetchedPage, exchange
from ficli.web.fetch.limits import Pace, seconds_to_wait
from ficli.web.fetch.robots import Robots
from ficli.wording import counted

if TYPE_CHECKING:
    from ficli.web.fetch.policy import FetchPolicy

FetchOutcome: TypeAlias = FetchedPage | FetchError


class Fetcher:
    """Fetches pages under one policy, and remembers the time of each request.

    Args:
        policy: what is allowed.

    """

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._pace = Pace(policy)
        self._robots = Robots(self._ask_site)

    def page(self, url: str) -> FetchedPage:
        """Fetch a page to read it, if its site lets programs do so.

        Raises:
            FetchError: it could not be fetched.

        """
        return self._patiently(url, self._before_page)

    def answer(self, url: str, *, sample: int) -> FetchedPage:
        """Check whether an address still answers: one request, for the start of the answer only.

        `robots.txt` is for programs that go from page to page; this one only checks.

        Args:
            url: the address.
            sample: the bytes that are enough.

        Raises:
            FetchError: there was no answer that could be checked.

        """
        return self._patiently(url, self._wait_for, sample=sample)

    def _patiently(self, url: str, before_hop: Callable[[str, float], None], *, sample: int = 0) -> FetchedPage:
        """Request an address, and once more if it asks to come back soon."""
        page = exchange(self._policy, url, sample=sample, before_hop=before_hop)
        wait = seconds_to_wait(page)
        if wait is None:
            return page
        if wait > self._policy.longest_wait:
            asked = f"the site asks to wait for {counted(round(wait), 'second')}"
            raise FetchError(Reason.WAIT, asked, hint="try again later", retry_after=wait)
        self._policy.sleep(wait)
        return exchange(self._policy, url, sample=sample, before_hop=before_hop)

    def pages(self, urls: Sequence[str], advance: Callable[[int, int], None] | None = None) -> Sequence[FetchOutcome]:
        """Fetch several pages at once, those of one host one after the other; an error is returned in place of a page.

        Args:
            urls: each is fetched.
            advance: called with how many of how many are done.

        """
        outcomes: dict[int, FetchOutcome] = {}
        for number, outcome in self._as_they_come(urls, self.page):
            outcomes[number] = outcome
            if advance is not None:
                advance(len(outcomes), len(urls))
        return [outcomes[number] for number in range(len(urls))]

    def answers(self, urls: Sequence[str], *, sample: int) -> Iterator[tuple[str, FetchOutcome]]:
        """Request several addresses as `answer` does, and yield each with its result, the quickest first.

        The requests end when the generator is closed.
        """
        for number, outcome in self._as_they_come(urls, lambda url: self.answer(url, sample=sample)):
            yield urls[number], outcome

    def _as_they_come(
        self, urls: Sequence[str], ask: Callable[[str], FetchedPage]
    ) -> Iterator[tuple[int, FetchOutcome]]:
        """Request pages of several hosts at once, each host's one after the other, those with the most pages first."""
        lanes: dict[str, list[int]] = {}
        for number, url in enumerate(urls):
            lanes.setdefault(_host(url), []).append(number)
        lines = _Lines(urls, sorted(lanes.values(), key=len, reverse=True), ask)
        for _ in range(min(self._policy.workers, len(lanes))):
            # Daemons, so that Ctrl-C need not wait for a server that keeps them.
            threading.Thread(target=lines.drive, daemon=True).start()
        try:
            for _ in urls:
                number, outcome = lines.done.get()
                if not isinstance(outcome, FetchedPage | FetchError):
                    raise outcome
                yield number, outcome
        finally:
            lines.stopped.set()

    def require_allowed(self, url: str, names: Sequence[str]) -> None:
        """Check that the site of a page lets each of some programs read it; the page itself is not requested.

        Args:
            url: the page.
            names: of the programs, as in `robots.txt`.

        Raises:
            FetchError: it does not, or it cannot be asked.

        """
        for name in names:
            self._robots.require_allowed(url, self._policy.seconds, name)

    def _ask_site(self, url: str, seconds: float) -> FetchedPage:
        return exchange(self._policy, url, seconds=seconds, before_hop=self._wait_for)

    def _before_page(self, url: str, seconds: float) -> None:
        self._robots.require_allowed(url, seconds)
        self._wait_for(url, seconds)

    def _wait_for(self, url: str, _seconds: float) -> None:
        self._pace.wait_for(_host(url))


class _Lines:
    """The queues of requests, host by host, and their results."""

    def __init__(self, urls: Sequence[str], lanes: Sequence[list[int]], ask: Callable[[str], FetchedPage]) -> None:
        self.done: SimpleQueue[tuple[int, FetchOutcome | Exception]] = SimpleQueue()
        self.stopped = threading.Event()
        self._urls = urls
        self._ask = ask
        self._waiting: SimpleQueue[list[int]] = SimpleQueue()
        for lane in lanes:
            self._waiting.put(lane)

    def drive(self) -> None:
        """Work on one host after the other, until none is left or nobody listens."""
        with contextlib.suppress(Empty):
            while True:
                for number in self._waiting.get_nowait():
                    if self.stopped.is_set():
                        return
                    try:
                        self.done.put((number, self._ask(self._urls[number])))
                    except Exception as error:  # noqa: BLE001 - handed to whoever waits, who would wait forever
                        self.done.put((number, error))


def _host(url: str) -> str:
    parts = parse_url(url)
    return parts.host if parts is not None else ""
