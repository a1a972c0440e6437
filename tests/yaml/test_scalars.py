"""Tests of the table of plain scalars."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.yaml.scalars import MAX_INTEGER_LENGTH, resolve


@pytest.mark.parametrize("plain", ["", "~", "null", "Null", "NULL"])
def test_null(plain: str) -> None:
    assert resolve(plain) is None


@pytest.mark.parametrize(("plain", "value"), [("true", True), ("True", True), ("FALSE", False), ("false", False)])
def test_truth_values(plain: str, value: bool) -> None:  # noqa: FBT001
    assert resolve(plain) is value


@pytest.mark.parametrize(
    ("plain", "value"),
    [("0", 0), ("-12", -12), ("+7", 7), ("0777", 777), ("0o17", 15), ("0x1F", 31), ("-0", 0), ("0xff", 255)],
)
def test_integers(plain: str, value: int) -> None:
    resolved = resolve(plain)
    assert type(resolved) is int
    assert resolved == value


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("1.e5", 100000.0),
        ("+.5", 0.5),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("+.Inf", math.inf),
        ("1e400", math.inf),
    ],
)
def test_floats(plain: str, value: float) -> None:
    resolved = resolve(plain)
    assert type(resolved) is float
    assert resolved == value


@pytest.mark.parametrize("plain", [".nan", ".NaN", ".NAN"])
def test_not_a_number(plain: str) -> None:
    resolved = resolve(plain)
    assert isinstance(resolved, float)
    assert math.isnan(resolved)


@pytest.mark.parametrize(
    "plain",
    [
        "2024-05-08",
        "2024-13-45",
        "2024-05",
        "1_000",
        "_1",
        "1__0",
        "0b11",
        "+0x1",
        "-0o7",
        "0o8",
        "0x",
        "no",
        "No",
        "on",
        "y",
        "=",
        "<<",
        "12:30",
        "1:2",
        "1e",
        "1e+",
        ".",
        "..",
        "+",
        "-",
        "--",
        "nULL",
        "tRUE",
        ".iNf",
        "+.nan",
        "nan",
        "inf",
        "Infinity",
        "1.2.3",
        "١٢",
        "1,5",
        "0X1F",
        "0O7",
    ],
)
def test_everything_else_is_text(plain: str) -> None:
    assert resolve(plain) == plain


@pytest.mark.parametrize("prefix", ["", "-", "0x", "0o"])
def test_an_integer_that_python_may_refuse_to_read_stays_text(prefix: str) -> None:
    longest = prefix + "1" * (MAX_INTEGER_LENGTH - len(prefix))
    assert isinstance(resolve(longest), int)
    assert resolve(longest + "1") == longest + "1"


@given(st.text())
def test_text_is_never_changed(plain: str) -> None:
    value = resolve(plain)
    assert value == plain or not isinstance(value, str)
