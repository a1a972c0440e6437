"""Tests of the order of fields."""

from __future__ import annotations

from ficli.document.order import ORDERED, arranged, is_arranged, names, rank


def test_a_record_and_its_tombstone() -> None:
    keys = ["title", "sources", "merged_into", "unknown", "id", "another", "summary", "reason", "schema_version"]
    assert [keys[position] for position in arranged((), keys)] == [
        "schema_version",
        "id",
        "title",
        "merged_into",
        "reason",
        "summary",
        "sources",
        "unknown",
        "another",
    ]


def test_every_item_of_a_list_has_the_same_order() -> None:
    place = names(("sources", 3, "archive"))
    assert place == ("sources", "archive")
    assert place in ORDERED
    assert is_arranged(place, ["url", "captured", "sha256"])
    assert not is_arranged(place, ["captured", "url"])


def test_unknown_places_and_keys() -> None:
    assert arranged(("nowhere",), ["b", "a"]) == [0, 1]
    assert rank((), "unknown") > rank((), "steward_note")
    assert is_arranged((), [])


def test_every_place_is_reached_through_ordered_ones() -> None:
    assert all(place[:-1] in ORDERED for place in ORDERED if place)
