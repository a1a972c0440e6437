"""Archived copies of pages: whether there is one, having one made, and asking later whether it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ficli.errors import UsageError
from ficli.incident.urls.archivable import why_not_archivable
from ficli.incident.urls.stored import stored_url
from ficli.sources.archives.cdx import find_copy
from ficli.sources.archives.keys import KEY, SECRET, WHERE
from ficli.sources.archives.save import ask_after, hand_in
from ficli.sources.archives.service import BusyError, Service, Wayback
from ficli.sources.archives.states import Outcome, State
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.sources.fetching.fetcher import Fetcher
from ficli.sources.fetching.robots import NAME

if TYPE_CHECKING:
    from datetime import date

    from ficli.dates import PartialDate
    from ficli.sources.archives.keys import Keys
    from ficli.sources.fetching.policy import FetchPolicy

PATIENCE: Final = 120
"""Seconds; the Wayback Machine gives a page no more."""

_CRAWLERS = (NAME, "archive.org_bot", "ia_archiver")


class Archive:
    """The Wayback Machine.

    Whoever keeps the job of a `submitted` outcome can stop at any time, and `follow` it in another run.

    Args:
        policy: what is allowed, and the clock and the sleep by which everything waits.
        today: no copy is newer.
        keys: of an account at archive.org; looking up needs none.
        fetcher: asks the sites of pages for `robots.txt`; shared with whoever else asks them, so that the pace is kept.
        wayback: where the archive is, and how it is treated; replaced by tests.

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
        """Whether there are keys to have a copy made with."""
        return self._keys is not None

    def look_up(self, url: str, near: PartialDate | None) -> Outcome:
        """Look for a copy of a page: the first since a date, else the last before it.

        The site of the page is not asked, so that its `robots.txt` does not matter: the copy is there already.

        Args:
            url: the page.
            near: when it was published, or else when it was read; None where neither is known: the first copy of all.

        Returns:
            `already-archived` with the copy, `none`, `not-archivable` or `rate-limited`.

        Raises:
            FetchError: the archive does not answer, or not so that one knows.

        """
        if reason := why_not_archivable(url):
            return Outcome(State.NOT_ARCHIVABLE, reason)
        try:
            return find_copy(self._service, self._look_ups, _page(url), near)
        except BusyError as busy:
            return _rate_limited(busy)

    def submit(self, url: str) -> Outcome:
        """Ask for a copy of a page, if its site lets programs read it, and do not wait for it.

        The archive itself does not heed `robots.txt` where a person asks it to save a page. ficli is no person: the
        page is not handed in where the site asks ficli or the crawlers of the archive to stay away from it.

        Returns:
            `submitted` with a job to follow, `not-archivable`, `refused` or `rate-limited`.

        Raises:
            FetchError: the archive does not answer, or not so that one knows of a job.
            KeysRefusedError: it does not know the keys, and will not for the next page either.
            UsageError: there are no keys.

        """
        keys = self._required_keys()
        if reason := why_not_archivable(url):
            return Outcome(State.NOT_ARCHIVABLE, reason)
        try:
            self._fetcher.require_allowed(_page(url), _CRAWLERS)
        except FetchError as error:
            return _kept_away(error)
        try:
            return hand_in(self._service, self._saves, keys, _page(url))
        except BusyError as busy:
            return _rate_limited(busy)

    def follow(self, url: str, job: str, *, seconds: float = PATIENCE) -> Outcome:
        """Ask what became of a job, until it is over or some time has passed.

        Args:
            url: the page that was handed in.
            job: what `submit` gave; the archive forgets it after about an hour.
            seconds: to wait for it in all, the last answer not counted; 0 to ask once.

        Returns:
            `saved` or `already-archived` with the copy, `refused`, `not-archivable`, or `none` where the archive has
            forgotten the job: `look_up` then tells whether it was done. `submitted` and `rate-limited` with the job,
            where it can be asked for again; a `rate-limited` without one is over.

        Raises:
            FetchError: the archive does not answer, or not so that one knows; the job can be asked for again.
            KeysRefusedError: it does not know the keys.
            UsageError: there are no keys.

        """
        keys = self._required_keys()
        if reason := why_not_archivable(url):
            return Outcome(State.NOT_ARCHIVABLE, reason)
        clock = self._policy.clock
        end = clock() + seconds
        try:
            while True:
                left = max(0.0, end - clock())
                outcome = ask_after(self._service, self._polls, keys, _page(url), job, left)
                if outcome.state is not State.SUBMITTED or end - clock() < self._wayback.poll_pause:
                    return outcome
        except BusyError as busy:
            return _rate_limited(busy, job)

    def _required_keys(self) -> Keys:
        if self._keys is None:
            raise UsageError(f"saving a page needs `{KEY}` and `{SECRET}`", hint=WHERE)
        return self._keys


def _page(url: str) -> str:
    """Give the address of a page as a server is asked for it, without what follows the reader."""
    return stored_url(url).partition("#")[0]


def _rate_limited(busy: BusyError, job: str = "") -> Outcome:
    said = "the Wayback Machine wants to be asked later"
    return Outcome(State.RATE_LIMITED, said, job=job, retry_after=busy.seconds, again=True)


def _kept_away(error: FetchError) -> Outcome:
    """Tell apart sites that do not want it, addresses that ficli never asks, and sites that do not answer."""
    if error.reason is Reason.REFUSED:
        return Outcome(State.NOT_ARCHIVABLE, error.message)
    return Outcome(State.REFUSED, error.message, again=error.reason is not Reason.ROBOTS)
