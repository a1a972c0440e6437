"""Asks the Wayback Machine, at its pace and within bounds; follows no redirect, so that no key goes elsewhere."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ficli.incident.urls.parse import LONGEST, parse_url
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.sources.fetching.exchange import Call, exchange
from ficli.sources.fetching.pace import Pace
from ficli.sources.fetching.patience import BUSY, seconds_to_wait
from ficli.wording import quoted

if TYPE_CHECKING:
    from datetime import date

    from ficli.sources.fetching.exchange import Page
    from ficli.sources.fetching.policy import FetchPolicy

OK: Final = 200
_MOST_BYTES = 1024 * 1024
_GET = Call()


@dataclass(frozen=True, slots=True)
class Wayback:
    """The Wayback Machine, and how it is treated.

    Attributes:
        address: where it is.
        seconds: for one answer; it is slow.
        look_up_pause: seconds between two look-ups; its servers allow 30 a minute.
        save_pause: seconds between two pages that it is asked to save.
        poll_pause: seconds between two questions whether a page is saved.
        unasked_pause: seconds to leave it alone where it is busy and does not say for how long.

    """

    address: str = "https://web.archive.org"
    seconds: float = 60
    look_up_pause: float = 2.5
    save_pause: float = 20
    poll_pause: float = 5
    unasked_pause: float = 60


class BusyError(Exception):
    """The Wayback Machine wants to be asked later.

    Args:
        seconds: until then.

    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Service:
    """Asks one Wayback Machine under one policy, and leaves it alone for as long as it asks.

    Args:
        policy: what is allowed; its pause between requests does not count here.
        wayback: where it is, and how it is treated.
        today: later than which no copy can be.

    """

    def __init__(self, policy: FetchPolicy, wayback: Wayback, today: date) -> None:
        self.wayback = wayback
        self.today = today
        self._policy = replace(policy, most_bytes=min(policy.most_bytes, _MOST_BYTES))
        self._busy_until = policy.clock()
        parts = parse_url(wayback.address)
        self._host = parts.host if parts is not None else ""

    def pace(self, pause: float) -> Pace:
        """Give a pace for one sort of request."""
        return Pace(replace(self._policy, pause=pause))

    def can_ask(self, path: str) -> bool:
        """Tell whether an address with this path and query is short enough to be asked."""
        return len(self.wayback.address) + len(path) <= LONGEST

    def ask(self, path: str, pace: Pace, *, call: Call = _GET, patience: float | None = None) -> Page:
        """Ask once, and once more after a short wait if that is asked for.

        Args:
            path: and query, with a slash first.
            pace: of this sort of request.
            call: what is sent.
            patience: seconds that a wait may take, where that is less than the policy gives.

        Raises:
            BusyError: it wants to be asked later.
            FetchError: it does not answer, or leads elsewhere.

        """
        clock = self._policy.clock
        if (left := self._busy_until - clock()) > 0:
            raise BusyError(left)
        page = self._ask(path, pace, call)
        wait = seconds_to_wait(page)
        longest = self._policy.longest_wait if patience is None else min(patience, self._policy.longest_wait)
        if wait is not None and wait <= longest:
            self._policy.sleep(wait)
            page = self._ask(path, pace, call)
        if page.status in BUSY:
            seconds = seconds_to_wait(page) or self.wayback.unasked_pause
            self._busy_until = clock() + seconds
            raise BusyError(seconds)
        return page

    def _ask(self, path: str, pace: Pace, call: Call) -> Page:
        pace.wait_for(self._host)
        address = f"{self.wayback.address}{path}"
        try:
            return exchange(
                self._policy,
                address,
                call=call,
                seconds=self.wayback.seconds,
                before_hop=lambda hop, _left: _stay(address, hop),
            )
        except FetchError as error:
            reason, message = error.reason, error.message
        # Outside of the handler, so that nothing of the request, which holds a secret, hangs on to the error.
        raise FetchError(reason, f"the Wayback Machine cannot be asked: {message}")


def _stay(address: str, hop: str) -> None:
    if hop != address:
        parts = parse_url(hop)
        where = quoted(parts.host if parts is not None else hop)
        raise FetchError(Reason.REDIRECTS, f"it sends the request on to {where}, where ficli does not follow")


def answer_of(page: Page) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Read the JSON in an answer.

    Raises:
        FetchError: it is none.

    """
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        pass
    said = "" if page.status == OK else f": HTTP {page.status}"
    raise FetchError(Reason.SERVER, f"the Wayback Machine does not answer the question{said}")


def nonsense(said: str) -> FetchError:
    """Make the error for an answer that cannot be true."""
    return FetchError(Reason.SERVER, f"the answer of the Wayback Machine makes no sense: {said}")
