"""What two records have in common, and when that is enough to take them for one event."""

from __future__ import annotations

import pytest

from ficli.registry.duplicates import Comparison, Likeness
from ficli.registry.index_entry import IndexEntry, page_mark

PAGE = page_mark("https://news.example.org/2025/bank-chatbot-refunds")
OTHERS = [
    IndexEntry(path=f"incidents/FI-1{number:03}.yaml", id=f"FI-1{number:03}", slug=f"s-{number}", status="published", title=title)
    for number, title in enumerate([
        "Camera of Example City takes shoppers for thieves",
        "Voice agent of Example Rail reads out the wrong platform",
        "Recommender of Example Media shows violence to children",
        "Translation of a court file turns a threat into a greeting",
    ])
]  # fmt: skip


def entry(
    number: int = 1, title: str = "Example Bank chatbot promises refunds nobody gets", **facts: object
) -> IndexEntry:
    given: dict[str, object] = {
        "organizations": ("Example Bank",),
        "incident_date": "2025-05-08",
        **facts,
    }
    return IndexEntry(
        path=f"incidents/FI-{number:04}.yaml",
        id=f"FI-{number:04}",
        slug=f"slug-{number}",
        status="published",
        title=title,
        **given,  # type: ignore[arg-type]  # a table of facts
    )


def compared(one: IndexEntry, other: IndexEntry) -> Likeness | None:
    return Comparison([one, other, *OTHERS]).compare(one, other)


@pytest.mark.parametrize(
    ("title", "facts", "likely", "signs"),
    [
        # one event told twice
        ("Bot of a bank gives money back", {"sources": (PAGE,)}, True, "page organization date"),
        ("Bot of a bank gives money back", {"sources": (PAGE,), "incident_date": "2025-05"}, True, "page organization"),
        ("Bot of a bank gives money back", {"quote": "q", "organizations": ()}, True, "quote date"),
        ("Example Bank chatbot promises refunds that nobody gets", {"incident_date": "2025-05"}, True, "title organization"),
        ("Chatbot of Example Bank promises refunds nobody gets", {"incident_date": "2025-05-10"}, True, "title organization date"),
        ("A chatbot promises refunds nobody gets at a bank", {"organizations": ("",)}, True, "title date"),
        ("Example Bank chatbot promises refunds to all", {}, True, "title organization date"),
        ("Example Bank chatbot promises refunds nobody gets", {"organizations": ("Example Bank Ltd",)}, True, "title organization date"),
        # something in common, and two events
        ("Score of Example Bank refuses young applicants", {}, False, "organization date"),
        ("Example Bank chatbot promises refunds to all", {"incident_date": "2025-09-01"}, False, "title organization"),
        ("Bot of a firm gives money back", {"sources": (PAGE,), "organizations": (), "incident_date": "2020"}, False, "page"),
        ("Bot of a bank gives money back", {"sources": (PAGE,), "incident_date": "2025-06"}, False, "page organization"),
        ("Bot of a bank gives money back", {"sources": (PAGE,), "incident_date": "2025"}, False, "page organization"),
        ("Bot of a bank gives money back", {"sources": (PAGE,), "incident_date": "2025-05-28"}, False, "page organization"),
        ("Bot of a firm gives money back", {"sources": (PAGE,), "organizations": (), "incident_date": "2025-05"}, False, "page"),
        ("Bot of a firm gives money back", {"quote": "q", "organizations": (), "incident_date": "2020"}, False, "quote"),
        ("Example Bank chatbot promises refunds nobody gets", {"incident_date": "2021-05-08"}, False, "title organization"),
        # nothing
        ("Bot of a firm gives money back", {"organizations": ()}, None, ""),
        ("Example Shop chatbot promises refunds nobody gets", {"organizations": ("Example Shop",)}, None, ""),
        ("", {"organizations": ()}, None, ""),
    ],
)  # fmt: skip
def test_what_makes_two_records_one_event(
    title: str, facts: dict[str, object], *, likely: bool | None, signs: str
) -> None:
    found = compared(entry(2, title, **facts), entry(sources=(PAGE,), quote="q" if "quote" in facts else ""))

    assert (found.likely if found else None) is likely
    assert " ".join(sign.kind.value for sign in (found.signs if found else ())) == signs


def test_it_is_said_where_each_sign_stands() -> None:
    one = entry(2, "x", sources=("", PAGE), organizations=("Example Shop", "The Example Bank"))
    found = compared(one, entry(sources=("", "", PAGE)))

    assert found is not None
    assert [(sign.text, sign.at, sign.there) for sign in found.signs] == [
        ("source 2 is the same page as its source 3", ("sources", 1, "url"), ("sources", 2, "url")),
        ("both name `The Example Bank`", ("organizations", 1, "name"), ("organizations", 0, "name")),
        ("the date is the same", ("incident_date",), ("incident_date",)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("2025-05-08", "2025-05-11", True),
        ("2025-05-08", "2025-05-12", False),
        ("2025-12-31", "2026-01-01", True),
        ("2025-05", "2025-05-08", False),  # may be three weeks apart
        ("2025", "2025", False),
        ("soon", "2025-05-08", False),
    ],
)
def test_only_days_are_near(one: str, other: str, *, near: bool) -> None:
    found = compared(entry(2, "x", incident_date=one), entry(incident_date=other))

    assert found is not None
    assert ("date" in {sign.kind.value for sign in found.signs}) is near


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        ("2024-12-31", "2025", True),  # may be a day apart
        ("2024-03", "2024-04-20", True),
        ("2023", "2025", False),
        ("2024-03", "2024-09", False),
    ],
)
def test_dates_of_unequal_precision_are_as_near_as_they_can_be(one: str, other: str, *, likely: bool) -> None:
    found = compared(entry(2, incident_date=one), entry(incident_date=other))

    assert found is not None
    assert found.likely is likely


def test_titles_that_differ_in_a_number_are_two_of_a_series() -> None:
    one = entry(2, "Bug 17 of the assistant shows messages of others", organizations=())

    assert compared(one, entry(3, "Bug 18 of the assistant shows messages of others", organizations=())) is None


def test_what_is_compared_is_forgotten_when_there_is_too_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ficli.registry.duplicates.compare._MOST_FACTS", 2)
    comparison = Comparison(OTHERS)
    one, other = entry(1), entry(2)

    assert [comparison.compare(one, item) is None for item in (*OTHERS, other)] == [True] * len(OTHERS) + [False]
