"""The few colours of pages and diagnostics, or none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ficli.diagnostics import Severity


class Tone(StrEnum):
    """What makes a passage stand out; the value is what it is called, the colour is the palette's."""

    STRONG = "strong"
    QUIET = "quiet"
    SECOND = "second"
    MATCH = "match"
    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"
    WORST = "worst"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_CODES = {
    Tone.STRONG: "1",
    Tone.QUIET: "34",
    Tone.SECOND: "36",
    Tone.MATCH: "1;33",
    Tone.GOOD: "32",
    Tone.DOUBTFUL: "33",
    Tone.BAD: "31",
    Tone.WORST: "1;31",
    Tone.ERROR: "1;31",
    Tone.WARNING: "1;33",
    Tone.INFO: "1;34",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Wraps text in colour codes (SGR), or leaves it as it is."""

    on: bool

    def paint(self, tone: str, text: str) -> str:
        """Colour text by its tone; an empty one leaves it as it is."""
        return f"\x1b[{_CODES[Tone(tone)]}m{text}\x1b[0m" if self.on and tone and text else text

    def severity(self, severity: Severity, text: str) -> str:
        """Red for an error, yellow for a warning, blue for an info."""
        return self.paint(severity, text)

    def strong(self, text: str) -> str:
        """Write text in bold."""
        return self.paint(Tone.STRONG, text)

    def quiet(self, text: str) -> str:
        """Colour the frame of the text: gutters, line numbers, arrows."""
        return self.paint(Tone.QUIET, text)

    def second(self, text: str) -> str:
        """Colour the marks of a secondary place."""
        return self.paint(Tone.SECOND, text)
