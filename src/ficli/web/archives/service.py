"""Ask the Wayback Machine at its pace and within bounds; no redirect is followed, so no key goes elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from ficli.errors import FicliError, UsageError
from ficli.urls.parse import LONGEST, parse_url
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import FetchedPage, RequestOptions, exchange
from ficli.web.fetch.limits import BUSY, Pace, seconds_to_wait
from ficli.wording import quoted

if TYPE_CHECKING:
    from datetime import date

    from ficli.web.fetch.policy import FetchPolicy


KEY: Final = "FICLI_WAYBACK_KEY"
SECRET: Final = "FICLI_WAYBACK_SECRET"  # noqa: S105 - the name of a variable
WHERE: Final = "the keys of an account are at `https://archive.org/account/s3.php`"

_WORD = re.compile(r"[!-9;-~]{8,200}\Z")
"""A valid word of a header, without the colon that separates the two; long enough to be found in a text again."""


class KeysRefusedError(FicliError):
    """The Wayback Machine rejects the keys: nothing can be saved with them."""

    def __init__(self) -> None:
        super().__init__(f"the Wayback Machine does not accept `{KEY}` and `{SECRET}`", hint=WHERE)


@dataclass(frozen=True, slots=True)
class Keys:
    """A key and its secret, neither of which is shown."""

    key: str = field(repr=False)
    secret: str = field(repr=False)

    def header(self) -> str:
        """Return the value of the header `Authorization`."""
        return f"LOW {self.key}:{self.secret}"

    def hidden_in(self, body: bytes) -> bytes:
        """Remove the secret from an answer that repeats the request, as some servers' errors do."""
        return body.replace(self.secret.encode(), b"...")


def keys_from(variables: Mapping[str, str]) -> Keys | None:
    """Read the keys from variables; None if there are none.

    Raises:
        UsageError: there is one without the other, or one that is invalid; its value is not shown.

    """
    found = {name: variables.get(name, "") for name in (KEY, SECRET)}
    if not any(found.values()):
        return None
    for name, value in found.items():
        if not value:
            raise UsageError(f"`{name}` is not set, and saving needs both `{KEY}` and `{SECRET}`", hint=WHERE)
        if not _WORD.match(value):
            raise UsageError(
                f"`{name}` is no key: one has 8 to 200 letters, digits and signs, and no colon", hint=WHERE
            )
    return Keys(found[KEY], found[SECRET])


OK: Final = 200
_MOST_BYTES = 1024 * 1024
_GET = RequestOptions()


@dataclass(frozen=True, slots=True)
class Wayback:
    """The Wayback Machine's address and limits.

    Attributes:
        address: its address.
        seconds: for one answer; it is slow.
        look_up_pause: seconds between two look-ups; its servers allow 30 a minute.
        save_pause: seconds between two pages that it is asked to save.
        poll_pause: seconds between two requests for the state of a job.
        unasked_pause: seconds to wait if it is busy and does not say for how long.

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
    """Sends requests to one Wayback Machine under one policy, and waits for as long as it asks.

    Args:
        policy: what is allowed; its pause between requests does not count here.
        wayback: its address and limits.
        today: no copy can be later.

    """

    def __init__(self, policy: FetchPolicy, wayback: Wayback, today: date) -> None:
        self.wayback = wayback
        self.today = today
        self._policy = replace(policy, most_bytes=min(policy.most_bytes, _MOST_BYTES))
        self._busy_until = policy.clock()
        parts = parse_url(wayback.address)
        self._host = parts.host if parts is not None else ""

    def pace(self, pause: float) -> Pace:
        """Return a pace for one kind of request."""
        return Pace(replace(self._policy, pause=pause))

    def can_ask(self, path: str) -> bool:
        """Return whether an address with this path and query is short enough for a request."""
        return len(self.wayback.address) + len(path) <= LONGEST

    def ask(self, path: str, pace: Pace, *, call: RequestOptions = _GET, patience: float | None = None) -> FetchedPage:
        """Send a request, and once more after a short wait if that is asked for.

        Args:
            path: and query, with a slash first.
            pace: of this kind of request.
            call: the method, headers and body.
            patience: the longest wait in seconds, if that is less than the policy's.

        Raises:
            BusyError: it wants to be asked later.
            FetchError: it does not answer, or redirects elsewhere.

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

    def _ask(self, path: str, pace: Pace, call: RequestOptions) -> FetchedPage:
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


def answer_of(page: FetchedPage) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Parse the JSON of an answer.

    Raises:
        FetchError: it is not JSON.

    """
    try:
        return json.loads(page.body)
    except (ValueError, RecursionError):
        pass
    said = "" if page.status == OK else f": HTTP {page.status}"
    raise FetchError(Reason.SERVER, f"the Wayback Machine does not answer the question{said}")


def nonsense(said: str) -> FetchError:
    """Return the error for an answer that cannot be true."""
    return FetchError(Reason.SERVER, f"the answer of the Wayback Machine makes no sense: {said}")
