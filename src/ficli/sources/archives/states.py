"""What became of looking up or making an archived copy: a word for programs and a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """How things stand with the copy of a page."""

    ALREADY_ARCHIVED = "already-archived"
    """There was a copy already."""

    SAVED = "saved"
    """A copy was made."""

    SUBMITTED = "submitted"
    """The archive was asked to make a copy and has not said yet whether it did. The page is not archived."""

    RATE_LIMITED = "rate-limited"
    """The archive wants to be asked later."""

    REFUSED = "refused"
    """The archive made no copy, or the site of the page does not want one."""

    NOT_ARCHIVABLE = "not-archivable"
    """There can be no copy that stands for this address."""

    NONE = "none"
    """The archive has no copy, or knows nothing of the job any more."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a page.

    Attributes:
        url: where it is, in the Wayback Machine.
        captured: the day on which it was made, in UTC: `2025-05-10`.
        early: whether it is older than the day that was asked for, and may show what was there before.

    """

    url: str
    captured: str
    early: bool = False

    @property
    def field(self) -> Mapping[str, str]:
        """What a record holds in the `archive` of a source."""
        return {"url": self.url, "captured": self.captured}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it.

    Attributes:
        state: for programs.
        said: for people, in lower case and without a final period; empty where `state` says it all.
        copy: of the page; there is one where it is `already-archived` or `saved`, and nowhere else.
        job: what to ask the archive for later on, where it is still at work on the copy.
        retry_after: seconds after which a `rate-limited` archive may be asked again; 0 where it does not say.
        again: whether the same request may well go better another time.

    """

    state: State
    said: str = ""
    copy: Copy | None = None
    job: str = ""
    retry_after: float = 0
    again: bool = False
