"""Which sources of a record are independent of each other, and why the others are not."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.incident.independence import independence
from ficli.incident.record import Record

A = "https://www.example.org/a"
B = "https://example.com/b"
C = "https://example.net/c"


def record(*urls: object, titles: tuple[str, ...] = (), kinds: tuple[str, ...] = ()) -> Record:
    """Make a record of its sources' addresses; each has a title of its own, and is press, unless one is given."""
    sources = [
        {
            "url": url,
            "title": titles[number] if number < len(titles) else f"What became of number {number} of many robots",
            "kind": kinds[number] if number < len(kinds) else "press",
        }
        for number, url in enumerate(urls)
    ]
    return Record({"sources": sources})


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (A, f"{A}/?utm_source=b", "both are the same page"),
        (A, f"https://web.archive.org/web/2024/{A}", "both are the same page"),
        (A, "https://news.example.org/b", "both are at `example.org`"),
        (A, "https://web.archive.org/web/2024/https://example.org/b", "both are at `example.org`"),
        ("https://www.bbc.co.uk/a", "https://www.bbc.com/b", "both are at `bbc.com`"),
        ("http://192.0.2.1/a", "http://192.0.2.1/b", "both are at `192.0.2.1`"),
        (A, "https://en.wikipedia.org/wiki/B", "`en.wikipedia.org` is an encyclopedia"),
        (
            A,
            "https://web.archive.org/web/2024/https://en.wikipedia.org/wiki/B",
            "`en.wikipedia.org` is an encyclopedia",
        ),
        ("https://www.msn.com/b", A, "`msn.com` is an aggregator"),
        (A, "https://incidentdatabase.ai/cite/6", "`incidentdatabase.ai` is an incident database"),
        (A, "https://oecd.ai/en/incidents/2024-02-14-1a2b", "`oecd.ai` is an incident database"),
        (A, "https://bit.ly/b", "the address at `bit.ly` does not tell of which page it is"),
        (A, "https://archive.ph/AbC12", "the address at `archive.today` does not tell of which page it is"),
        (A, "not an address", "source 2 has no valid address"),
        (None, A, "source 1 has no valid address"),
        (None, None, "source 1 has no valid address"),
    ],
)
def test_dependent_sources(one: object, other: object, reason: str) -> None:
    found = independence(record(one, other))
    assert [(pair.first, pair.second, pair.independent, pair.reason) for pair in found.pairs()] == [
        (0, 1, False, reason)
    ]
    assert len(found.independent) <= 1


def test_a_compilation_by_its_kind() -> None:
    found = independence(record(A, B, kinds=("press", "reference")))
    assert [pair.reason for pair in found.pairs()] == ["source 2 is a `reference`, which compiles others"]


@pytest.mark.parametrize(
    ("titles", "reason"),
    [
        (("The chatbot that said no to all", "The chatbot that said no to all"), "the titles are the same"),
        (("The chatbot that said no to all", "The chatbot that said ‘no’ to all"), "the titles are all but the same"),
    ],
)
def test_a_syndicated_copy(titles: tuple[str, str], reason: str) -> None:
    found = independence(record(A, B, titles=titles))
    assert [pair.reason for pair in found.pairs()] == [f"both are one text: {reason}"]
    assert found.independent == (0,)


def test_an_agencys_article_is_known_by_its_site() -> None:
    long = "Chatbot of an airline invents a refund policy, and the airline has to pay for it"
    titles = (long, long.replace("invents", "concocts"))
    assert independence(record("https://apnews.com/article/a", B, titles=titles)).independent == (0,)
    assert independence(record(A, B, titles=titles)).independent == (0, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (A, B),
        ("https://one.github.io/a", "https://two.github.io/b"),
        ("https://one.substack.com/p/a", "https://two.substack.com/p/b"),
        ("https://www.ftc.gov/a", "https://www.justice.gov/b"),
        ("https://x.com/a/status/1", A),
        ("https://archive.org/details/a", A),
    ],
)
def test_independent_sources(one: str, other: str) -> None:
    found = independence(record(one, other))
    (pair,) = found.pairs()
    assert pair.independent
    assert pair.reason.startswith("one is at `")
    assert found.independent == (0, 1)


def test_partners_of_one_investigation_count_once_if_they_share_the_title() -> None:
    title = "How a city's algorithm chose whom to suspect of fraud"
    assert independence(record(A, B, C, titles=(title, title, title))).independent == (0,)
    assert independence(record(A, B, C)).independent == (0, 1, 2)


def test_the_largest_set_is_found_where_the_first_choice_is_not_in_it() -> None:
    """Source 1 shares its site with source 2, and its text with source 3."""
    one, two = "A first text about a chatbot", "A second text about a chatbot"
    found = independence(record(A, "https://example.org/b", B, titles=(one, two, one)))
    assert found.independent == (1, 2)


def test_positions_count_what_is_no_source() -> None:
    found = independence(Record({"sources": ["no source", {"url": A}, None, {"url": B}]}))
    assert found.independent == (1, 3)
    assert [(pair.first, pair.second) for pair in found.pairs()] == [(1, 3)]


def test_a_record_without_sources() -> None:
    found = independence(Record(None))
    assert found.independent == ()
    assert list(found.pairs()) == []


SOURCES = st.lists(
    st.fixed_dictionaries(
        {
            "url": st.sampled_from(
                [A, B, C, "https://example.org/b", "https://t.co/a", "https://apnews.com/a", "x", 5]
            ),
            "title": st.sampled_from(["A first text about a chatbot", "A second text about a chatbot", "", None]),
        }
    ),
    max_size=7,
)


@given(SOURCES)
def test_the_set_agrees_with_the_pairs(sources: list[dict[str, object]]) -> None:
    found = independence(Record({"sources": sources}))
    verdicts = {(pair.first, pair.second): pair.independent for pair in found.pairs()}
    for number, one in enumerate(found.independent):
        assert all(verdicts[one, other] for other in found.independent[number + 1 :])
    assert (len(found.independent) > 1) == any(verdicts.values())
    assert independence(Record({"sources": sources})) == found


@given(SOURCES)
def test_who_depends_on_whom_agrees_with_the_pairs(sources: list[dict[str, object]]) -> None:
    found = independence(Record({"sources": sources}))
    able = {voice.position for voice in found.voices if not voice.unfit} - set(found.independent)
    expected = {
        position: next(
            pair
            for pair in found.pairs()
            if position in (pair.first, pair.second)
            and (set(found.independent) & {pair.first, pair.second})
            and not pair.independent
        )
        for position in able
    }
    assert found.dependent() == expected


@pytest.mark.parametrize(
    ("site", "title"),
    [("s{}.example.org", "A text about robot {}"), ("s{}.com", "One text about all robots there are"),
     ("s{}.com", "Robot {} says that no chatbot, whoever asks, may tell what other chatbots say")],
)  # fmt: skip
def test_five_hundred_sources_take_bounded_work(site: str, title: str) -> None:
    urls = [f"https://{site.format(number)}/a/{number}" for number in range(500)]
    many = record(*urls, titles=tuple(title.format(number) for number in range(500)))
    many.data["sources"][0]["publisher"] = "Reuters"
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    independence(many)  # which reads the public suffix list
    sys.setprofile(count)
    try:
        independence(many).dependent()
    finally:
        sys.setprofile(None)
    assert calls < 200_000
