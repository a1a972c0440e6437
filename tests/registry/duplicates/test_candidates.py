"""The records most like one that is not in the registry yet."""

from __future__ import annotations

from typing import Any

from ficli.registry.duplicates import candidates
from ficli.registry.index_entry import IndexEntry


def entry(path: str, title: str, **facts: Any) -> IndexEntry:  # noqa: ANN401 - any fact
    return IndexEntry(path=path, id="", slug=path, status=facts.pop("status", "published"), title=title, **facts)


RECORDS = [
    entry("a", "Chatbot of Example Bank promises refunds", organizations=("Example Bank",), incident_date="2025-05-08"),
    entry("b", "Camera takes shoppers for thieves", sources=("p",)),
    entry("c", "Grader of Example School fails pupils", status="removed"),
    entry("d", "Score of Example Bank refuses applicants", organizations=("Example Bank",), incident_date="2019"),
]


def paths(probe: IndexEntry, **how: int) -> list[str]:
    return [found.other.path for found in candidates(probe, RECORDS, **how)]


def test_the_most_alike_come_first_and_what_is_hardly_alike_is_left_out() -> None:
    probe = entry(
        "", "Example Bank chatbot promises refunds", organizations=("Example Bank",), incident_date="2025-05-09"
    )

    assert paths(probe) == ["a"]


def test_a_title_that_is_alike_is_enough_to_be_shown() -> None:
    record = entry("k", "Klarna reintroduces human agents after customer service quality declines")
    others = [entry(str(number), f"Camera {number} takes shoppers for thieves") for number in range(9)]

    (found,) = candidates(entry("", "Klarna brings back human agents"), [record, *others])
    assert (found.other.path, found.likely) == ("k", False)


def test_a_page_alone_is_enough_to_be_shown() -> None:
    assert paths(entry("", "", sources=("p",))) == ["b"]


def test_a_tombstone_is_shown_too() -> None:
    assert paths(entry("", "Grader of Example School fails pupils")) == ["c"]


def test_no_record_is_like_itself() -> None:
    assert paths(RECORDS[1]) == []


def test_no_more_than_are_asked_for() -> None:
    assert len(candidates(entry("", "x", sources=("p",)), [RECORDS[1]] * 5, most=2)) == 2
