"""Why a page could not be fetched: one exception with a word for programs and a sentence for people."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ficli.errors import FicliError

GONE: Final = frozenset({404, 410})
"""There is no such page."""

BLOCKED: Final = frozenset({401, 403, 406, 407, 409, 429, 451, 999})
"""The site blocks programs; sites send nearly any of these to a program that they take for a robot."""

PAYMENT_REQUIRED: Final = 402


class Reason(StrEnum):
    """Why a page could not be fetched."""

    REFUSED = "refused"
    """ficli sends no request there: a private address, an odd port, another scheme."""

    ROBOTS = "robots"
    """The site asks programs to stay away from this page."""

    UNREACHABLE = "unreachable"
    """The name is not known, or there is no answer."""

    TIMEOUT = "timeout"
    TLS = "tls-error"
    NOT_HTTP = "not-http"
    """The answer is not HTTP, or breaks off."""

    TOO_LARGE = "too-large"
    REDIRECTS = "redirects"
    BLOCKED = "blocked"
    """The site blocks programs, or sends them something else than the page."""

    GONE = "gone"
    SERVER = "server-error"
    WAIT = "wait"
    """The site asks to come back later than ficli waits."""


class FetchError(FicliError):
    """A page could not be fetched.

    Args:
        reason: for programs.
        message: for people, lower case, without a final period.
        hint: what the user can do about it, or empty.
        retry_after: seconds after which the site wants to be asked again; 0 if it did not say.

    """

    def __init__(self, reason: Reason, message: str, *, hint: str = "", retry_after: float = 0) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        self.retry_after = retry_after
