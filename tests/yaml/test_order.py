"""Tests of the order of fields."""

from __future__ import annotations

from ficli.incident.fields import BY_PLACE, LAYOUT
from ficli.yaml.order import UNORDERED, names


def test_a_record_and_its_tombstone() -> None:
    keys = ["title", "sources", "merged_into", "unknown", "id", "another", "summary", "reason", "schema_version"]
    assert [keys[position] for position in LAYOUT.arranged((), keys)] == [
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
    assert place in LAYOUT
    assert LAYOUT.is_arranged(place, ["url", "captured", "sha256"])
    assert not LAYOUT.is_arranged(place, ["captured", "url"])


def test_unknown_places_and_keys() -> None:
    assert LAYOUT.arranged(("nowhere",), ["b", "a"]) == [0, 1]
    assert LAYOUT.rank((), "unknown") > LAYOUT.rank((), "steward_note")
    assert LAYOUT.is_arranged((), [])


def test_every_place_is_reached_through_ordered_ones() -> None:
    assert all(place[:-1] in LAYOUT for place, field in BY_PLACE.items() if field.fields)


def test_without_an_order_every_key_stays_where_it_is() -> None:
    assert () not in UNORDERED
    assert UNORDERED.arranged((), ["b", "a"]) == [0, 1]
