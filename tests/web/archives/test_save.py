"""How a page is handed in and followed: nothing counts before it is checked, and no key goes astray."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from tests.wayback import KEYS, PAGE, Machine, answered

from ficli.errors import FicliError, UsageError
from ficli.web.archives.service import KeysRefusedError, Wayback
from ficli.web.archives.states import ArchiveState
from ficli.web.fetch.errors import FetchError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.clock import Clock

    from ficli.web.archives.archive import Archive
    from ficli.web.archives.states import ArchiveOutcome

JOB = "spn2-0a1b2c"
STATUS = f"/save/status/{JOB}"
TAKEN = {"url": PAGE, "job_id": JOB}
PENDING = {"status": "pending", "job_id": JOB, "resources": []}
SUCCESS = {
    "status": "success",
    "job_id": JOB,
    "original_url": PAGE,
    "timestamp": "20261123081500",
    "duration_sec": 6.2,
    "resources": [PAGE],
    "outlinks": {},
}


@pytest.fixture
def page(machine: Machine) -> str:
    """Return the address of a page on a site without `robots.txt`, which this machine serves too."""
    return machine.web.url("/bank")


def success(page: str, **changes: object) -> dict[str, Any]:
    return SUCCESS | {"original_url": page} | changes


def both(archive: Archive, page: str) -> list[Callable[[], ArchiveOutcome]]:
    """Return the two ways of saving that send keys."""
    return [lambda: archive.submit(page), lambda: archive.follow(page, JOB)]


def error(code: object, **fields: object) -> dict[str, Any]:
    return {"status": "error", "status_ext": code} | fields


# --- handing in --------------------------------------------------------------------------------------------


def test_a_page_is_handed_in(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.says("/save", TAKEN)
    outcome = archive().submit(f"{page}?a=1&utm_source=x#top")

    assert (outcome.state, outcome.job, outcome.copy) == (ArchiveState.SUBMITTED, JOB, None)
    assert machine.paths() == ["/robots.txt", "/save"]
    head, _, body = machine.web.requests[1].partition("\r\n\r\n")
    assert head.startswith("POST /save HTTP/1.1")
    assert "\r\nAuthorization: LOW accesskey0:topsecret0\r\n" in f"{head}\r\n"
    assert "\r\nAccept: application/json\r\n" in f"{head}\r\n"
    assert "\r\nContent-Type: application/x-www-form-urlencoded\r\n" in f"{head}\r\n"
    assert parse_qs(body) == {"url": [f"{page}?a=1"], "skip_first_archive": ["1"]}


def test_the_site_of_the_page_sees_no_key(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.says("/save", TAKEN)
    archive().submit(page)

    assert "Authorization" not in machine.web.requests[0]


def test_three_a_minute(machine: Machine, archive: Callable[..., Archive], page: str, clock: Clock) -> None:
    machine.says("/save", TAKEN)
    polite = archive()
    for _ in range(3):
        polite.submit(page)

    assert clock.waited == [20, 20]
    assert 60 / Wayback().save_pause == 3


@pytest.mark.parametrize("named", ["ficli", "archive.org_bot", "ia_archiver", "*"])
def test_a_site_that_asks_to_be_left_alone(
    machine: Machine, archive: Callable[..., Archive], page: str, named: str
) -> None:
    machine.says("/save", TAKEN)
    machine.web.page("/robots.txt", f"User-agent: {named}\nDisallow: /bank\n")
    outcome = archive().submit(page)

    assert (outcome.state, outcome.again) == (ArchiveState.REFUSED, False)
    assert "robots.txt" in outcome.said
    assert "/save" not in machine.paths()
    assert archive().submit(page.replace("/bank", "/other")).state is ArchiveState.SUBMITTED


def test_a_site_that_asks_others_to_stay_away(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.says("/save", TAKEN)
    machine.web.page("/robots.txt", "User-agent: SomeBot\nDisallow: /\n")

    assert archive().submit(page).state is ArchiveState.SUBMITTED


def test_a_site_that_does_not_answer(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.web.answers["/robots.txt"] = b"no HTTP"
    outcome = archive().submit(page)

    assert (outcome.state, outcome.again) == (ArchiveState.REFUSED, True)
    assert "/save" not in machine.paths()


def test_a_name_that_leads_inside(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    inside = archive(resolve=lambda host, _port: ["10.0.0.1" if host == "news.example.org" else "127.0.0.1"])
    outcome = inside.submit(page)

    assert (outcome.state, outcome.again) == (ArchiveState.NOT_ARCHIVABLE, False)
    assert machine.web.requests == []


@pytest.mark.parametrize(
    "answer",
    [
        answered(b"<html>Save Page Now</html>"),
        answered(b"<html>", "502 Bad Gateway"),
        answered(TAKEN, "500 Broken"),
        answered([]),
        answered({}),
        answered({"url": PAGE, "job_id": None}),
        answered({"url": PAGE, "job_id": ""}),
        answered({"url": PAGE, "job_id": ["x"]}),
        answered({"url": PAGE, "job_id": "../../../evil"}),
        answered({"url": PAGE, "job_id": "a\x1b[2J"}),
        answered({"url": PAGE, "job_id": "a" * 101}),
        answered(b"[" * 100_000),
        answered(b" " * 2 * 1024 * 1024),
        b"no HTTP",
    ],
)
def test_an_answer_without_a_job(machine: Machine, archive: Callable[..., Archive], page: str, answer: bytes) -> None:
    machine.says("/save", answer)
    with pytest.raises(FetchError, match="the Wayback Machine"):
        archive().submit(page)


def test_a_page_that_is_refused_at_once(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.says("/save", error("error:too-many-daily-captures", message="This URL has been captured 5 times today"))
    outcome = archive().submit(page)

    assert (outcome.state, outcome.job, outcome.again) == (ArchiveState.RATE_LIMITED, "", True)


@pytest.mark.parametrize("status", ["429 Busy", "503 Busy"])
def test_a_busy_archive(
    machine: Machine, archive: Callable[..., Archive], page: str, clock: Clock, status: str
) -> None:
    machine.says("/save", answered({}, status, "Retry-After: 300"))
    outcome = archive().submit(page)

    assert (outcome.state, outcome.job, outcome.retry_after) == (ArchiveState.RATE_LIMITED, "", 300)
    assert clock.waited == []


def test_what_is_never_handed_in(machine: Machine, archive: Callable[..., Archive]) -> None:
    for url in ("ftp://news.example.org/", "https://10.0.0.1/", f"https://web.archive.org/web/2020/{PAGE}"):
        assert archive().submit(url).state is ArchiveState.NOT_ARCHIVABLE
        assert archive().look_up(url, None).state is ArchiveState.NOT_ARCHIVABLE
        assert archive().follow(url, JOB).state is ArchiveState.NOT_ARCHIVABLE
    assert machine.web.requests == []


# --- following ---------------------------------------------------------------------------------------------


def test_a_page_is_saved(machine: Machine, archive: Callable[..., Archive], page: str, clock: Clock) -> None:
    machine.says(STATUS, PENDING, PENDING, success(page))
    outcome = archive().follow(page, JOB)

    assert (outcome.state, outcome.job) == (ArchiveState.SAVED, "")
    assert outcome.copy is not None
    assert outcome.copy.field == {
        "url": f"https://web.archive.org/web/20261123081500/{page}",
        "captured": "2026-11-23",
    }
    assert clock.waited == [5, 5]
    assert all("\r\nAuthorization: LOW accesskey0:topsecret0" in request for request in machine.web.requests)


@pytest.mark.parametrize(("seconds", "asked"), [(0, 1), (4, 1), (5, 2), (12, 3), (120, 25)])
def test_waiting_has_an_end_and_can_be_taken_up_again(
    machine: Machine, archive: Callable[..., Archive], page: str, clock: Clock, seconds: float, asked: int
) -> None:
    machine.says(STATUS, PENDING)
    outcome = archive().follow(page, JOB, seconds=seconds)

    assert (outcome.state, outcome.job, outcome.copy) == (ArchiveState.SUBMITTED, JOB, None)
    assert len(machine.web.requests) == asked
    assert clock.now <= seconds

    machine.says(STATUS, success(page))
    assert archive().follow(page, outcome.job, seconds=0).state is ArchiveState.SAVED  # in another run


def test_a_slow_answer_is_waited_for_once(
    machine: Machine, archive: Callable[..., Archive], page: str, clock: Clock
) -> None:
    def slow() -> Iterator[bytes]:
        clock.now += 50
        yield answered(PENDING)

    machine.web.answers[STATUS] = slow
    outcome = archive().follow(page, JOB, seconds=40)

    assert (outcome.state, len(machine.web.requests)) == (ArchiveState.SUBMITTED, 1)


@pytest.mark.parametrize("retry_after", [30, 3600])
def test_an_archive_that_is_busy_keeps_the_job(
    machine: Machine, archive: Callable[..., Archive], page: str, clock: Clock, retry_after: int
) -> None:
    machine.says(STATUS, answered({}, "429 Busy", f"Retry-After: {retry_after}"))
    outcome = archive().follow(page, JOB, seconds=20)

    assert (outcome.state, outcome.job, outcome.retry_after) == (ArchiveState.RATE_LIMITED, JOB, retry_after)
    assert clock.now <= 20


@pytest.mark.parametrize(
    ("stamp", "state"),
    [
        ("20261124003000", ArchiveState.SAVED),
        ("20261122235959", ArchiveState.SAVED),
        ("20261121235959", ArchiveState.ALREADY_ARCHIVED),
        ("20200101000000", ArchiveState.ALREADY_ARCHIVED),
    ],
)
def test_an_older_copy_is_told_from_a_new_one(
    machine: Machine, archive: Callable[..., Archive], page: str, stamp: str, state: ArchiveState
) -> None:
    machine.says(STATUS, success(page, timestamp=stamp))
    outcome = archive().follow(page, JOB)

    assert outcome.state is state
    assert outcome.copy is not None


@pytest.mark.parametrize(
    "original",
    ["https://news.example.org/", "https://evil.example.net/bank", None, 7, "", "javascript:x", f"{PAGE}\x1b[2J"],
)
def test_a_copy_of_another_page_does_not_count(
    machine: Machine, archive: Callable[..., Archive], page: str, original: object
) -> None:
    machine.says(STATUS, success(page, original_url=original))
    outcome = archive().follow(page, JOB)

    assert (outcome.state, outcome.copy) == (ArchiveState.REFUSED, None)
    assert "another page" in outcome.said
    assert "\x1b" not in outcome.said


def test_a_copy_is_of_the_page_however_it_is_written(
    machine: Machine, archive: Callable[..., Archive], page: str
) -> None:
    machine.says(STATUS, success(page, original_url=f"{page.replace('news.', 'www.news.')}/?utm_source=x#top"))
    copy = archive().follow(page, JOB).copy

    assert copy is not None
    assert copy.url.endswith("/bank/?utm_source=x")


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        {"status": "success"},
        {"status": "done", "job_id": JOB},
        {"status": None},
        {"status": ["pending"]},
        PENDING | {"job_id": "spn2-other"},
        SUCCESS | {"job_id": None},
        SUCCESS | {"timestamp": "00000000000000"},
        SUCCESS | {"timestamp": "20270101000000"},
        SUCCESS | {"timestamp": 20261123081500},
        SUCCESS | {"timestamp": None},
        b"<html>",
        b"",
    ],
)
def test_an_answer_that_says_nothing(
    machine: Machine, archive: Callable[..., Archive], page: str, answer: object
) -> None:
    machine.says(STATUS, answered(answer))
    with pytest.raises(FetchError, match="the Wayback Machine"):
        archive().follow(page, JOB)


def test_a_success_with_a_bad_status_is_none(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.says(STATUS, success(page), status="500 Broken")
    with pytest.raises(FetchError, match="HTTP 500"):
        archive().follow(page, JOB)


def test_a_job_that_fails(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.says(STATUS, PENDING, error("error:no-access", message="no", job_id=JOB))
    outcome = archive().follow(page, JOB)

    assert (outcome.state, outcome.job, outcome.copy, outcome.again) == (ArchiveState.REFUSED, "", None, False)
    assert outcome.said == "the site does not let the Wayback Machine in (`error:no-access`)"


@pytest.mark.parametrize("status", ["400 Bad", "500 Broken"])
def test_a_failure_may_come_with_another_status(
    machine: Machine, archive: Callable[..., Archive], page: str, status: str
) -> None:
    machine.says("/save", error("error:blocked-url"), status=status)
    machine.says(STATUS, error("error:blocked-url"), status=status)

    assert archive().submit(page).state is ArchiveState.NOT_ARCHIVABLE
    assert archive().follow(page, JOB).state is ArchiveState.NOT_ARCHIVABLE


def test_a_job_that_is_forgotten(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    assert archive().follow(page, JOB).state is ArchiveState.NONE
    assert machine.paths() == [STATUS]


@pytest.mark.parametrize("job", ["", "../user", "a b", "x\r\nHost: evil", "a" * 101, "spn2/x"])
def test_what_is_no_job_is_not_asked_for(
    machine: Machine, archive: Callable[..., Archive], page: str, job: str
) -> None:
    assert archive().follow(page, job).state is ArchiveState.NONE
    assert machine.web.requests == []


def test_ctrl_c_is_heard(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    machine.says(STATUS, PENDING)
    with pytest.raises(KeyboardInterrupt):
        archive(sleep=interrupted).follow(page, JOB)


# --- the keys ----------------------------------------------------------------------------------------------


def test_without_keys_nothing_is_saved(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    for ask in both(archive(keys=None), page):
        with pytest.raises(UsageError) as caught:
            ask()
        assert "FICLI_WAYBACK_KEY" in caught.value.message
        assert "archive.org/account/s3.php" in caught.value.hint
    assert machine.web.requests == []


def test_keys_that_the_archive_does_not_know(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    machine.says("/save", answered({"message": "You need to be logged in"}, "401 Unauthorized"))
    with pytest.raises(KeysRefusedError) as caught:
        archive().submit(page)

    assert "topsecret0" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["https://evil.example.net/save", "/elsewhere", "http://archive.example.org/save"])
def test_a_redirect_takes_no_key_along(
    machine: Machine,
    make_web: Callable[[], Any],
    archive: Callable[..., Archive],
    page: str,
    code: int,
    target: str,
) -> None:
    evil = make_web()
    target = target.replace("https://evil.example.net", evil.url("", "evil.example.net"))
    machine.says("/save", answered(b"", f"{code} Moved", f"Location: {target}"))
    machine.says(STATUS, answered(b"", f"{code} Moved", f"Location: {target}"))
    for ask in both(archive(), page):
        with pytest.raises(FetchError) as caught:
            ask()
        assert caught.value.reason is Reason.REDIRECTS

    assert evil.requests == []
    assert machine.paths() == ["/robots.txt", "/save", STATUS]


FAILURES = {
    "no HTTP": b"no HTTP",
    "breaks off": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
    "redirect": answered(b"", "302 Found", "Location: https://evil.example.net/"),
    "too large": answered(b" " * 2 * 1024 * 1024),
    "no JSON": answered(b"<html>"),
    "unauthorized": answered({}, "401 Unauthorized"),
    "echo": answered({"status": "pending", "job_id": "other"}),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_no_error_holds_the_secret(
    machine: Machine, archive: Callable[..., Archive], page: str, caplog: pytest.LogCaptureFixture, failure: str
) -> None:
    caplog.set_level(logging.DEBUG)
    machine.says("/save", FAILURES[failure])
    machine.says(STATUS, FAILURES[failure])
    waiting = archive()
    for ask in both(waiting, page):
        try:
            outcome: ArchiveOutcome | None = ask()
        except FicliError as error:
            assert_secret_is_nowhere(error)
        else:
            assert "topsecret0" not in repr(outcome)
    assert "topsecret0" not in caplog.text
    assert "topsecret0" not in repr([KEYS, replace(KEYS), waiting, vars(waiting)]) + str(KEYS)


def assert_secret_is_nowhere(error: BaseException) -> None:
    """Check that a secret is in no text, and in no variable that a tool would show with a traceback."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    frames = [frame for frame in shown.stack if "/tests/" not in frame.filename]
    assert frames
    assert "topsecret0" not in "".join(traceback.format_exception(error)) + repr([frame.locals for frame in frames])
    assert error.__cause__ is None
    assert error.__context__ is None


def test_an_answer_that_repeats_the_request(machine: Machine, archive: Callable[..., Archive], page: str) -> None:
    said = error("error:new", message="you sent `LOW accesskey0:topsecret0`")
    machine.says("/save", said)
    machine.says(STATUS, said)
    for ask in both(archive(), page):
        outcome = ask()
        assert outcome.state is ArchiveState.REFUSED
        assert "topsecret0" not in outcome.said
        assert "accesskey0:..." in outcome.said
