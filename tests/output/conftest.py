"""What the tests of the formats share: findings made by hand, and reports of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ficli.diagnostics import Diagnostic, Excerpt, Severity, Span
from ficli.output.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def excerpt() -> Callable[..., Excerpt]:
    """Return a function that marks a piece of a source line; without a piece, the start of the file."""

    def made(
        source: str = "", piece: str = "", text: str = "", *, line: int = 1, path: str = "incidents/FI-0232.yaml"
    ) -> Excerpt:
        column = source.index(piece) + 1
        return Excerpt(path, Span(line, column, line, column + len(piece)), source, text)

    return made


@pytest.fixture
def finding(excerpt: Callable[..., Excerpt]) -> Callable[..., Diagnostic]:
    """Return a function that makes a finding of an invented rule."""

    def made(**changes: object) -> Diagnostic:
        facts: dict[str, object] = {
            "rule": "some-rule",
            "severity": Severity.ERROR,
            "message": "something is wrong",
            "excerpt": excerpt("title: Bank", "Bank"),
        }
        return Diagnostic(**{**facts, **changes})  # type: ignore[arg-type]

    return made


@pytest.fixture
def report() -> Callable[..., Report]:
    """Return a function that makes the report of a run over 41 records."""

    def made(*diagnostics: Diagnostic, **changes: object) -> Report:
        facts: dict[str, object] = {
            "diagnostics": diagnostics,
            "loaded": 41,
            "reported": 41,
            "records": {item.path for item in diagnostics},
            "rules": 30,
        }
        return Report(**{**facts, **changes})  # type: ignore[arg-type]

    return made
