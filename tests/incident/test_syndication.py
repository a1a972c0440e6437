"""Which sources print one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.incident.syndication import AGENCIES, same_texts, title_text
from ficli.prose.similarity import normal_form

TITLE = "Chatbot of an airline invents a refund policy, and the airline has to pay for it"


def source(title: str, publisher: str = "", kind: str = "press", authors: object = None) -> dict[str, object]:
    """Make a source of what tells copies apart."""
    return {"title": title, "publisher": publisher, "kind": kind, "authors": authors}


def are_one(one: dict[str, object], other: dict[str, object]) -> bool:
    """Return whether two sources are found to print one text."""
    first, second = same_texts([title_text(each, "example.org", agency=False) for each in (one, other)])
    return first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (source(TITLE), source(TITLE)),
        (source(TITLE, "The Example"), source(TITLE, "Example Times")),
        (source(TITLE), source(TITLE.upper().replace(",", ""))),
        (source(TITLE), source(f"{TITLE} - The Example", "The Example")),
        (source(f"{TITLE} | Example Times", "Example Times"), source(f"{TITLE} — example.org")),
        (source(TITLE), source(TITLE, kind="primary")),
        (source("Moffatt v. Air Canada", kind="court-filing"), source("Moffatt v Air Canada", kind="court-filing")),
        (
            source("航空会社のチャットボットが誤った案内"),
            source("航空会社のチャットボットが誤った案内", kind="primary"),
        ),
        (source(TITLE, "Reuters"), source(TITLE.replace("invents", "concocts"))),
        (source(TITLE.replace("invents", "concocts")), source(TITLE, authors=["The Associated Press"])),
    ],
)
def test_copies(one: dict[str, object], other: dict[str, object]) -> None:
    assert are_one(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (source(""), source("")),
        (source("!"), source("!")),
        (source(TITLE), source(TITLE.replace("airline", "bank"))),
        (source(TITLE), source(TITLE.replace("invents", "concocts"))),
        (source("Moffatt v. Air Canada", kind="court-filing"), source("Moffatt v. Air Canada", kind="press")),
        (source(f"{TITLE} - a story"), source(TITLE)),
        (source("Airline pays", "Reuters"), source("Airline has to pay", "Reuters")),
        (source("Reuters", "Reuters"), source("Reuters report", "Reuters")),
    ],
)
def test_no_copies(one: dict[str, object], other: dict[str, object]) -> None:
    assert not are_one(one, other)


def test_a_copy_of_a_copy_is_a_copy() -> None:
    titles = [TITLE.replace("invents", "concocts"), TITLE, TITLE.replace("pay", "answer"), "Another text"]
    texts = [title_text(source(title), "example.org", agency=number == 1) for number, title in enumerate(titles)]
    assert same_texts(texts) == [0, 0, 0, 3]


@given(
    st.dictionaries(st.sampled_from(["title", "publisher", "kind", "authors"]), st.none() | st.integers() | st.text())
)
def test_a_broken_source_is_read(broken: dict[str, object]) -> None:
    assert same_texts([title_text(broken, "", agency=False)]) == [0]


def test_agencies_are_listed_as_they_are_compared() -> None:
    assert {normal_form(name).removeprefix("the ") for name in AGENCIES} == AGENCIES
