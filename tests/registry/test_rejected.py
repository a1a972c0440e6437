"""What `rejected.yaml` may hold, and what is said where it holds anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.errors import ConfigurationError
from ficli.registry.index_entry import page_mark
from ficli.registry.rejected import Rejection, load_rejections, parse_rejections

if TYPE_CHECKING:
    from pathlib import Path

ONE = "- url: https://news.example.org/a?utm_source=x\n  reason: a demonstration\n  date: 2026-01-31\n"


def test_a_candidate_is_found_by_its_page(tmp_path: Path) -> None:
    (tmp_path / "rejected.yaml").write_text(ONE)
    found = load_rejections(tmp_path)

    assert found.items == (Rejection("https://news.example.org/a?utm_source=x", "a demonstration", "2026-01-31"),)
    assert found.by_page[page_mark("https://www.news.example.org/a/")].reason == "a demonstration"


def test_no_file_and_an_empty_one_reject_nothing(tmp_path: Path) -> None:
    assert not load_rejections(tmp_path).items
    assert not parse_rejections(b"# none so far\n").items
    assert not parse_rejections(b"[]").items


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("url: x\n", (1, 1), "this must be a list"),
        ("- https://news.example.org/\n", (1, 3), "a candidate is a mapping"),
        (ONE + "  why: x\n", (4, 8), "unknown field `why`"),
        (ONE.replace("2026-01-31", "2026"), (3, 9), "`date` must be a text"),
        (ONE.replace("2026-01-31", "January"), (3, 9), "`January` is no date"),
        (ONE.replace("a demonstration", ""), (2, 10), "`reason` must be a text"),
        (ONE.replace("  reason: a demonstration\n", ""), (1, 3), "`reason` is missing"),
        ("- url: [\n", (2, 1), "a value is due"),
    ],
)
def test_anything_else_is_told_at_its_place(text: str, place: tuple[int, int], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_rejections(text.encode())

    assert message in caught.value.message
    assert caught.value.path == "rejected.yaml"
    assert (caught.value.line, caught.value.column) == place
