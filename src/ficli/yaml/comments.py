"""Find text that a `#` has made a comment: whoever means a comment leaves a space after the `#`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ficli.yaml.nodes import Scalar

_COMMENT: Final = r"(?P<comment>#(?=\S)(?!ficli:)[^\r\n]*)"
_BEHIND: Final = re.compile(rf"[ \t]+{_COMMENT}")
_BELOW: Final = re.compile(rf"[ \t]*(?:\r\n?|\n)(?P<indent> *){_COMMENT}")
_REAL_COMMENT: Final = re.compile(r"[ \t]#[ \t]")


class CutText(NamedTuple):
    """Text that was read as a comment, with its offsets; it ends before a comment that is meant."""

    start: int
    end: int
    text: str


def cut_text(text: str, value: Scalar, deeper_than: int) -> CutText | None:
    """Return the text that a `#` has cut off from a value without quotes.

    It stands on the same line, or on the next one if that is indented deeper than the column `deeper_than` of the
    value's key or dash.
    """
    found = _BEHIND.match(text, value.end)
    if found is None and value.start < value.end:
        found = _BELOW.match(text, value.end)
        if found is not None and len(found["indent"]) <= deeper_than:
            found = None
    if found is None:
        return None
    start = found.start("comment")
    cut = _REAL_COMMENT.split(found["comment"], maxsplit=1)[0].rstrip()
    return CutText(start, start + len(cut), cut)
