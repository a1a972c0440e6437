"""What the address of a source can come to, and what that means for whoever relies on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What an address came to."""

    OK = "ok"
    REDIRECTED = "redirected"
    """The page is there, at another address."""

    PAYWALLED = "paywalled"
    """The page is there, for those who pay or sign in."""

    DEAD = "dead"
    """It was gone, and still was days later."""

    SOFT_404 = "soft-404"
    """The server sends a page, and that is not the page."""

    PARKED = "parked"
    """The domain is for sale, or has another owner."""

    SUSPECT = "suspect"
    """It seems to be gone; a look on another day will tell."""

    BLOCKED = "blocked"
    """The site does not let programs in: whether the page is there, only a person can see."""

    SERVER_ERROR = "server-error"
    TIMEOUT = "timeout"
    TLS_ERROR = "tls-error"
    REFUSED = "refused"
    """ficli does not ask there."""

    TOO_LARGE = "too-large"
    SKIPPED = "skipped"
    """Nobody has asked yet, or the record says that the page is not to be visited."""


BROKEN = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.PARKED})
"""The page is gone."""

THERE = frozenset({Verdict.OK, Verdict.REDIRECTED, Verdict.PAYWALLED})
"""The page is there."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one answer says of an address.

    Attributes:
        verdict: never `dead`, for which one answer is not enough, and never `skipped`.
        detail: what was seen, in words.
        seems_gone: whether the same on another day would mean that the page is gone.
        final_url: the address that answered, where that is another page; else empty.
        is_recognized: whether the page has the title that the record gives it.
        retry_after: seconds after which the site wants to be asked again; 0 where it did not say.

    """

    verdict: Verdict
    detail: str = ""
    seems_gone: bool = False
    final_url: str = ""
    is_recognized: bool = False
    retry_after: float = 0
