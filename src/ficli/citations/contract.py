"""The interface of a citation style and of a data format: a name, and pure functions of a citation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ficli.citations.citation import Citation
    from ficli.citations.markup import Reference


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style of references.

    Attributes:
        title: its common name, with the edition.
        reference: writes the entry of the bibliography.
        in_text: writes the in-text citation that points to that entry.
        wants_access_date: whether the style asks for the day on which a page was read.
        distinguishes_years: whether it writes 2026a and 2026b for entries of one author and year.

    """

    title: str
    reference: Callable[[Citation], Reference]
    in_text: Callable[[Citation], Reference]
    wants_access_date: bool = False
    distinguishes_years: bool = False


Write: TypeAlias = "Callable[[Sequence[Citation]], str]"
"""Writes a whole document with its last line end; the same citations always give the same text."""


@dataclass(frozen=True, slots=True)
class DataFormat:
    """A data format.

    Attributes:
        title: what people call it.
        write: writes citations in it.
        flavours: other ways to write it, by name: `ascii`, `endnote`.

    """

    title: str
    write: Write
    flavours: Mapping[str, Write] = field(default_factory=dict)
