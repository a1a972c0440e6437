"""Tells a remark from text that a `#` has made a comment: whoever means a comment leaves a space after the `#`."""

from __future__ import annotations

import re
from typing import Final

COMMENT_LIKE: Final = re.compile(
    r"[ \t]+(#+(?=[^#\s])(?!ficli:)[^\r\n]*?)(?=[ \t]*(?:[ \t]#[ \t]|[\r\n]|\Z))",
)
"""Behind a value: a comment without a space after its `#`, up to a real comment or the end of its line."""
