"""Which bytes are surely fine: the tests a file must pass before the accelerator may read it.

Every test errs to one side. A file that fails one is not wrong, it only goes the exact way. A file that
passes them all means the same to the accelerator and to the exact parser, cannot crash either, and holds
nothing but plain data. The order is by price: a search for one byte costs a tenth of a microsecond, a
pattern without a literal start twenty.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from ficli.document.limits import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ficli.document.plain import Plain

_CONTROLS: Final = bytes([*range(0x0A), *range(0x0B, 0x20), 0x7F])

# A line starts behind a line feed: one is put before the text, so that the first line has it too. A pattern
# with a literal start and no way back is a tenth of the price of any other, so a mark is looked for first
# and what stands before it afterwards.
_LINE_TRAPS: Final = re.compile(
    rb"\n *+(?:%|\.\.\.|={7}|>{7}"  # directives, ends of documents, conflict markers
    rb"|[?:][ \n]"  # explicit and empty keys
    rb"|-(?:--| ++[-?:][ \n]))",  # documents, and lists in a list on one line: they overflow the accelerator's stack
)
# In brackets the parsers part ways over colons, block marks, keys of several lines and more. So only the
# simplest brackets pass: closed on their line, with plain words or quoted text without escapes in them.
_WORDS: Final = rb"[A-Za-z0-9\x80-\xff](?:[A-Za-z0-9\x80-\xff _./()&+%%@$=~-]|:(?=[A-Za-z0-9/]))*"
_QUOTED: Final = rb"\"[^\"\\\n]*\"|'[^'\n]*'"
_IN_BRACKETS: Final = rb"(?:%b|%b)" % (_WORDS.replace(b"%%", b"%"), _QUOTED)
_FLAT_LIST: Final = rb"(?:%b(?:, %b)*)?\]" % (_IN_BRACKETS, _IN_BRACKETS)
_PAIR: Final = rb"%b: (?:%b|\[%b)" % (_IN_BRACKETS, _IN_BRACKETS, _FLAT_LIST)
_FLAT_MAPPING: Final = rb"(?:%b(?:, %b)*)?\}" % (_PAIR, _PAIR)
_ITEM: Final = rb"(?:%b|\{%b)" % (_IN_BRACKETS, _FLAT_MAPPING)
_LIST: Final = rb"(?:%b(?:, %b)*)?\]" % (_ITEM, _ITEM)
_ODD_LIST: Final = rb"\[(?<=[\s\[{,:-]\[)(?!%b)" % _LIST
_ODD_MAPPING: Final = rb"\{(?<=[\s\[{,:-]\{)(?!%b)" % _FLAT_MAPPING
_MARKS: Final = (
    (b"&", rb"&(?<=[\s\[{,:]&)\S"),
    (b"*", rb"\*(?<=[\s\[{,:]\*)\S"),
    (b"!", rb"!(?<=[\s\[{,:]!)"),
    (b"?", rb"\?(?<=[\s\[{,]\?)[\s,\[\]{}]"),
    (b"\\", rb"\\[^\"\\/n]"),
    (b"[", _ODD_LIST),
    (b"{", _ODD_MAPPING),
)
"""What to look for where a byte is there at all: anchors, aliases, tags, explicit keys, escapes and brackets.

`re` compiles a pattern when it is first needed, and keeps it.
"""
_DEEP: Final = b" " * 40
_MAX_BRACKETS: Final = 64
"""More than a record needs, and few enough for any parser's stack."""
_MAX_KEY_LENGTH: Final = 200
_INTEGERS_END: Final = 1 << 63

# Numbers are told by their shape, in which a digit or dot is 0, whatever may stand before a scalar a space,
# and the letter of a base x: `1_000` is ` 0_000`, `_1` is ` _0`, `+0b11` is `  0x00`.
_SHAPES: Final = bytes.maketrans(
    b"0123456789." + b"\n[{,:+-" + b"oObBX",
    b"00000000000" + b"       " + b"xxxxx",
)
_UNDERSCORED: Final = re.compile(rb"_(?:0|(?<=0_))")
_BASED: Final = re.compile(rb" 0x")
_ODD_NUMBER: Final = re.compile(rb"(?<![^\s\[{,:])[-+]?(?:0[oObBxX]|[0-9._][0-9._eE+-]*_|_)")
"""Numbers with underscores or in another base than ten: the accelerator takes more of them for numbers."""


def passes(raw: bytes, text: str) -> bool:
    """Tell whether the bytes of a file, and the text they are in UTF-8, are safe for the accelerator."""
    if not raw.endswith(b"\n") or len(raw.translate(None, _CONTROLS)) != len(raw):
        return False
    if len(raw) != len(text) and not text.replace("\n", "").isprintable() and _has_hidden(text):
        return False
    padded = b"\n" + raw
    if _DEEP in raw or _LINE_TRAPS.search(padded):
        return False
    if raw.count(b"[") + raw.count(b"{") > _MAX_BRACKETS:
        return False
    if b"<" in raw and b"<<" in raw:  # a merge key, a conflict
        return False
    if any(mark in raw and re.search(pattern, padded) for mark, pattern in _MARKS):
        return False
    shapes = padded.translate(_SHAPES)
    odd = _UNDERSCORED.search(shapes) or _BASED.search(shapes)
    return not (odd and _ODD_NUMBER.search(padded))


def _has_hidden(text: str) -> bool:
    from ficli.document.controls import find  # few records need its patterns

    return next(find(text), -1) >= 0


def is_plain_record(data: Plain) -> bool:
    """Tell whether data is a mapping with text for keys all the way down, no deeper than `MAX_DEPTH`.

    Values must be such that every reader agrees on them. Numbers are finite, and integers of at most 64 bits.
    Text does not start with a line end, for an empty block scalar is nothing to one and a line end to another.
    Keys are short, for a parser may give up looking for the colon of a long one.
    """
    if type(data) is not dict:
        return False
    level: list[Plain] = [data]
    for _ in range(MAX_DEPTH):
        below: list[Plain] = []
        for branch in level:
            if type(branch) is dict:
                if not _are_names(branch):
                    return False
                children = branch.values()
            else:
                children = branch
            for child in children:
                kind = type(child)
                if kind is str:
                    if child[:1] == "\n":
                        return False
                elif kind is dict or kind is list:
                    below.append(child)
                elif not _agreed(child):
                    return False
        if not below:
            return True
        level = below
    return False


def _are_names(keys: Iterable[Plain]) -> bool:
    for key in keys:  # noqa: SIM110 - a generator doubles the price of every record
        if type(key) is not str or len(key) > _MAX_KEY_LENGTH:
            return False
    return True


def _agreed(value: Plain) -> bool:
    if value is None or value is True or value is False:
        return True
    if type(value) is int:
        return -_INTEGERS_END <= value < _INTEGERS_END
    return type(value) is float and math.isfinite(value)
