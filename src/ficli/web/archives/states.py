"""The result of looking up or making an archived copy: a word for programs and a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ArchiveState(StrEnum):
    """The state of the copy of a page."""

    ALREADY_ARCHIVED = "already-archived"
    """There was a copy already."""

    SAVED = "saved"
    """A copy was made."""

    SUBMITTED = "submitted"
    """The archive was asked to make a copy and has not confirmed it yet. The page is not archived."""

    RATE_LIMITED = "rate-limited"
    """The archive wants to be asked later."""

    REFUSED = "refused"
    """The archive made no copy, or the site of the page does not want one."""

    NOT_ARCHIVABLE = "not-archivable"
    """There can be no copy of the page of this address."""

    NONE = "none"
    """The archive has no copy, or does not know the job any more."""


@dataclass(frozen=True, slots=True)
class ArchiveCopy:
    """A copy of a page.

    Attributes:
        url: its address in the Wayback Machine.
        captured: the day on which it was made, in UTC: `2025-05-10`.
        early: whether it is older than the day that was asked for, and may show older text.

    """

    url: str
    captured: str
    early: bool = False

    @property
    def field(self) -> Mapping[str, str]:
        """The `archive` field of a source."""
        return {"url": self.url, "captured": self.captured}


@dataclass(frozen=True, slots=True)
class ArchiveOutcome:
    """The result of a request to the archive.

    Attributes:
        state: for programs.
        said: for people, in lower case and without a final period; empty if `state` is enough.
        copy: of the page; only if the state is `already-archived` or `saved`.
        job: what to ask the archive for later, if it is still making the copy.
        retry_after: seconds after which a `rate-limited` archive may be asked again; 0 if it does not say.
        again: whether the same request may succeed another time.

    """

    state: ArchiveState
    said: str = ""
    copy: ArchiveCopy | None = None
    job: str = ""
    retry_after: float = 0
    again: bool = False
