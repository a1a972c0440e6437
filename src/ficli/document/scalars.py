"""What a plain scalar means: the core schema of YAML 1.2, one table for every way of reading a record.

Source: YAML 1.2.2, section 10.3.2. No library's constructor is used, because each has its own opinion of
`1_000`, `0b11`, `no`, `12:30` and `2024-05-08`; here all five are text.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

ScalarValue: TypeAlias = bool | int | float | str | None

MAX_INTEGER_LENGTH: Final = 640
"""A longer integer stays text.

Python refuses to convert more digits than a limit that can be set as low as 640, and no figure in a record
comes near it. Text is the harmless reading: the schema then asks for a number.
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
    """Give the value of a plain (unquoted) scalar; whatever is not null, a truth value or a number is text."""
    if plain in _CONSTANTS:
        return _CONSTANTS[plain]
    if plain[0] not in _NUMBER_STARTS:
        return plain
    for pattern, base in _INTEGERS:
        if pattern.fullmatch(plain):
            return int(plain, base) if len(plain) <= MAX_INTEGER_LENGTH else plain
    return float(plain) if _FLOAT.fullmatch(plain) else plain
