"""Plain data, which is what a record holds: None, bool, int, float, str, and lists and mappings of them."""

from __future__ import annotations

import math
from typing import Any, Final, TypeAlias

Plain: TypeAlias = Any
"""None, bool, int, float, str, `list[Plain]` or `dict[str, Plain]`. The type checker cannot follow the depth."""


ANYTHING: Final = object()
"""Put into data, stands for whatever may be there."""


def same(one: Plain, other: Plain) -> bool:
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


def copy(data: Plain) -> Plain:
    """Copy lists and mappings all the way down; data is at most 32 deep, so this may call itself."""
    if isinstance(data, dict):
        return {key: copy(value) for key, value in data.items()}
    if isinstance(data, list):
        return [copy(item) for item in data]
    return data
