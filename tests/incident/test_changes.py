"""What changed in a record, and which of it was a fact."""

from __future__ import annotations

from typing import Any

import pytest

from ficli.diagnostics import field_name
from ficli.incident.changes import field_changes

SOURCE = {"kind": "press", "title": "A", "url": "https://news.example.org/a", "published": "2025-05-09"}
OTHER = {"kind": "press", "title": "B", "url": "https://paper.example.com/b"}
BANK = {"name": "Example Bank", "role": "deployer"}
CLINIC = {"name": "Example Clinic", "role": "developer"}


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(field_name(change.path), change.is_fact) for change in field_changes(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"severity": "low"}, {"severity": "low"}, []),
        ({"severity": "low"}, {"severity": "high"}, [("severity", True)]),
        ({"severity": "low"}, {}, [("severity", True)]),
        ({}, {"industry": "legal"}, [("industry", False)]),
        ({"title": "A"}, {"title": "B"}, [("title", False)]),
        ({"impact": {"note": "a"}}, {"impact": {"note": "b"}}, [("impact.note", False)]),
        ({"impact": {"customer_impact": "none"}}, {"impact": {}}, [("impact.customer_impact", True)]),
        ({"sources": [SOURCE]}, {"sources": [OTHER, SOURCE]}, [("sources[1]", False)]),
        ({"sources": [SOURCE, OTHER]}, {"sources": [OTHER, SOURCE]}, []),
        ({"sources": [SOURCE, OTHER]}, {"sources": [OTHER]}, [("sources[1]", True)]),
        (
            {"sources": [SOURCE]},
            {"sources": [{**SOURCE, "kind": "primary", "accessed": "2026-01-01", "title": "C", "status": "dead"}]},
            [
                ("sources[1].kind", True),
                ("sources[1].title", False),
                ("sources[1].accessed", False),
                ("sources[1].status", False),
            ],
        ),
        (
            {"sources": [{**SOURCE, "status": "live"}]},
            {"sources": [{**SOURCE, "status": "dead"}]},
            [("sources[1].status", False)],
        ),
        (
            {"sources": [{**SOURCE, "url": "http://www.news.example.org/a?utm_source=x"}]},
            {"sources": [SOURCE]},
            [("sources[1].url", True)],
        ),
        (
            {"organizations": [BANK, CLINIC]},
            {"organizations": [CLINIC, {**BANK, "role": "affected"}]},
            [("organizations[2].role", True)],
        ),
        (
            {"impact": {"amounts": [{"value": 1, "currency": "EUR"}]}},
            {"impact": {"amounts": [{"value": 2, "currency": "EUR"}]}},
            [("impact.amounts[1]", True), ("impact.amounts[1]", False)],
        ),
        ({"countries": ["US"]}, {"countries": ["DE", "US"]}, [("countries[1]", False)]),
        ({"sources": ["x", {"url": 1}]}, {"sources": "gone wrong"}, [("sources", True)]),
        ({"sources": [1, {"url": 1}]}, {"sources": [{"url": 1}, 1]}, []),
        ({"organizations": ["x"]}, {"organizations": ["y"]}, [("organizations[1]", True), ("organizations[1]", False)]),
        ({"impact": {"amounts": [1]}}, {"impact": {"amounts": [1]}}, []),
    ],
)
def test_changes(before: dict[str, Any], after: dict[str, Any], expected: list[tuple[str, bool]]) -> None:
    assert changes(before, after) == expected
