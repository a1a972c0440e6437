"""IDs have a prefix and a number, padded to a width and without padding beyond it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficli.config import Config
from ficli.incident.ids import format_id, id_pattern, is_id

CONFIG = Config(root=Path("/registry"))


@pytest.mark.parametrize("text", ["FI-0232", "FI-0000", "FI-9999", "FI-10000", "FI-1234567"])
def test_an_id(text: str) -> None:
    assert is_id(text, CONFIG)


@pytest.mark.parametrize(
    "text",
    [
        "", "FI-", "FI-232", "FI-00232", "fi-0232", "FI0232", "XX-0232", " FI-0232", "FI-0232 ", "FI-0232\n",
        "FI-\uff10\uff12\uff13\uff12",
    ],
)  # fmt: skip
def test_no_id(text: str) -> None:
    assert not is_id(text, CONFIG)


def test_a_registry_has_its_own_form() -> None:
    config = Config(root=Path("/registry"), id_prefix="CM2", id_digits=6)

    assert format_id(232, config) == "CM2-000232"
    assert is_id("CM2-000232", config)
    assert not is_id("CM2-0232", config)
    assert not is_id("FI-0232", config)


def test_a_prefix_is_no_pattern() -> None:
    assert id_pattern("A.", 4).startswith(r"^A\.-")


@given(st.integers(0, 10**9), st.integers(4, 9))
def test_what_is_formatted_is_an_id(number: int, digits: int) -> None:
    config = Config(root=Path("/registry"), id_digits=digits)

    assert is_id(format_id(number, config), config)
