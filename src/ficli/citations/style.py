"""What a style is: a name, and two functions of one citation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ficli.citations.citation import Citation
    from ficli.citations.markup import Reference


@dataclass(frozen=True, slots=True)
class Style:
    """A style of references.

    Attributes:
        title: what people call it, with its edition.
        reference: writes the entry of the bibliography.
        in_text: writes what stands in the text and points to that entry.
        wants_access_date: whether the style asks on which day a page was read.
        tells_years_apart: whether it writes 2026a and 2026b where author and year are the same.

    """

    title: str
    reference: Callable[[Citation], Reference]
    in_text: Callable[[Citation], Reference]
    wants_access_date: bool = False
    tells_years_apart: bool = False
