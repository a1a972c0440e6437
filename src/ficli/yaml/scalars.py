"""Plain data and plain scalars: the core schema of YAML 1.2, one table for every way of reading a record."""

from __future__ import annotations

import math
import re
from typing import Any, Final, TypeAlias

PlainData: TypeAlias = Any
"""None, bool, int, float, str, `list[Plain]` or `dict[str, Plain]`. The type checker cannot follow the depth."""


ANYTHING: Final = object()
"""A wildcard in data: equals any value."""


def same(one: PlainData, other: PlainData) -> bool:
    """Compare data strictly: 1, 1.0 and true differ, not-a-number equals itself, key order does not count.

    `ANYTHING` within `one` equals everything.
    """
    pairs = [(one, other)]
    while pairs:
        left, right = pairs.pop()
        if left is ANYTHING:
            continue
        if type(left) is not type(right):
            return False
        if isinstance(left, dict):
            if left.keys() != right.keys():
                return False
            pairs.extend((value, right[key]) for key, value in left.items())
        elif isinstance(left, list):
            if len(left) != len(right):
                return False
            pairs.extend(zip(left, right, strict=True))
        elif left != right and not (isinstance(left, float) and math.isnan(left) and math.isnan(right)):
            return False
    return True


def copy(data: PlainData) -> PlainData:
    """Copy lists and mappings at all depths; recursive, since data is at most 32 deep."""
    if isinstance(data, dict):
        return {key: copy(value) for key, value in data.items()}
    if isinstance(data, list):
        return [copy(item) for item in data]
    return data


ScalarValue: TypeAlias = bool | int | float | str | None

MAX_INTEGER_LENGTH: Final = 640
"""A longer integer stays text.

Python refuses to convert more digits than a limit that can be as low as 640, and numbers in records are
much shorter. Text is the harmless reading: the schema then asks for a number.
"""

_CONSTANTS: Final[dict[str, ScalarValue]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER_STARTS: Final = frozenset("0123456789+-.")
_INTEGERS: Final = (
    (re.compile(r"[-+]?[0-9]+"), 10),
    (re.compile(r"0o[0-7]+"), 8),
    (re.compile(r"0x[0-9a-fA-F]+"), 16),
)
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def resolve(plain: str) -> ScalarValue:
    """Return the value of a plain (unquoted) scalar; whatever is not null, a truth value or a number is text.

    See YAML 1.2.2, section 10.3.2. No library's constructor is used, since libraries disagree about `1_000`, `0b11`,
    `no`, `12:30` and `2024-05-08`. All five are text here.
    """
    if plain in _CONSTANTS:
        return _CONSTANTS[plain]
    if plain[0] not in _NUMBER_STARTS:
        return plain
    for pattern, base in _INTEGERS:
        if pattern.fullmatch(plain):
            return int(plain, base) if len(plain) <= MAX_INTEGER_LENGTH else plain
    return float(plain) if _FLOAT.fullmatch(plain) else plain
