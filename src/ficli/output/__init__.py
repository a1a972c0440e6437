"""The formats of findings: one module a format, each a function of a `Report`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from ficli.output.report import Report

FORMATS = ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "markdown")
"""The names that `--output-format` accepts; each is the name of a module here, `json` with an underscore."""

FOR_A_LOG = frozenset({"full", "concise", "github", "markdown"})
"""The formats that can share stdout with another one, because a person reads them."""


def renderer(name: str) -> Callable[[Report], Iterator[str]]:
    """Load a format: a function that yields the text of a report, piece by piece.

    Raises:
        KeyError: there is no such format.

    """
    if name not in FORMATS:
        raise KeyError(name)
    module = import_module(f"ficli.output.{'json_' if name == 'json' else name}")
    return cast("Callable[[Report], Iterator[str]]", module.render)
