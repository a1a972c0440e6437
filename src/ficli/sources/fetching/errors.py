"""Why a page could not be had: one exception, with a word for programs and a sentence for people."""

from __future__ import annotations

from enum import StrEnum

from ficli.errors import FicliError


class Reason(StrEnum):
    """What stood in the way."""

    REFUSED = "refused"
    """ficli does not ask there: a private address, an odd port, another scheme."""

    ROBOTS = "robots"
    """The site asks programs to stay away from this page."""

    UNREACHABLE = "unreachable"
    """The name is not known, or nobody answers there."""

    TIMEOUT = "timeout"
    TLS = "tls-error"
    NOT_HTTP = "not-http"
    """The answer is no HTTP, or breaks off."""

    TOO_LARGE = "too-large"
    REDIRECTS = "redirects"
    BLOCKED = "blocked"
    """The site does not let programs in, or shows them something else than the page."""

    GONE = "gone"
    SERVER = "server-error"
    WAIT = "wait"
    """The site asks to come back later than ficli waits."""


class FetchError(FicliError):
    """A page could not be had.

    Args:
        reason: for programs.
        message: for people, lower case, without a final period.
        hint: what the user can do about it, or nothing.
        retry_after: seconds after which the site wants to be asked again; 0 where it did not say.

    """

    def __init__(self, reason: Reason, message: str, *, hint: str = "", retry_after: float = 0) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        self.retry_after = retry_after
