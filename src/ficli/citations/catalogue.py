"""The tables of styles and data formats, and how one is loaded: nothing is imported before it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from ficli.citations.data_format import DataFormat
    from ficli.citations.style import Style

STYLES = (
    "house",
    "apa",
    "mla",
    "chicago",
    "chicago-note",
    "chicago-author-date",
    "ieee",
    "harvard",
    "vancouver",
    "ama",
)
"""The names that `--style` takes; each is the name of a module in `styles`, with underscores."""

DATA_FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "cff", "jsonld")
"""The names that `--format` takes besides those of `markup.WRITERS`; each is the name of a module in `formats`."""


def style(name: str) -> Style:
    """Load a style.

    Raises:
        KeyError: there is no such style.

    """
    return cast("Style", _module("styles", name, STYLES).STYLE)


def data_format(name: str) -> DataFormat:
    """Load a data format.

    Raises:
        KeyError: there is no such format.

    """
    return cast("DataFormat", _module("formats", name, DATA_FORMATS).FORMAT)


def _module(folder: str, name: str, known: Sequence[str]) -> ModuleType:
    if name not in known:
        raise KeyError(name)
    return import_module(f"ficli.citations.{folder}.{name.replace('-', '_')}")
