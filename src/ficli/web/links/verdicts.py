"""The verdicts on the address of a source, and what each means for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The verdict on an address."""

    OK = "ok"
    REDIRECTED = "redirected"
    """The page is there, at another address."""

    PAYWALLED = "paywalled"
    """The page is there, for those who pay or sign in."""

    DEAD = "dead"
    """It was gone, and still was days later."""

    SOFT_404 = "soft-404"
    """The server sends a page, but another one."""

    PARKED = "parked"
    """The domain is for sale, or has another owner."""

    SUSPECT = "suspect"
    """It seems to be gone; a check on another day decides."""

    BLOCKED = "blocked"
    """The site blocks programs: only a person can see whether the page is there."""

    SERVER_ERROR = "server-error"
    TIMEOUT = "timeout"
    TLS_ERROR = "tls-error"
    REFUSED = "refused"
    """ficli sends no request there."""

    TOO_LARGE = "too-large"
    SKIPPED = "skipped"
    """It was not checked yet, or the record says that the page is not to be visited."""


BROKEN = frozenset({Verdict.DEAD, Verdict.SOFT_404, Verdict.PARKED})
"""The page is gone."""

THERE = frozenset({Verdict.OK, Verdict.REDIRECTED, Verdict.PAYWALLED})
"""The page is there."""


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """The result of one answer of an address.

    Attributes:
        verdict: never `dead`, which needs more than one answer, and never `skipped`.
        detail: what was seen, in words.
        seems_gone: whether the same on another day would mean that the page is gone.
        final_url: the address that answered, if that is another page; else empty.
        is_recognized: whether the page has the title that the record gives it.
        retry_after: seconds after which the site wants to be asked again; 0 if it did not say.

    """

    verdict: Verdict
    detail: str = ""
    seems_gone: bool = False
    final_url: str = ""
    is_recognized: bool = False
    retry_after: float = 0
