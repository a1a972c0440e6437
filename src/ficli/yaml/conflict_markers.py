"""Finds the markers that git leaves in a file it could not merge, also where a formatter has indented them."""

from __future__ import annotations

import re
from typing import Final

from ficli.yaml.flaws import Flaw, FlawKind

_LINE: Final = re.compile(r"(?<![^\r\n\ufeff])(?P<indent> *)(?P<mark><{7}|\|{7}|={7}|>{7})(?=[ \t\r\n]|\Z)[^\r\n]*")
_LABELS: Final = {
    "<<<<<<<": "conflict marker: one version starts here",
    "|||||||": "conflict marker: the version before both changes starts here",
    "=======": "conflict marker: the other version starts here",
    ">>>>>>>": "conflict marker: the other version ends here",
}


def conflict_marker(text: str) -> Flaw | None:
    """Return the first conflict marker in a text.

    An indented `=======` may underline a heading: it counts only if another marker is in the file.
    """
    if not any(mark in text for mark in _LABELS):
        return None
    lines = list(_LINE.finditer(text))
    if all(line["mark"] == "=======" and line["indent"] for line in lines):
        return None
    first = lines[0]
    return Flaw(
        FlawKind.SYNTAX,
        first.start("mark"),
        first.end(),
        "a merge conflict was left in the file",
        label=_LABELS[first["mark"]],
        help="keep one of the versions, and delete the lines of the markers",
    )
