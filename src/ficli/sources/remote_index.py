"""Fetches an exported index from an address, if it has changed, as warily as any page, but with time and room for it.

A user names the address, so what is there may be anything; it is read as bytes and judged by `exported_index`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from ficli.errors import FicliError, UsageError
from ficli.incident.urls.parse import parse_url, why_invalid
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.sources.fetching.exchange import Call, exchange
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.sources.fetching.policy import FetchPolicy

_SECONDS: Final = 60.0
_MOST_BYTES: Final = 256 * 1024 * 1024
_OK, _NOT_MODIFIED = 200, 304
_NEVER: Final = frozenset({Reason.REFUSED, Reason.REDIRECTS, Reason.TOO_LARGE})
"""What asking at another time would not change."""


class Fetched(NamedTuple):
    """What the server sent: `media_type` in lower case, without parameters; `etag` empty where it has none."""

    content: bytes
    media_type: str
    etag: str


class UnreachableError(FicliError):
    """The index could not be fetched, though it may be there: no network, no answer, a server that is down."""


def index_policy(policy: FetchPolicy) -> FetchPolicy:
    """Give a policy the time and the room that a whole index needs, and the port that the user has named."""
    return replace(policy, seconds=_SECONDS, most_bytes=_MOST_BYTES, ports=None)


def fetch_index(url: str, policy: FetchPolicy, *, etag: str = "") -> Fetched | None:
    """Fetch an index; None where the server says that it is still the one with this ETag.

    Raises:
        UsageError: the address is not one of the web.
        UnreachableError: the server cannot be reached, or does not deliver.
        FicliError: it delivers what cannot be an index: too much, or a redirect out of the web.

    """
    require_web_address(url)
    headers = {"Accept": "application/json"} | ({"If-None-Match": etag} if etag else {})

    def stay_secure(hop: str, _seconds: float) -> None:
        if url.lower().startswith("https:") and not hop.lower().startswith("https:"):
            raise FetchError(Reason.REFUSED, f"it leads out of the secure web, to {quoted(hop)}")

    try:
        page = exchange(policy, url, call=Call(headers=headers, goes_along=True), before_hop=stay_secure)
    except FetchError as error:
        kind = FicliError if error.reason in _NEVER else UnreachableError
        raise kind(f"{quoted(url)}: {error.message}") from error
    if page.status == _NOT_MODIFIED:
        return None
    if page.status != _OK:
        raise UnreachableError(f"{quoted(url)} answers with HTTP {page.status}")
    return Fetched(page.body, page.content_type.partition(";")[0].strip().lower(), page.headers.get("etag", ""))


def require_web_address(url: str) -> None:
    """See that an address is one of the web, and holds no password, which would be kept in the cache.

    Raises:
        UsageError: it is not, or it does.

    """
    parts = parse_url(url)
    if parts is None:
        message = f"{quoted(url)} is no address of an index: {why_invalid(url)}"
        raise UsageError(message, hint="an exported index is at `https://…/index.json`")
    if parts.userinfo:
        message = f"{quoted(f'{parts.scheme}://…@{parts.host}')} holds a password, which would be kept in the cache"
        raise UsageError(message, hint="leave the name and the password out")
