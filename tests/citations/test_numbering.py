"""Citations given together: numbers in the order given, suffixes by title, short titles that tell apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ficli.citations.numbering import number_citations
from ficli.dates import PartialDate

if TYPE_CHECKING:
    from ficli.citations.citation import Citation


def titled(citation: Citation, *titles: str) -> list[Citation]:
    return [replace(citation, title=title) for title in titles]


def test_numbers_follow_the_order_and_suffixes_the_titles(citation: Citation) -> None:
    found = number_citations(titled(citation, "Zebra bot", "apple bot", "Mango bot"), years_apart=True)

    assert [item.place for item in found] == [1, 2, 3]
    assert [item.year for item in found] == ["2026c", "2026a", "2026b"]
    assert {item.suffix for item in number_citations(found)} == {""}


def test_suffixes_only_where_author_and_year_are_the_same(citation: Citation) -> None:
    other_year = replace(citation, issued=PartialDate.parse("2025-01-01"))
    other_author = replace(citation, authors=("Somebody",))
    undated = replace(citation, issued=None)
    found = number_citations([citation, other_year, other_author, undated, undated], years_apart=True)

    assert [item.year for item in found] == ["2026", "2025", "2026", "", ""]


def test_suffixes_go_on_after_z(citation: Citation) -> None:
    found = number_citations([replace(citation, title=f"Bot {number:03}") for number in range(704)], years_apart=True)

    assert [found[number].suffix for number in (0, 25, 26, 27, 701, 702, 703)] == [
        "a",
        "z",
        "aa",
        "ab",
        "zz",
        "aaa",
        "aab",
    ]


def test_short_titles_grow_until_they_differ(citation: Citation) -> None:
    found = number_citations(
        titled(
            citation, "The bot lies", "Bot sleeps", "A shop: bot sells", "Bot", "Bot", "Klarna, again", "S.D.N.Y. rules"
        )
    )

    assert [item.short_title for item in found] == [
        "bot lies",
        "Bot sleeps",
        "shop",
        "Bot",
        "Bot",
        "Klarna",
        "S.D.N.Y.",
    ]
