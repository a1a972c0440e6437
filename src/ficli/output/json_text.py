"""JSON for printing: nothing in it acts on a terminal, or on the log of a build that reads commands in it."""

from __future__ import annotations

import json
import re

_COMMAND = re.compile(r"#(?=#\w*\[)")
"""The beginning of `##[error]` or `##vso[`, which a runner reads as a command anywhere in a line."""


def dumped(value: object, *, indent: int | None = 2) -> str:
    """Write JSON in which all non-ASCII characters are escaped, and what a build's log would read as a command."""
    # In JSON a `#` is always inside a string, where its escape means the same.
    return _COMMAND.sub(r"\\u0023", json.dumps(value, indent=indent))
