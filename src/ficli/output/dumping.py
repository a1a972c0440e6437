"""JSON as it is printed: nothing in it acts on a terminal, or on the log of a build that reads commands in it."""

from __future__ import annotations

import json
import re

_COMMAND = re.compile(r"#(?=#\w*\[)")
"""The beginning of `##[error]` or `##vso[`, which a runner takes for a command wherever they stand."""


def dumped(value: object, *, indent: int | None = 2) -> str:
    """Write JSON in which all that is not ASCII is escaped, and what the log of a build would take for a command."""
    return _COMMAND.sub(r"\\u0023", json.dumps(value, indent=indent))
