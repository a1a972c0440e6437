"""Tests of plain data."""

from __future__ import annotations

import math

import pytest

from ficli.yaml.scalars import ANYTHING, PlainData, copy, same


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (0, False), (1, 1.0), ("1", 1), (None, ""), ([], {}), ({"a": 1}, {"a": True}), ([1], [1, 2])],
)
def test_types_count(one: PlainData, other: PlainData) -> None:
    assert not same(one, other)
    assert not same([one], [other])


def test_equal_data() -> None:
    assert same({"a": [1, None], "b": math.nan}, {"b": math.nan, "a": [1, None]})
    assert not same({"a": 1}, {"b": 1})


def test_anything() -> None:
    assert same({"a": ANYTHING, "b": 1}, {"a": [{}], "b": 1})
    assert not same({"a": ANYTHING}, {"b": 1})


def test_a_copy_shares_nothing() -> None:
    data: PlainData = {"a": [{"b": 1}]}
    copied = copy(data)
    copied["a"][0]["b"] = 2
    assert data == {"a": [{"b": 1}]}
