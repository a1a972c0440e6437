"""The few colours of the diagnostics, or none."""

from __future__ import annotations

from dataclasses import dataclass

from ficli.diagnostics import Severity

_CODES = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;34"}
_GRAVE = {"high": "31", "catastrophic": "1;31"}


@dataclass(frozen=True, slots=True)
class Palette:
    """Wraps text in colour codes (SGR), or leaves it as it is."""

    on: bool

    def paint(self, code: str, text: str) -> str:
        """Colour text by an SGR code."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text

    def severity(self, severity: Severity, text: str) -> str:
        """Red for an error, yellow for a warning, blue for an info."""
        return self.paint(_CODES[severity], text)

    def gravity(self, slug: str, text: str) -> str:
        """Colour the severity of an incident: red for the severe ones."""
        return self.paint(_GRAVE[slug], text) if slug in _GRAVE else text

    def strong(self, text: str) -> str:
        """Make text bold."""
        return self.paint("1", text)

    def quiet(self, text: str) -> str:
        """Colour what frames the text: gutters, line numbers, arrows."""
        return self.paint("34", text)

    def second(self, text: str) -> str:
        """Colour the marks of a place that only explains."""
        return self.paint("36", text)
