"""Escaped characters and dot segments of a path, brought to one spelling in linear time.

Characters that are the same to every server with and without an escape are written plainly: the unreserved ones, and
those that have no office of their own inside a path or a parameter, which every program escapes as it likes
(`Avianca,_Inc.` and `Avianca%2C_Inc.`). Whatever divides a path or a query keeps its escape: `%2F` is no `/`.
"""

from __future__ import annotations

import re

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!*'(),:@")
_ALLOWED = r"A-Za-z0-9\-._~!*'(),:@/;=+&$?"
_TO_CHANGE = re.compile(rf"%([0-9A-Fa-f]{{2}})|[^{_ALLOWED}]")


def normal_escapes(text: str) -> str:
    """Write each character of a path, a parameter or a route plainly or escaped, as it always is."""
    return _TO_CHANGE.sub(_one_spelling, text)


def _one_spelling(match: re.Match[str]) -> str:
    if match[1] is None:  # also a `%` that begins no escape, lest it begin one when what follows is written plainly
        return "".join(f"%{byte:02X}" for byte in match.group().encode())
    byte = int(match[1], 16)
    return chr(byte) if byte in _PLAIN else f"%{byte:02X}"


def resolve_dots(path: str) -> str:
    """Take the `.` and `..` segments out of a path that is empty or begins with `/`."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return f"/{'/'.join(kept)}"
