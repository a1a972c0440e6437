"""The typed view of a record never fails: what is of the wrong type reads as absent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.dates import PartialDate
from ficli.incident.fields import date_at
from ficli.incident.record import Record

DATA = {
    "id": "FI-0232",
    "slug": "klarna",
    "status": "published",
    "title": "Klarna",
    "incident_date": "2025-05",
    "indexed_date": "soon",
    "impact": {"note": "x"},
    "tags": ["a", 5, "b"],
    "sources": [
        {"title": "one", "published": "2025-05-08", "accessed": 2025, "archive": {"captured": "2025-06-01"}},
        "no mapping",
        {"title": "two", "published": "", "archive": []},
    ],
    "corrections": [{"date": "2026-01-02"}, {"date": None}],
}
FIELDS = (*DATA, "merged_into", "quote")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("2025-05-08"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*FIELDS, "published", "accessed", "archive", "captured", "date"]), inner)
    ),
    max_leaves=12,
)


def test_the_fields_of_a_record() -> None:
    record = Record(DATA)

    assert (record.id, record.slug, record.status, record.title) == ("FI-0232", "klarna", "published", "Klarna")
    assert not record.is_tombstone
    assert record.mapping("impact") == {"note": "x"}
    assert record.texts("tags") == [(0, "a"), (2, "b")]
    assert [(number, source["title"]) for number, source in record.sources] == [(0, "one"), (2, "two")]


def test_the_dates_of_a_record() -> None:
    record = Record(DATA)

    assert list(record.date_texts()) == [
        (("incident_date",), "2025-05"),
        (("indexed_date",), "soon"),
        (("sources", 0, "published"), "2025-05-08"),
        (("sources", 0, "archive", "captured"), "2025-06-01"),
        (("sources", 2, "published"), ""),
        (("corrections", 0, "date"), "2026-01-02"),
    ]
    assert record.dates[("sources", 0, "published")] == PartialDate((2025, 5, 8))
    assert ("indexed_date",) not in record.dates


@pytest.mark.parametrize("status", ["merged", "removed"])
def test_a_tombstone(status: str) -> None:
    assert Record({"status": status}).is_tombstone


@pytest.mark.parametrize("data", [None, [], "text", 5, {}, {"title": ["x"], "sources": {}, "status": True, 5: 5}])
def test_what_is_no_record_reads_as_an_empty_one(data: object) -> None:
    record = Record(data)

    assert (record.id, record.slug, record.status, record.title) == ("", "", "", "")
    assert (record.sources, record.dates, record.texts("tags"), record.mapping("impact")) == ([], {}, [], {})
    assert not record.is_tombstone


@given(PLAIN)
def test_no_data_makes_it_fail(data: object) -> None:
    record = Record(data)

    assert all(date_at(path) for path, _ in record.date_texts())
    assert set(record.dates) <= {path for path, _ in record.date_texts()}
    for name in FIELDS:
        assert isinstance(record.text(name), str)
        assert all(isinstance(item, dict) for _, item in record.mappings(name))


@pytest.mark.parametrize(
    "path", [(), ("title",), ("sources",), ("sources", 0), ("sources", 0, "title"), ("quote", "date"), ("date",)]
)
def test_other_fields_are_no_dates(path: tuple[str | int, ...]) -> None:
    assert not date_at(path)
