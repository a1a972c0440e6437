"""The form of an incident ID, `FI-0232`: a prefix and a number padded to at least four digits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ficli.config import Config

MOST_DIGITS = 18
"""Digits of a number that is read at all; no registry will have more records."""


@lru_cache(maxsize=8)
def id_pattern(prefix: str, digits: int) -> str:
    """Write the form of a registry's IDs as a regular expression that JSON Schema and Python both read.

    A number is padded to `digits` and may grow past them: `FI-0232`, `FI-10000`, never `FI-00232`.
    """
    return f"^{re.escape(prefix)}-([0-9]{{{digits}}}|[1-9][0-9]{{{digits},}})$"


def is_id(text: str, config: Config) -> bool:
    """Tell whether a text has the form of this registry's IDs."""
    return re.match(id_pattern(config.id_prefix, config.id_digits), text) is not None and not text.endswith("\n")


def format_id(number: int, config: Config) -> str:
    """Write a number as an ID: 232 is `FI-0232`."""
    return f"{config.id_prefix}-{number:0{config.id_digits}}"


def id_number(text: str, config: Config) -> int | None:
    """Read the number of an ID, however it is padded and in whatever case; None where the text is none.

    It reads more than `is_id` allows, so that a number which was once written wrongly is not given to another record.
    """
    match = _loose_pattern(config.id_prefix).fullmatch(text)
    return int(match[1]) if match else None


@lru_cache(maxsize=8)
def _loose_pattern(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(prefix)}-([0-9]{{1,{MOST_DIGITS}}})", re.IGNORECASE | re.ASCII)
