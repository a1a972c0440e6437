"""The house string, byte for byte as on the published page, and what bends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from ficli.citations.catalogue import style
from ficli.citations.citation import cite_index
from ficli.citations.markup import to_text

if TYPE_CHECKING:
    from ficli.citations.citation import Citation
    from ficli.config import Config

PUBLISHED = (
    'AI Failure Index. "Klarna reintroduces human agents after AI customer service quality declines" (FI-0232). '
    "Realm Labs. https://failureindex.ai/failures/klarna-reintroduces-human-agents-customer-service "
    "(indexed Jun 5, 2026)."
)


def house(citation: Citation) -> str:
    return to_text(style("house").reference(citation))


def test_as_on_the_published_page(citation: Citation) -> None:
    assert house(citation) == PUBLISHED


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ('Bot says "yes" to a refund', "\"Bot says 'yes' to a refund\" (FI-0232). "),
        ('Bot says "yes to a refund', '"Bot says "yes to a refund" (FI-0232). '),
        ("Bot says “yes”", '"Bot says “yes”" (FI-0232). '),
        ("Is it a bot?", '"Is it a bot?" (FI-0232). '),
        ("Bot of Initech Inc.", '"Bot of Initech Inc." (FI-0232). '),
    ],
)
def test_quotation_marks_inside_the_title(citation: Citation, title: str, written: str) -> None:
    assert written in house(replace(citation, title=title))


def test_days(citation: Citation) -> None:
    day = date(2026, 11, 22)

    assert house(replace(citation, accessed=day)).endswith("service (indexed Jun 5, 2026; accessed Nov 22, 2026).")
    assert house(replace(citation, issued=None)).endswith("human-agents-customer-service.")


def test_the_index(config: Config) -> None:
    index = cite_index(config, "2026-06-05")

    assert house(index) == "AI Failure Index (version 2026.06.05). Realm Labs. https://failureindex.ai."
    assert house(cite_index(config, "")) == "AI Failure Index. Realm Labs. https://failureindex.ai."


def test_what_is_in_the_text(citation: Citation) -> None:
    assert to_text(style("house").in_text(citation)) == "(AI Failure Index, FI-0232)"
