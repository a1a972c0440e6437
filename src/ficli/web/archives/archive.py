"""Archived copies of pages: look-up, submission, and the result of a submission."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ficli.errors import UsageError
from ficli.urls.identity import stored_url
from ficli.urls.private import why_not_archivable
from ficli.web.archives.copies import find_copy
from ficli.web.archives.save import ask_after, hand_in
from ficli.web.archives.service import KEY, SECRET, WHERE, BusyError, Keys, Service, Wayback
from ficli.web.archives.states import ArchiveOutcome, ArchiveState
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.fetcher import Fetcher
from ficli.web.fetch.robots import NAME

if TYPE_CHECKING:
    from datetime import date

    from ficli.dates import PartialDate
    from ficli.web.fetch.policy import FetchPolicy

PATIENCE: Final = 120
"""Seconds; the Wayback Machine waits no longer for a page."""

_CRAWLERS = (NAME, "archive.org_bot", "ia_archiver")


class Archive:
    """The Wayback Machine.

    The job of a `submitted` outcome can be kept, and passed to `follow` in another run.

    Args:
        policy: what is allowed, with the clock and the sleep for all waits.
        today: no copy is newer.
        keys: of an account at archive.org; not needed for look-ups.
        fetcher: asks the sites of pages for `robots.txt`; shared with all other requests, so that the pace is kept.
        wayback: the archive's address and limits; replaced by tests.

    """

    def __init__(
        self,
        policy: FetchPolicy,
        today: date,
        *,
        keys: Keys | None = None,
        fetcher: Fetcher | None = None,
        wayback: Wayback | None = None,
    ) -> None:
        self._policy = policy
        self._keys = keys
        self._fetcher = fetcher or Fetcher(policy)
        self._wayback = wayback or Wayback()
        self._service = Service(policy, self._wayback, today)
        self._look_ups = self._service.pace(self._wayback.look_up_pause)
        self._saves = self._service.pace(self._wayback.save_pause)
        self._polls = self._service.pace(self._wayback.poll_pause)

    @property
    def can_save(self) -> bool:
        """Whether there are keys, so that copies can be made."""
        return self._keys is not None

    def look_up(self, url: str, near: PartialDate | None) -> ArchiveOutcome:
        """Look for a copy of a page: the first since a date, else the last before it.

        The site of the page is not asked, so its `robots.txt` does not matter: the copy is there already.

        Args:
            url: the page.
            near: when it was published, or else when it was read; None if neither is known: the first copy of all.

        Returns:
            `already-archived` with the copy, `none`, `not-archivable` or `rate-limited`.

        Raises:
            FetchError: the archive does not answer, or its answer cannot be used.

        """
        if reason := why_not_archivable(url):
            return ArchiveOutcome(ArchiveState.NOT_ARCHIVABLE, reason)
        try:
            return find_copy(self._service, self._look_ups, _page(url), near)
        except BusyError as busy:
            return _rate_limited(busy)

    def submit(self, url: str) -> ArchiveOutcome:
        """Ask for a copy of a page, if its site lets programs read it, and do not wait for it.

        The archive itself does not follow `robots.txt` if a person asks it to save a page. ficli is not a person: the
        page is not submitted if the site asks ficli or the crawlers of the archive to stay away from it.

        Returns:
            `submitted` with a job to follow, `not-archivable`, `refused` or `rate-limited`.

        Raises:
            FetchError: the archive does not answer, or its answer has no job.
            KeysRefusedError: it rejects the keys, and will for the next page too.
            UsageError: there are no keys.

        """
        keys = self._required_keys()
        if reason := why_not_archivable(url):
            return ArchiveOutcome(ArchiveState.NOT_ARCHIVABLE, reason)
        try:
            self._fetcher.require_allowed(_page(url), _CRAWLERS)
        except FetchError as error:
            return _kept_away(error)
        try:
            return hand_in(self._service, self._saves, keys, _page(url))
        except BusyError as busy:
            return _rate_limited(busy)

    def follow(self, url: str, job: str, *, seconds: float = PATIENCE) -> ArchiveOutcome:
        """Ask for the result of a job, until it is over or some time has passed.

        Args:
            url: the page that was submitted.
            job: what `submit` returned; the archive forgets it after about an hour.
            seconds: the longest total wait, without the last answer; 0 to ask once.

        Returns:
            `saved` or `already-archived` with the copy, `refused`, `not-archivable`, or `none` if the archive has
            forgotten the job: then `look_up` finds whether it was done. `submitted` and `rate-limited` with the job,
            if it can be asked for again; a `rate-limited` without one is over.

        Raises:
            FetchError: the archive does not answer, or its answer cannot be used; the job can be asked for again.
            KeysRefusedError: it rejects the keys.
            UsageError: there are no keys.

        """
        keys = self._required_keys()
        if reason := why_not_archivable(url):
            return ArchiveOutcome(ArchiveState.NOT_ARCHIVABLE, reason)
        clock = self._policy.clock
        end = clock() + seconds
        try:
            while True:
                left = max(0.0, end - clock())
                outcome = ask_after(self._service, self._polls, keys, _page(url), job, left)
                if outcome.state is not ArchiveState.SUBMITTED or end - clock() < self._wayback.poll_pause:
                    return outcome
        except BusyError as busy:
            return _rate_limited(busy, job)

    def _required_keys(self) -> Keys:
        if self._keys is None:
            raise UsageError(f"saving a page needs `{KEY}` and `{SECRET}`", hint=WHERE)
        return self._keys


def _page(url: str) -> str:
    """Return the address of a page as a server is asked for it, without tracking parameters."""
    return stored_url(url).partition("#")[0]


def _rate_limited(busy: BusyError, job: str = "") -> ArchiveOutcome:
    said = "the Wayback Machine wants to be asked later"
    return ArchiveOutcome(ArchiveState.RATE_LIMITED, said, job=job, retry_after=busy.seconds, again=True)


def _kept_away(error: FetchError) -> ArchiveOutcome:
    """Return the outcome for a site that does not want copies, an address that is never asked, or a dead site."""
    if error.reason is Reason.REFUSED:
        return ArchiveOutcome(ArchiveState.NOT_ARCHIVABLE, error.message)
    return ArchiveOutcome(ArchiveState.REFUSED, error.message, again=error.reason is not Reason.ROBOTS)
