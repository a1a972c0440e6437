"""The history of an address over several days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ficli.web.links.history import LinkHistory, crowded, settled
from ficli.web.links.verdicts import BROKEN, AnswerResult, Verdict

URL = "https://news.example.org/story"
FIRST = date(2026, 11, 1)
GONE = AnswerResult(Verdict.SUSPECT, "HTTP 404", seems_gone=True)
THERE = AnswerResult(Verdict.OK)
BLOCKED = AnswerResult(Verdict.BLOCKED, "HTTP 403")


def course(*answers: tuple[int, AnswerResult]) -> LinkHistory:
    """Return what is known after answers on some days, counted from the first."""
    seen: LinkHistory | None = None
    for day, result in answers:
        seen = settled(URL, result, seen, FIRST + timedelta(days=day))
    assert seen is not None
    return seen


def test_a_page_is_dead_when_it_was_gone_twice_three_days_apart() -> None:
    assert course((0, GONE)).verdict is Verdict.SUSPECT
    assert course((0, GONE), (0, GONE), (2, GONE)).verdict is Verdict.SUSPECT
    assert course((0, GONE), (3, GONE)).verdict is Verdict.DEAD
    assert course((0, GONE), (1, BLOCKED), (4, GONE)).verdict is Verdict.DEAD
    assert course((0, GONE), (3, GONE)).verdict in BROKEN


def test_a_page_that_was_there_in_between_is_suspect_again() -> None:
    seen = course((0, GONE), (1, THERE), (4, GONE))

    assert seen.verdict is Verdict.SUSPECT
    assert (seen.failing_since, seen.last_there) == (date(2026, 11, 5), date(2026, 11, 2))


def test_what_only_looks_odd_is_never_dead() -> None:
    odd = AnswerResult(Verdict.SUSPECT, "the title is `Not found`")

    assert course((0, odd), (30, odd)).verdict is Verdict.SUSPECT


def test_a_dead_page_can_come_back() -> None:
    seen = course((0, GONE), (3, GONE), (40, THERE))

    assert (seen.verdict, seen.failing_since, seen.gone_since) == (Verdict.OK, None, None)
    assert seen.last_there == date(2026, 12, 11)


def test_what_is_not_there_is_remembered_from_its_first_day() -> None:
    seen = course((0, THERE), (5, BLOCKED), (9, GONE))

    assert (seen.failing_since, seen.gone_since, seen.last_there) == (date(2026, 11, 6), date(2026, 11, 10), FIRST)


@pytest.mark.parametrize(
    ("answers", "day"),
    [
        ([(0, THERE)], 30),
        ([(0, BLOCKED)], 30),
        ([(0, GONE)], 3),
        ([(0, GONE), (2, GONE)], 3),
        ([(0, GONE), (3, GONE)], 33),
        ([(0, AnswerResult(Verdict.TIMEOUT))], 1),
        ([(0, AnswerResult(Verdict.SERVER_ERROR))], 1),
        ([(0, AnswerResult(Verdict.SUSPECT))], 3),
        ([(0, AnswerResult(Verdict.BLOCKED, retry_after=90))], 1),
        ([(0, AnswerResult(Verdict.BLOCKED, retry_after=3 * 86400))], 3),
        ([(0, AnswerResult(Verdict.BLOCKED, retry_after=1e12))], 30),
    ],
)
def test_when_an_address_is_asked_again(answers: list[tuple[int, AnswerResult]], day: int) -> None:
    assert course(*answers).next_check == FIRST + timedelta(days=day)


def moved(url: str, target: str, *, recognized: bool = False) -> LinkHistory:
    result = AnswerResult(Verdict.REDIRECTED, final_url=target, is_recognized=recognized)
    return settled(url, result, None, FIRST)


def test_several_addresses_that_lead_to_one_page_are_told() -> None:
    news, other = "https://news.example.org/news", "https://news.example.org/other"
    seen = [moved("a", news), moved("b", news), moved("c", other), moved("d", news, recognized=True)]

    assert crowded(seen) == {"a", "b"}
    assert crowded(seen[:1]) == frozenset()
