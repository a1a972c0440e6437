"""Which copy is chosen, and what is made of an index that answers anything."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from tests.wayback import PAGE, Machine, answered

from ficli.dates import PartialDate
from ficli.urls.identity import match_key
from ficli.web.archives.service import Wayback
from ficli.web.archives.states import ArchiveState
from ficli.web.fetch.errors import FetchError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clock import Clock

    from ficli.web.archives.archive import Archive

COLUMNS = ["timestamp", "original", "statuscode"]


def day(text: str) -> PartialDate:
    found = PartialDate.parse(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("near", "stamp", "early"),
    [
        ("2025-05-09", "20250510081500", False),
        ("2025-05-10", "20250510081500", False),
        ("2025-05-11", "20250601000000", False),
        ("2025-05", "20250510081500", False),
        ("2025", "20250510081500", False),
        ("2026", "20250601000000", True),
        ("1990", "20200101000000", False),
        ("0001-01-01", "20200101000000", False),
        ("9999-12-31", "20250601000000", True),
        (None, "20200101000000", False),
    ],
)
def test_the_first_copy_since_publication_else_the_last_before(
    machine: Machine, archive: Callable[..., Archive], near: str | None, stamp: str, *, early: bool
) -> None:
    machine.copies = [(time, PAGE, "200") for time in ("20200101000000", "20250510081500", "20250601000000")]
    outcome = archive().look_up(PAGE, day(near) if near else None)

    assert outcome.state is ArchiveState.ALREADY_ARCHIVED
    assert outcome.copy is not None
    assert outcome.copy.early is early
    assert outcome.copy.field == {
        "url": f"https://web.archive.org/web/{stamp}/{PAGE}",
        "captured": f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}",
    }


def test_a_day_begins_in_the_east(machine: Machine, archive: Callable[..., Archive]) -> None:
    machine.copies = [(time, PAGE, "200") for time in ("20250508095959", "20250508100000", "20250512000000")]
    outcome = archive().look_up(PAGE, day("2025-05-09"))

    assert outcome.copy is not None
    assert (outcome.copy.captured, outcome.copy.early) == ("2025-05-08", False)


def test_what_the_index_is_asked(machine: Machine, archive: Callable[..., Archive]) -> None:
    outcome = archive().look_up("https://news.example.org/bank*?b=1&a=2%20x&utm_source=y#top", day("2025-05-09"))

    assert outcome.state is ArchiveState.NONE
    assert machine.asked == [
        {
            "url": "https://news.example.org/bank*?b=1&a=2%20x",
            "matchType": "exact",
            "output": "json",
            "fl": "timestamp,original,statuscode",
            "filter": "statuscode:200",
            "limit": limit,
            bound: "20250508100000",
        }
        for limit, bound in (("100", "from"), ("-100", "to"))
    ]
    assert machine.paths() == ["/cdx/search/cdx"] * 2  # and the site of the page is not asked


def test_a_page_without_copies(machine: Machine, archive: Callable[..., Archive]) -> None:
    outcome = archive().look_up(PAGE, None)

    assert (outcome.state, outcome.copy, outcome.again) == (ArchiveState.NONE, None, True)
    assert len(machine.asked) == 1


@pytest.mark.parametrize(
    "original",
    ["http://www.news.example.org:80/bank/", f"{PAGE}?utm_source=x&fbclid=y", "https://NEWS.example.org/b%61nk"],
)
def test_other_spellings_are_the_same_page(machine: Machine, archive: Callable[..., Archive], original: str) -> None:
    machine.copies = [("20250510081500", original, "200")]
    copy = archive().look_up(PAGE, None).copy

    assert copy is not None
    assert copy.url == f"https://web.archive.org/web/20250510081500/{original}"
    assert match_key(copy.url) == match_key(PAGE)  # as the rule `archive-mismatch` has it


@pytest.mark.parametrize(
    "row",
    [
        ("00000000000000", PAGE, "200"),
        ("20250231000000", PAGE, "200"),
        ("19950101000000", PAGE, "200"),
        ("20261125000000", PAGE, "200"),
        ("99990101000000", PAGE, "200"),
        ("2025051008150", PAGE, "200"),
        ("20250510081500/../x", PAGE, "200"),
        ("２０２５０５１００８１５００", PAGE, "200"),
        ("", PAGE, "200"),
        ("20250510081500", PAGE, "301"),
        ("20250510081500", PAGE, "-"),
        ("20250510081500", "https://news.example.org/other", "200"),
        ("20250510081500", "https://evil.example.net/bank", "200"),
        ("20250510081500", f"{PAGE}\x1b[2J", "200"),
        ("20250510081500", f"{PAGE}\n::error::x", "200"),
        ("20250510081500", "https://user:password@news.example.org/bank", "200"),
        ("20250510081500", f"https://web.archive.org/web/2020/{PAGE}", "200"),
        ("20250510081500", "javascript:alert(1)", "200"),
        ("20250510081500", "", "200"),
        ("20250510081500", f"{PAGE}?utm_source={'x' * 2000}", "200"),
    ],
)
def test_a_copy_that_cannot_be_one_is_passed_over(
    machine: Machine, archive: Callable[..., Archive], row: tuple[str, str, str]
) -> None:
    machine.says("/cdx", [COLUMNS, row])
    assert archive().look_up(PAGE, None).state is ArchiveState.NONE

    machine.says("/cdx", [COLUMNS, row, ("20250601000000", PAGE, "200")])
    copy = archive().look_up(PAGE, None).copy
    assert copy is not None
    assert copy.captured == "2025-06-01"


def test_the_order_of_an_answer_is_not_trusted(machine: Machine, archive: Callable[..., Archive]) -> None:
    stamps = ("20250601000000", "20250510081500", "20240101000000", "20250701000000")
    machine.says("/cdx", [COLUMNS, *((stamp, PAGE, "200") for stamp in stamps)])
    copy = archive().look_up(PAGE, day("2025-05-09")).copy

    assert copy is not None
    assert copy.captured == "2025-05-10"


def test_tomorrow_may_have_begun_elsewhere(machine: Machine, archive: Callable[..., Archive]) -> None:
    machine.copies = [("20261124010000", PAGE, "200")]

    assert archive().look_up(PAGE, None).state is ArchiveState.ALREADY_ARCHIVED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Temporarily offline</html>",
        b"null",
        b"{}",
        b'"x"',
        b"[1]",
        b"[[]]",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[" + b"9" * 10_000 + b"]",
        json.dumps([["timestamp", "original"], ["20250510081500", PAGE]]).encode(),
        json.dumps([["original", "timestamp", "statuscode"], [PAGE, "20250510081500", "200"]]).encode(),
        json.dumps([COLUMNS, ["20250510081500", PAGE]]).encode(),
        json.dumps([COLUMNS, [20250510081500, PAGE, 200]]).encode(),
        json.dumps([COLUMNS, {"timestamp": "20250510081500"}]).encode(),
    ],
)
def test_an_answer_that_is_none_is_not_taken_for_no_copy(
    machine: Machine, archive: Callable[..., Archive], body: bytes
) -> None:
    machine.says("/cdx", body if body.startswith(b"HTTP") else answered(body))
    with pytest.raises(FetchError) as caught:
        archive().look_up(PAGE, None)

    assert caught.value.reason is Reason.SERVER
    assert "the Wayback Machine" in caught.value.message


@pytest.mark.parametrize("status", ["400 Bad", "403 Forbidden", "404 Not Found", "500 Broken", "504 Late"])
@pytest.mark.parametrize("body", [b"[]", b"<html>"])
def test_a_failure_is_not_taken_for_no_copy(
    machine: Machine, archive: Callable[..., Archive], status: str, body: bytes
) -> None:
    machine.says("/cdx", answered(body, status))
    with pytest.raises(FetchError, match=f"HTTP {status[:3]}"):
        archive().look_up(PAGE, None)


def test_a_site_that_the_archive_does_not_show(machine: Machine, archive: Callable[..., Archive]) -> None:
    said = b"org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
    machine.says("/cdx", answered(said, "403 Forbidden"))

    assert archive().look_up(PAGE, None).state is ArchiveState.NOT_ARCHIVABLE


@pytest.mark.parametrize("packed", [False, True])
def test_a_flood_is_cut_off(machine: Machine, archive: Callable[..., Archive], *, packed: bool) -> None:
    flood = b" " * 10 * 1024 * 1024
    body = gzip.compress(flood) if packed else flood
    machine.says("/cdx", answered(body, "200 OK", *(["Content-Encoding: gzip"] if packed else [])))
    with pytest.raises(FetchError) as caught:
        archive().look_up(PAGE, None)

    assert caught.value.reason is Reason.TOO_LARGE


def test_a_drip_is_cut_off(machine: Machine, archive: Callable[..., Archive], clock: Clock) -> None:
    def dripping() -> list[bytes]:
        clock.now += 61
        return [b"HTTP/1.1 200 OK\r\n"]

    machine.web.answers["/cdx"] = dripping
    with pytest.raises(FetchError) as caught:
        archive().look_up(PAGE, None)

    assert caught.value.reason is Reason.TIMEOUT
    assert "60 seconds" in caught.value.message


def test_a_redirect_is_not_followed(machine: Machine, archive: Callable[..., Archive]) -> None:
    machine.says("/cdx", answered(b"", "302 Found", "Location: /elsewhere"))
    with pytest.raises(FetchError) as caught:
        archive().look_up(PAGE, None)

    assert caught.value.reason is Reason.REDIRECTS
    assert machine.paths() == ["/cdx/search/cdx"]


def test_a_short_wait_is_waited_for(machine: Machine, archive: Callable[..., Archive], clock: Clock) -> None:
    busy = answered(b"", "429 Busy", "Retry-After: 30")
    machine.says("/cdx", busy, [COLUMNS, ["20250510081500", PAGE, "200"]])

    assert archive().look_up(PAGE, None).state is ArchiveState.ALREADY_ARCHIVED
    assert clock.waited == [30]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("Retry-After: 3600", 3600), ("X: y", 60), ("Retry-After: soon", 60), ("Retry-After: 5", 5)],
)
@pytest.mark.parametrize("status", ["429 Busy", "503 Busy"])
def test_a_busy_archive_is_left_alone(
    machine: Machine, archive: Callable[..., Archive], clock: Clock, header: str, seconds: float, status: str
) -> None:
    machine.says("/cdx", answered(b"", status, header))
    polite = archive()
    outcome = polite.look_up(PAGE, None)
    asked = len(machine.web.requests)

    assert (outcome.state, outcome.retry_after, outcome.again) == (ArchiveState.RATE_LIMITED, seconds, True)
    assert polite.look_up(PAGE, None).retry_after == seconds  # nothing is sent
    assert len(machine.web.requests) == asked

    clock.now += seconds
    machine.says("/cdx", [])
    assert polite.look_up(PAGE, None).state is ArchiveState.NONE


def test_look_ups_keep_their_pace(archive: Callable[..., Archive], clock: Clock) -> None:
    polite = archive()
    for number in range(3):
        polite.look_up(f"{PAGE}/{number}", None)

    assert clock.waited == [2.5, 2.5]
    assert 60 / Wayback().look_up_pause == 24


def test_an_address_that_is_too_long_to_look_up(machine: Machine, archive: Callable[..., Archive]) -> None:
    outcome = archive().look_up(f"{PAGE}?{'%20' * 650}", None)

    assert outcome.state is ArchiveState.NOT_ARCHIVABLE
    assert machine.web.requests == []


def test_a_long_address_is_looked_up_all_the_same(machine: Machine, archive: Callable[..., Archive]) -> None:
    long = f"{PAGE}/{'a/' * 850}b"
    machine.copies = [("20250510081500", long, "200")]

    assert archive().look_up(long, None).state is ArchiveState.ALREADY_ARCHIVED


def test_looking_up_needs_no_keys(machine: Machine, archive: Callable[..., Archive]) -> None:
    assert archive(keys=None).look_up(PAGE, None).state is ArchiveState.NONE
    assert "Authorization" not in machine.web.requests[0]
