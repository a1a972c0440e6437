"""A value from a page, and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where on a page a value was; the value is its name in prose."""

    JSON_LD = "JSON-LD"
    CITATION = "citation metadata"
    OPEN_GRAPH = "OpenGraph"
    DUBLIN_CORE = "Dublin Core"
    META = "a meta element"
    MICRODATA = "microdata"
    ADDRESS = "the address"
    VISIBLE = "visible text"
    TITLE = "the title element"
    HEADING = "the heading"
    DOCUMENT = "the document"
    GUESS = "a guess"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Value:
    """A value from a page.

    Attributes:
        text: the value as a record may hold it.
        origin: the kind of place.
        place: the place itself: `NewsArticle.headline`, `og:title`.
        raw: the text there.

    """

    text: str
    origin: Origin
    place: str
    raw: str = ""

    @property
    def evidence(self) -> str:
        """The origin and the place: "JSON-LD, `NewsArticle.headline`"."""
        return f"{self.origin}, `{self.place}`" if self.place else str(self.origin)


@dataclass(frozen=True, slots=True)
class RejectedValue:
    """A value of a page that a record must not have: the field, the text, its place, and why it is rejected."""

    field: str
    raw: str
    place: str
    reason: str
