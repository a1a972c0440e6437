"""The page model: headings, lines, facts, lists and tables, without layout.

Text in a part is never read as markup; text in back-ticks is shown as code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Union

if TYPE_CHECKING:
    from ficli.diagnostics import Severity
    from ficli.output.colours import Tone


class LinkAddress(NamedTuple):
    """The address of a page, which becomes a link if it is one of the web; or the path of a file."""

    url: str


class Marked(NamedTuple):
    """Text with a tone, which is a colour if there are colours."""

    text: str
    tone: Tone


Passage: TypeAlias = str | Marked
Content: TypeAlias = Union[Passage, LinkAddress, "list[Passage]"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: of the page at level 1, of a card at level 2, within a card at level 3."""

    text: str
    level: int = 2
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A paragraph, maybe with the severity of a finding. `hang` indents its further lines more than the first."""

    text: Content
    severity: Severity | None = None
    indent: int = 2
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A paragraph in someone else's words, with a bar before each line."""

    text: str


@dataclass(frozen=True, slots=True)
class FactList:
    """Names with values; the column of the names is at least `width` wide."""

    rows: Sequence[tuple[Passage, Content]]
    width: int = 0


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; each item has a first line and maybe more below it.

    Before each item is a box to tick with `to_do`, or its own mark, or a dash.
    """

    items: Sequence[Sequence[Content]]
    to_do: bool = False
    severities: Sequence[Severity] = ()
    marks: Sequence[str] = ()
    indent: int = 4


class Fit(Enum):
    """How the columns of a table share the width of a terminal."""

    EVEN = auto()
    """The columns after the first are equally wide; a cell has a few lines."""

    LAST = auto()
    """The last column gets the remaining width, and wraps."""

    CUT = auto()
    """The last column gets the remaining width, and is cut; others are left out if it would be too narrow."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each row has as many texts as there are heads, if there are heads.

    `widths` are the least widths of the columns, for tables that stand below each other.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[Passage]]
    fit: Fit = Fit.EVEN
    widths: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that belong together: there is no blank line between them."""

    blocks: Sequence[Block]


Block: TypeAlias = Heading | TextLine | Quote | FactList | ItemList | Grid | Group


def plain_text(passage: Passage) -> str:
    """Return the text of a passage, without its tone."""
    return passage.text if isinstance(passage, Marked) else passage
