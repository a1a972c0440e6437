"""Where a parser failed: the line, the text before and after the place, and the flaw to make of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ficli.yaml.flaws import Flaw, FlawKind
from ficli.yaml.nodes import Scalar, ScalarStyle

if TYPE_CHECKING:
    from ficli.yaml.events import ParseError
    from ficli.yaml.nodes import Node

_LINE: Final = re.compile(r"[^\r\n]*")
_WORD: Final = re.compile(r"[^\s,\[\]{}]*")


class Case:
    """A parser failure with its context: the line, the text before and after the place."""

    def __init__(self, text: str, failure: ParseError, last: Node | None, shift: int) -> None:
        self.text = text
        self.problem = failure.problem
        self.context = failure.context
        self.at = min(max(failure.offset + shift, 0), len(text))
        self.since = min(max(failure.context_offset + shift, 0), len(text))
        self.last = last if isinstance(last, Scalar) else None
        self.closed = last
        self.line_start = max(text.rfind("\n", 0, self.at), text.rfind("\r", 0, self.at)) + 1
        self.before = text[self.line_start : self.at]
        self.after = rest_of_line(text, self.at)

    @property
    def follows_quoted(self) -> Scalar | None:
        """The quoted value that the place follows on the same line, if it does."""
        last = self.last
        if last is None or last.style not in (ScalarStyle.SINGLE, ScalarStyle.DOUBLE):
            return None
        return last if self.line_start <= last.end <= self.at else None


def syntax_flaw(
    start: int,
    end: int,
    message: str,
    label: str,
    mend: str = "",
    related: tuple[tuple[int, int, str], ...] = (),
) -> Flaw:
    """Return a flaw of the syntax, from `start` up to `end`; `mend` says what to do."""
    return Flaw(FlawKind.SYNTAX, start, max(start, end), message, label, mend, related)


def rest_of_line(text: str, at: int) -> str:
    """Return the line from an offset on."""
    rest = _LINE.match(text, at)
    return rest.group() if rest else ""


def word_end(text: str, at: int) -> int:
    """Return the end of the word that starts at an offset; of at least one character."""
    word = _WORD.match(text, at)
    return max(word.end() if word else at, min(at + 1, len(text)))
