"""Which records of a registry seem to tell one event, and that finding them stays near-linear."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.registry.duplicates import Comparison, FeatureKind, Resemblance
from ficli.registry.index_entry import IndexEntry

WORDS = "bank chatbot refund camera school grader promises fails pupils shoppers leaks deletes 2025".split()


def entry(number: int, **facts: Any) -> IndexEntry:  # noqa: ANN401 - any fact
    given = {"id": f"FI-{number:04}", "slug": f"s-{number}", "status": "published", "title": f"T{number}", **facts}
    return IndexEntry(path=f"incidents/FI-{number:04}.yaml", **given)


def told(*entries: IndexEntry) -> list[tuple[str, str]]:
    return [(found.one.path[-9:-5], found.other.path[-9:-5]) for found in Resemblance(entries).duplicates]


SAME = {"sources": ("p",), "organizations": ("Example Bank",), "incident_date": "2025-05-08"}


def test_the_later_record_is_told_of_the_one_before_it() -> None:
    assert told(entry(10_000, **SAME), entry(2, **SAME)) == [("0000", "0002")]


def test_a_draft_gives_way() -> None:
    draft = entry(1, id="", status="draft", **SAME)

    assert told(draft, entry(2, **SAME)) == [("0001", "0002")]


def test_each_is_told_once_of_the_one_most_like_it() -> None:
    like = {**SAME, "quote": "q"}

    assert told(entry(1, **SAME), entry(2, **like), entry(3, **like)) == [("0002", "0001"), ("0003", "0002")]


@pytest.mark.parametrize(
    "facts",
    [
        {"related": ("FI-0001",)},
        {"status": "merged"},
        {"slug": "s-1"},
        {"id": "FI-0001"},
        {"aliases": ("AIID:8",)},
        {"aliases": ("OECD:1", "AIID:7")},
    ],
    ids=str,
)
def test_what_is_settled_is_not_told(facts: dict[str, Any]) -> None:
    assert told(entry(1, **SAME, aliases=("AIID:7",)), entry(2, **{**SAME, **facts})) == []


def test_a_relation_counts_whoever_names_it() -> None:
    assert told(entry(1, **SAME, related=("FI-0002",)), entry(2, **SAME)) == []


def test_a_database_that_gathers_news_by_machine_settles_nothing() -> None:
    assert told(entry(1, **SAME, aliases=("OECD:1",)), entry(2, **SAME, aliases=("OECD:2",))) == [("0002", "0001")]


@pytest.mark.parametrize("field", ["sources", "quote", "organizations", "title"])
def test_many_with_one_thing_in_common_are_not_all_compared(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"sources": ("p",), "quote": "q", "organizations": ("A",), "title": "Chatbot promises refunds to pupils"}
    entries = [
        entry(number, **{"title": f"T{number}", "incident_date": "2025-05-08", field: facts[field]})
        for number in range(1, 2001)
    ]
    compared = 0
    compare = Comparison.compare

    def counting(self: Comparison, one: IndexEntry, other: IndexEntry) -> object:
        nonlocal compared
        compared += 1
        return compare(self, one, other)

    monkeypatch.setattr(Comparison, "compare", counting)
    found = Resemblance(entries).duplicates

    assert compared < 20 * len(entries)
    assert len(found) == (len(entries) - 1 if field in {"title", "quote"} else 0)


def test_the_same_words_are_found_however_many_titles_share_the_rarest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.registry.duplicates.pairs._NEIGHBOURS", 1)
    # Nine sorts of machine, eight firms, seven matters and six towns: the first three are the rarest words of a title.
    counts = {"machine": 9, "firm": 8, "matter": 7, "town": 6}
    kinds = [[f"{name}{chr(97 + number)}" for number in range(count)] for name, count in counts.items()]
    titles = [" ".join(some) for some in product(*kinds)]
    entries = [entry(number, title=title) for number, title in enumerate(titles)]

    again = entry(9000, title=" ".join(reversed(titles[1502].split())))
    assert told(*entries, again) == [("9000", "1502")]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "title": st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
                "incident_date": st.sampled_from(["2025-05-08", "2025-05-10", "2025-05", "2025", "", "x"]),
                "organizations": st.lists(st.sampled_from(["Example Bank", "example bank", "A", ""]), max_size=2).map(
                    tuple
                ),
                "sources": st.lists(st.sampled_from(["p", "q", ""]), max_size=2).map(tuple),
                "quote": st.sampled_from(["", "", "q"]),
                "status": st.sampled_from(["published", "published", "draft", "removed"]),
            }
        ),
        max_size=7,
    )
)
def test_what_is_found_is_what_comparing_all_finds(facts: list[dict[str, Any]]) -> None:
    entries = [entry(number, **some) for number, some in enumerate(facts)]
    live = [item for item in entries if not item.is_tombstone]
    comparison = Comparison(live)
    later = {item.path: (item.is_draft, item.id) for item in live}
    every = [comparison.compare(one, two) for one in live for two in live if later[one.path] > later[two.path]]
    likely = [found for found in every if found is not None and found.likely]
    # Titles alone are found by their rarest words, which may miss one; everything else is always found.
    sure = [found for found in likely if {sign.kind for sign in found.signs} & {FeatureKind.PAGE, FeatureKind.QUOTE}]
    sure += [
        found for found in likely if {sign.kind for sign in found.signs} >= {FeatureKind.ORGANIZATION, FeatureKind.DATE}
    ]

    found = Resemblance(entries).duplicates

    assert {(item.one, item.other) for item in found} <= {(item.one, item.other) for item in likely}
    assert {item.one.path for item in sure} <= {item.one.path for item in found}
