"""What a data format is: what people call it, and a function that writes citations in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ficli.citations.citation import Citation

Write: TypeAlias = "Callable[[Sequence[Citation]], str]"
"""Writes a whole document with its last line end; of the same citations always the same text."""


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
