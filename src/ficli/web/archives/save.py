"""Have the Wayback Machine save a page (Save Page Now 2), and explain each of its refusals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from ficli.web.archives.copies import copied_page, copy_at, moment_of
from ficli.web.archives.service import OK, Keys, KeysRefusedError, Service, answer_of, nonsense
from ficli.web.archives.states import ArchiveOutcome, ArchiveState
from ficli.web.fetch.exchange import FetchedPage, RequestOptions
from ficli.wording import as_text, quoted

if TYPE_CHECKING:
    from ficli.web.fetch.limits import Pace


class ArchiveRefusal(NamedTuple):
    """The meaning of a code: the state, a sentence, and whether the same request may succeed another time."""

    state: ArchiveState
    said: str
    again: bool = False


def _limited(said: str) -> ArchiveRefusal:
    return ArchiveRefusal(ArchiveState.RATE_LIMITED, said, again=True)


def _never(said: str) -> ArchiveRefusal:
    return ArchiveRefusal(ArchiveState.NOT_ARCHIVABLE, said)


def _refused(said: str) -> ArchiveRefusal:
    return ArchiveRefusal(ArchiveState.REFUSED, said)


def _failed(said: str) -> ArchiveRefusal:
    return ArchiveRefusal(ArchiveState.REFUSED, said, again=True)


_BROKEN = _failed("something in the Wayback Machine is out of order")
_SLOW = _failed("the page did not load in the time that the Wayback Machine gives it")
_SITE_BROKEN = _failed("the site of the page is out of order")
_SITE_ODD = _refused("the site does not answer the Wayback Machine as a web server should")
_BAD_ADDRESS = _never("the Wayback Machine takes it for no web address")
_NO_ENTRY = _refused("the site does not let the Wayback Machine in")
_PASSWORD = _refused("the site shows the page only to those who log in")
_BANDWIDTH = _limited("the account has saved as much today as the Wayback Machine allows")

# As the documentation of Save Page Now lists them.
REFUSALS: Final[Mapping[str, ArchiveRefusal]] = MappingProxyType(
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


def refused(code: object, message: object) -> ArchiveOutcome:
    """Return the outcome with the reason why no copy was made.

    Args:
        code: as the archive returns it: `error:not-found`.
        message: of the archive, used if the code is not known.

    """
    written = as_text(code)
    if known := REFUSALS.get(written.removeprefix("error:")):
        return ArchiveOutcome(known.state, f"{known.said} ({quoted(written)})", again=known.again)
    details = ", ".join(quoted(text, longest=200) for text in (written, message) if isinstance(text, str) and text)
    return ArchiveOutcome(
        ArchiveState.REFUSED, f"the Wayback Machine made no copy{details and ': '}{details}", again=True
    )


_JOB = re.compile(r"[A-Za-z0-9-]{1,100}\Z")
_UNAUTHORIZED, _NOT_FOUND = 401, 404
_FORGOTTEN = ArchiveOutcome(ArchiveState.NONE, "the Wayback Machine knows nothing of the job any more", again=True)


def hand_in(service: Service, pace: Pace, keys: Keys, url: str) -> ArchiveOutcome:
    """Ask for a copy of a page: `submitted` with the job that makes it, or the reason why there is none.

    Raises:
        BusyError: the archive wants to be asked later.
        FetchError: it does not answer, or its answer has no job.
        KeysRefusedError: it rejects the keys.

    """
    wanted = {"url": url, "skip_first_archive": "1"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    call = RequestOptions("POST", _headers(keys) | form, urlencode(wanted).encode())
    answer = _answer(service.ask("/save", pace, call=call), keys)
    if _is_error(answer):
        return refused(answer.get("status_ext"), answer.get("message"))
    job = answer.get("job_id")
    if not isinstance(job, str) or not _JOB.match(job):
        raise nonsense("it names no job")
    return _at_work(job)


def ask_after(service: Service, pace: Pace, keys: Keys, url: str, job: str, patience: float) -> ArchiveOutcome:
    """Ask for the result of a job: `saved` only with a possible time and the address of the page.

    Args:
        service: the archive.
        pace: of such requests.
        keys: of the account that submitted the page.
        url: the page.
        job: as it was returned then.
        patience: the longest wait in seconds that the archive may ask for.

    Raises:
        BusyError: the archive wants to be asked later.
        FetchError: it does not answer, or its answer cannot be true.
        KeysRefusedError: it rejects the keys.

    """
    if not _JOB.match(job):
        return _FORGOTTEN
    page = service.ask(f"/save/status/{job}", pace, call=RequestOptions(headers=_headers(keys)), patience=patience)
    if page.status == _NOT_FOUND:
        return _FORGOTTEN
    answer = _answer(page, keys)
    if answer.get("job_id", job) != job:
        raise nonsense("it is about another job")
    if _is_error(answer):
        return refused(answer.get("status_ext"), answer.get("message"))
    if answer.get("status") == "pending":
        return _at_work(job)
    if answer.get("status") == "success":
        return _saved(answer, url, service.today)
    raise nonsense("it does not say how the job stands")


def _headers(keys: Keys) -> dict[str, str]:
    return {"Accept": "application/json", "Authorization": keys.header()}


def _answer(page: FetchedPage, keys: Keys) -> Mapping[str, Any]:
    if page.status == _UNAUTHORIZED:
        raise KeysRefusedError
    answer = answer_of(replace(page, body=keys.hidden_in(page.body)))
    if not isinstance(answer, dict):
        raise nonsense("it has no fields")
    if page.status != OK and not _is_error(answer):
        raise nonsense(f"HTTP {page.status}")
    return answer


def _is_error(answer: Mapping[str, Any]) -> bool:
    return answer.get("status") == "error" or bool(answer.get("status_ext"))


def _at_work(job: str) -> ArchiveOutcome:
    said = "the Wayback Machine was asked for a copy and has not made it yet"
    return ArchiveOutcome(ArchiveState.SUBMITTED, said, job=job, again=True)


def _saved(answer: Mapping[str, Any], url: str, today: date) -> ArchiveOutcome:
    moment = moment_of(answer.get("timestamp"), today)
    if moment is None:
        raise nonsense("the copy has a time that cannot be")
    original = answer.get("original_url")
    page = copied_page(original, url)
    if not page:
        other = quoted(original, longest=200) if isinstance(original, str) else "one that it does not name"
        return ArchiveOutcome(
            ArchiveState.REFUSED, f"the Wayback Machine saved another page, to which this one leads: {other}"
        )
    copy = copy_at(moment, page)
    if copy is None:
        return ArchiveOutcome(ArchiveState.NOT_ARCHIVABLE, "the address of the copy is longer than one may be")
    is_new = moment.date() >= today - timedelta(days=1)
    return ArchiveOutcome(ArchiveState.SAVED if is_new else ArchiveState.ALREADY_ARCHIVED, copy=copy)
