"""The parts of a page for people, without layout: what a terminal and Markdown both can show.

Whatever is in a part is text, and nothing in it is ever taken for markup; what stands in back-ticks is shown as code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.diagnostics import Severity


class Address(NamedTuple):
    """The address of a page, to be followed where it is one of the web."""

    url: str


Content: TypeAlias = str | Address


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: of the page at level 1, of a card at level 2, within a card at level 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of one line; it may weigh as a finding does."""

    text: Content
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with values."""

    rows: Sequence[tuple[str, Content]]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item has a first line and maybe more below it. With `to_do`, there is a box to tick before each."""

    items: Sequence[Sequence[Content]]
    to_do: bool = False
    severities: Sequence[Severity] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; each row has as many texts as there are heads."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


Block: TypeAlias = Heading | Line | Facts | Items | Grid
