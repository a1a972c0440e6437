"""What the archive says when it makes no copy: each code that its documentation lists, and any other."""

from __future__ import annotations

import pytest

from ficli.web.archives.save import REFUSALS, refused
from ficli.web.archives.states import ArchiveState

DOCUMENTED = """
bad-gateway bad-request bandwidth-limit-exceeded blocked blocked-client-ip blocked-url browsing-timeout
capture-location-error cannot-fetch celery filesize-limit ftp-access-denied gateway-timeout http-version-not-supported
internal-server-error invalid-url-syntax invalid-server-response invalid-host-resolution job-failed method-not-allowed
not-implemented no-browsers-available network-authentication-required no-access not-found proxy-error protocol-error
read-timeout soft-time-limit-exceeded service-unavailable too-many-daily-captures too-many-redirects too-many-requests
user-session-limit unauthorized max-daily-bandwidth max-daily-bandwidth-from-ip max-daily-bandwidth-host
""".split()


def test_each_documented_code_has_its_meaning() -> None:
    assert sorted(REFUSALS) == sorted(DOCUMENTED)


@pytest.mark.parametrize("code", DOCUMENTED)
def test_a_meaning_is_a_state_without_a_copy_and_a_sentence(code: str) -> None:
    outcome = refused(f"error:{code}", "whatever it says")

    assert outcome.state in {ArchiveState.RATE_LIMITED, ArchiveState.REFUSED, ArchiveState.NOT_ARCHIVABLE}
    assert (outcome.copy, outcome.job) == (None, "")
    assert outcome.said.endswith(f" (`error:{code}`)")
    assert outcome.said[0].islower()
    assert outcome.again is (outcome.state is ArchiveState.RATE_LIMITED) or outcome.state is ArchiveState.REFUSED


@pytest.mark.parametrize(
    ("code", "state", "again"),
    [
        ("blocked-url", ArchiveState.NOT_ARCHIVABLE, False),
        ("not-found", ArchiveState.REFUSED, False),
        ("soft-time-limit-exceeded", ArchiveState.REFUSED, True),
        ("user-session-limit", ArchiveState.RATE_LIMITED, True),
    ],
)
def test_some_codes(code: str, state: ArchiveState, *, again: bool) -> None:
    assert refused(f"error:{code}", None).state is state
    assert refused(f"error:{code}", None).again is again


def test_a_code_that_is_not_known_is_told_harmlessly() -> None:
    outcome = refused("error:new\x1b[2J", "Something ``new``\n::error::happened")

    assert (outcome.state, outcome.again) == (ArchiveState.REFUSED, True)
    assert outcome.said.startswith("the Wayback Machine made no copy: `error:new\\x1b[2J`, `Something ''new''")
    assert "\n" not in outcome.said
    assert "\x1b" not in outcome.said


@pytest.mark.parametrize("code", [None, 7, "", [], {"a": 1}])
def test_what_is_no_code(code: object) -> None:
    assert refused(code, {"no": "text"}).said == "the Wayback Machine made no copy"
