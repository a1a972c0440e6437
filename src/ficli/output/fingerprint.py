"""A name for each finding that stays the same when lines move, so that a service knows it again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ficli.diagnostics import Diagnostic

_NUMBER = re.compile(r"\[\d+\]")


def fingerprints(items: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield a fingerprint for each finding: 64 hexadecimal digits, no two alike.

    It is made of the rule, the file, the field without its number in a list, and the text that is marked; of
    several findings alike in all of these, the second and later ones are told apart by their order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for item in items:
        facts = (item.rule, item.path, _NUMBER.sub("[]", item.field), _marked(item))
        seen[facts] += 1
        text = "\0".join((*facts, str(seen[facts])))
        yield hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _marked(item: Diagnostic) -> str:
    span = item.span
    end = span.end_column - 1 if span.end_line == span.line else None
    return item.excerpt.source[span.column - 1 : end].strip()
