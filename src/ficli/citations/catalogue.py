"""The tables of styles and data formats, each imported when it is needed, and the writing of citations in them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, cast

from ficli.citations.markup import WRITERS, Reference, join

if TYPE_CHECKING:
    from types import ModuleType

    from ficli.citations.citation import Citation
    from ficli.citations.contract import CitationStyle, DataFormat


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
"""The names that `--style` accepts; each is the name of a module in `styles`, with underscores."""

DATA_FORMATS = ("bibtex", "biblatex", "ris", "csl-json", "cff", "jsonld")
"""The names that `--format` accepts besides those of `markup.WRITERS`; each names a module in `formats`."""


def style(name: str) -> CitationStyle:
    """Load a style.

    Raises:
        KeyError: there is no such style.

    """
    return cast("CitationStyle", _module("styles", name, STYLES).STYLE)


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


def write_in_style(citations: Sequence[Citation], style: CitationStyle, markup: str, *, in_text: bool = False) -> str:
    """Write citations in a style, one a line; in Markdown with a blank line between, so that each is a paragraph.

    Args:
        citations: already numbered and distinct, see `number_citations`.
        style: the style.
        markup: a key of `ficli.citations.markup.WRITERS`.
        in_text: whether to write the in-text citation instead of the reference.

    """
    write = WRITERS[markup]
    lines = (write(style.in_text(citation) if in_text else _reference(citation, style)) for citation in citations)
    return ("\n\n" if markup == "markdown" else "\n").join(lines) + "\n"


def _reference(citation: Citation, style: CitationStyle) -> Reference:
    mark = f" [{citation.mark}.]" if citation.mark else ""
    return join(style.reference(citation), mark, f" {citation.licence_line}" if citation.licence_line else "")
