"""Has the Wayback Machine save a page (Save Page Now 2): hands an address in, and asks what became of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ficli.sources.archives.captures import copied_page, copy_at, moment_of
from ficli.sources.archives.keys import KeysRefusedError
from ficli.sources.archives.refusals import refused
from ficli.sources.archives.service import OK, answer_of, nonsense
from ficli.sources.archives.states import Outcome, State
from ficli.sources.fetching.exchange import Call
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ficli.sources.archives.keys import Keys
    from ficli.sources.archives.service import Service
    from ficli.sources.fetching.exchange import Page
    from ficli.sources.fetching.pace import Pace

_JOB = re.compile(r"[A-Za-z0-9-]{1,100}\Z")
_UNAUTHORIZED, _NOT_FOUND = 401, 404
_FORGOTTEN = Outcome(State.NONE, "the Wayback Machine knows nothing of the job any more", again=True)


def hand_in(service: Service, pace: Pace, keys: Keys, url: str) -> Outcome:
    """Ask for a copy of a page: `submitted` with the job that makes it, or why there is none.

    Raises:
        BusyError: the archive wants to be asked later.
        FetchError: it does not answer, or not so that one knows of a job.
        KeysRefusedError: it does not know the keys.

    """
    wanted = {"url": url, "skip_first_archive": "1"}
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    call = Call("POST", _headers(keys) | form, urlencode(wanted).encode())
    answer = _answer(service.ask("/save", pace, call=call), keys)
    if _is_error(answer):
        return refused(answer.get("status_ext"), answer.get("message"))
    job = answer.get("job_id")
    if not isinstance(job, str) or not _JOB.match(job):
        raise nonsense("it names no job")
    return _at_work(job)


def ask_after(service: Service, pace: Pace, keys: Keys, url: str, job: str, patience: float) -> Outcome:
    """Ask what became of a job: `saved` only with a time that can be and the address of the page.

    Args:
        service: the archive.
        pace: of such questions.
        keys: of the account that handed the page in.
        url: the page.
        job: as it was told then.
        patience: seconds that a wait may take which the archive asks for.

    Raises:
        BusyError: the archive wants to be asked later.
        FetchError: it does not answer, or with what cannot be.
        KeysRefusedError: it does not know the keys.

    """
    if not _JOB.match(job):
        return _FORGOTTEN
    page = service.ask(f"/save/status/{job}", pace, call=Call(headers=_headers(keys)), patience=patience)
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


def _answer(page: Page, keys: Keys) -> Mapping[str, Any]:
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


def _at_work(job: str) -> Outcome:
    said = "the Wayback Machine was asked for a copy and has not made it yet"
    return Outcome(State.SUBMITTED, said, job=job, again=True)


def _saved(answer: Mapping[str, Any], url: str, today: date) -> Outcome:
    moment = moment_of(answer.get("timestamp"), today)
    if moment is None:
        raise nonsense("the copy has a time that cannot be")
    original = answer.get("original_url")
    page = copied_page(original, url)
    if not page:
        other = quoted(original, longest=200) if isinstance(original, str) else "one that it does not name"
        return Outcome(State.REFUSED, f"the Wayback Machine saved another page, to which this one leads: {other}")
    copy = copy_at(moment, page)
    if copy is None:
        return Outcome(State.NOT_ARCHIVABLE, "the address of the copy is longer than one may be")
    is_new = moment.date() >= today - timedelta(days=1)
    return Outcome(State.SAVED if is_new else State.ALREADY_ARCHIVED, copy=copy)
