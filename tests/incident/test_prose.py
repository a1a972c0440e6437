"""The texts of a record that rules read as prose, and the sums of money in them."""

from __future__ import annotations

from typing import Any

import pytest

from ficli.incident.record import Record, texts_in

DATA: dict[str, Any] = {
    "title": "Bank pays $5",
    "summary": "It paid.",
    "what_happened": "At first €7, then £6.",
    "mechanism": "",
    "failure_path": {"failure": "It broke.", "trigger": "US$8 were asked for.", "other": "no step"},
    "impact": {"note": "€9 in all."},
    "steward_note": "not the record's own $1",
}


def test_the_prose_in_the_order_of_the_record() -> None:
    record = Record(DATA)

    assert [path for path, _ in record.prose] == [
        ("title",),
        ("summary",),
        ("what_happened",),
        ("failure_path", "trigger"),
        ("failure_path", "failure"),
        ("impact", "note"),
    ]
    assert record.prose_text.startswith("Bank pays $5\n\nIt paid.\n\n")


def test_each_sum_is_told_with_its_place() -> None:
    found = Record(DATA).sums

    assert [(path, money.written) for path, _, money in found] == [
        (("title",), "$5"),
        (("what_happened",), "€7"),
        (("what_happened",), "£6"),
        (("failure_path", "trigger"), "US$8"),
        (("impact", "note"), "€9"),
    ]
    assert all(text[money.start :].startswith(money.written) for _, text, money in found)


@pytest.mark.parametrize("wrong", [None, 1, [], ["$5"], {"a": 1}])
def test_what_is_no_text_is_passed_over(wrong: object) -> None:
    record = Record(dict.fromkeys(DATA, wrong))

    assert record.prose == []
    assert record.prose_text == ""
    assert record.sums == []


def test_amounts_that_can_be_money() -> None:
    amounts = [
        {"value": 5, "currency": "USD"},
        {"value": 2.5, "currency": "EUR"},
        {"value": float("nan"), "currency": "EUR"},
        {"value": float("inf"), "currency": "EUR"},
        {"value": 10**5000, "currency": "EUR"},
        {"value": "5", "currency": "EUR"},
        {"value": True, "currency": "EUR"},
        {"value": 5},
        None,
    ]

    assert Record({"impact": {"amounts": amounts}}).amounts == [(0, 5, "USD"), (1, 2.5, "EUR")]
    assert Record({"impact": {"amounts": 5}}).amounts == []


def test_every_text_of_plain_data() -> None:
    assert dict(texts_in({"a": ["x", 1, {"b": "y"}], "c": None})) == {("a", 0): "x", ("a", 2, "b"): "y"}
    assert list(texts_in("x")) == [((), "x")]
    assert list(texts_in(None)) == []
