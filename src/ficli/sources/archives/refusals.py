"""What the Wayback Machine says when it makes no copy (`status_ext`), and what that means for whoever asked."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from ficli.sources.archives.states import Outcome, State
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping


class Refusal(NamedTuple):
    """What a code means: the state, a sentence, and whether the same request may well go better another time."""

    state: State
    said: str
    again: bool = False


def _limited(said: str) -> Refusal:
    return Refusal(State.RATE_LIMITED, said, again=True)


def _never(said: str) -> Refusal:
    return Refusal(State.NOT_ARCHIVABLE, said)


def _refused(said: str) -> Refusal:
    return Refusal(State.REFUSED, said)


def _failed(said: str) -> Refusal:
    return Refusal(State.REFUSED, said, again=True)


_BROKEN = _failed("something in the Wayback Machine is out of order")
_SLOW = _failed("the page did not load in the time that the Wayback Machine gives it")
_SITE_BROKEN = _failed("the site of the page is out of order")
_SITE_ODD = _refused("the site does not answer the Wayback Machine as a web server should")
_BAD_ADDRESS = _never("the Wayback Machine takes it for no web address")
_NO_ENTRY = _refused("the site does not let the Wayback Machine in")
_PASSWORD = _refused("the site shows the page only to those who log in")
_BANDWIDTH = _limited("the account has saved as much today as the Wayback Machine allows")

# As the documentation of Save Page Now lists them.
REFUSALS: Final[Mapping[str, Refusal]] = MappingProxyType(
    {
        "bad-gateway": _SITE_BROKEN,
        "bad-request": _refused("the site says that it does not understand what the Wayback Machine asks"),
        "bandwidth-limit-exceeded": _failed("the site has delivered as much as it may for now"),
        "blocked": _NO_ENTRY,
        "blocked-client-ip": _refused(
            "the Wayback Machine takes nothing from this network, which is on a list of spam"
        ),
        "blocked-url": _never("the address is on the list of those that the Wayback Machine does not save"),
        "browsing-timeout": _SLOW,
        "cannot-fetch": _limited("the Wayback Machine has too much to do"),
        "capture-location-error": _BROKEN,
        "celery": _BROKEN,
        "filesize-limit": _never("it is larger than the 2 GB that the Wayback Machine saves"),
        "ftp-access-denied": _NO_ENTRY,
        "gateway-timeout": _SITE_BROKEN,
        "http-version-not-supported": _SITE_ODD,
        "internal-server-error": _BROKEN,
        "invalid-host-resolution": _refused("the name of the site is not known"),
        "invalid-server-response": _SITE_ODD,
        "invalid-url-syntax": _BAD_ADDRESS,
        "job-failed": _BROKEN,
        "max-daily-bandwidth": _BANDWIDTH,
        "max-daily-bandwidth-from-ip": _BANDWIDTH,
        "max-daily-bandwidth-host": _limited("as much of this site has been saved today as the Wayback Machine allows"),
        "method-not-allowed": _SITE_ODD,
        "network-authentication-required": _PASSWORD,
        "no-access": _NO_ENTRY,
        "no-browsers-available": _BROKEN,
        "not-found": _refused("the site has no such page"),
        "not-implemented": _SITE_ODD,
        "protocol-error": _failed("the site breaks the connection off"),
        "proxy-error": _BROKEN,
        "read-timeout": _SLOW,
        "service-unavailable": _SITE_BROKEN,
        "soft-time-limit-exceeded": _SLOW,
        "too-many-daily-captures": _limited("the page has been saved as often today as the Wayback Machine allows"),
        "too-many-redirects": _refused("the page redirects more often than the Wayback Machine follows"),
        "too-many-requests": _limited("the site says that the Wayback Machine asks it too much"),
        "unauthorized": _PASSWORD,
        "user-session-limit": _limited("the account has as many pages under way as the Wayback Machine allows"),
    }
)


def refused(code: object, message: object) -> Outcome:
    """Say why no copy was made.

    Args:
        code: as the archive gives it: `error:not-found`.
        message: of the archive, used where the code is not known.

    """
    written = code if isinstance(code, str) else ""
    if known := REFUSALS.get(written.removeprefix("error:")):
        return Outcome(known.state, f"{known.said} ({quoted(written)})", again=known.again)
    told = ", ".join(quoted(text, longest=200) for text in (written, message) if isinstance(text, str) and text)
    return Outcome(State.REFUSED, f"the Wayback Machine made no copy{told and ': '}{told}", again=True)
