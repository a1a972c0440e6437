"""The fast way to read a record: plain data for bytes that are surely fine, a refusal for all others."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, TypeAlias, cast

from ficli.yaml.flaws import MAX_BYTES, MAX_DEPTH

if TYPE_CHECKING:
    from ficli.yaml.document import YamlDocument
    from ficli.yaml.scalars import PlainData


_CONTROLS: Final = bytes([*range(0x0A), *range(0x0B, 0x20), 0x7F])

# A line starts behind a line feed: one is put before the text, so that the first line has it too. A pattern
# with a literal start and no way back is a tenth of the price of any other, so a mark is looked for first
# and what stands before it afterwards.
_LINE_TRAPS: Final = re.compile(
    rb"\n *+(?:%|\.\.\.|={7}|>{7}|\|{7}"  # directives, ends of documents, conflict markers
    rb"|[?:][ \n]"  # explicit and empty keys
    rb"|-(?:--| ++[-?:][ \n]"  # documents, and lists in a list on one line: they overflow the accelerator's stack
    rb"|(?: ++-)?[A-Za-z_'\"\x80-\xff][^\n]*?:\s))",  # keys after a dash without its space
)
# In brackets the parsers disagree about colons, block marks, keys of several lines and more. So only the
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
"""Patterns, by the byte to search for first: anchors, aliases, tags, explicit keys, escapes and brackets.

`re` compiles a pattern when it is first needed, and caches it.
"""
_DEEP: Final = b" " * 40
_MAX_BRACKETS: Final = 64
"""More than a record needs, and few enough for any parser's stack."""
_MAX_KEY_LENGTH: Final = 200
_INTEGERS_END: Final = 1 << 63

# Numbers are recognized by their shape, in which a digit or dot is 0, whatever may stand before a scalar a space,
# and the letter of a base x: `1_000` is ` 0_000`, `_1` is ` _0`, `+0b11` is `  0x00`.
_SHAPES: Final = bytes.maketrans(
    b"0123456789." + b"\n[{,:+-" + b"oObBX",
    b"00000000000" + b"       " + b"xxxxx",
)
_UNDERSCORED: Final = re.compile(rb"_(?:0|(?<=0_))")
_BASED: Final = re.compile(rb" 0x")
_ODD_NUMBER: Final = re.compile(rb"(?<![^\s\[{,:])[-+]?(?:0[oObBxX]|[0-9._][0-9._eE+-]*_|_)")
"""Numbers with underscores or in a base other than ten: the accelerator reads more texts as numbers."""


def passes(raw: bytes, text: str) -> bool:
    """Return whether the bytes of a file, and their text in UTF-8, are safe for the accelerator."""
    # `translate` with a delete table finds control bytes in one pass in C.
    if not raw.endswith(b"\n") or len(raw.translate(None, _CONTROLS)) != len(raw):
        return False
    # Equal lengths mean pure ASCII, whose hidden characters are excluded by the test above.
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
    # Two searches in the translated bytes exclude odd numbers in nearly every record, before the slow pattern runs.
    shapes = padded.translate(_SHAPES)
    odd = _UNDERSCORED.search(shapes) or _BASED.search(shapes)
    return not (odd and _ODD_NUMBER.search(padded))


def _has_hidden(text: str) -> bool:
    from ficli.yaml.control_characters import find  # few records need its patterns

    return next(find(text), -1) >= 0


def is_plain_record(data: PlainData) -> bool:
    """Return whether data is a mapping with text keys at all depths, no deeper than `MAX_DEPTH`.

    Every parser must agree on the values. Numbers are finite, and integers have at most 64 bits.
    Text does not start with a line end, since parsers differ on an empty block scalar.
    Keys are short, since a parser may stop looking for the colon of a long one.
    """
    if type(data) is not dict:
        return False
    # Breadth-first by level: the depth is bounded without recursion. `type() is` is faster than `isinstance`.
    level: list[PlainData] = [data]
    for _ in range(MAX_DEPTH):
        below: list[PlainData] = []
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


def _are_names(keys: Iterable[PlainData]) -> bool:
    for key in keys:  # noqa: SIM110 - a generator doubles the price of every record
        if type(key) is not str or len(key) > _MAX_KEY_LENGTH:
            return False
    return True


def _agreed(value: PlainData) -> bool:
    if value is None or value is True or value is False:
        return True
    if type(value) is int:
        return -_INTEGERS_END <= value < _INTEGERS_END
    return type(value) is float and math.isfinite(value)


class RefusedType(Enum):
    """The type of `REFUSED`, so that a type checker can distinguish it from data."""

    REFUSED = "refused"


REFUSED: Final = RefusedType.REFUSED
"""The file is not certainly valid. It may be: `parse.parse` decides."""

Accepted: TypeAlias = dict[str, Any] | Literal[RefusedType.REFUSED]


class _Loads(Protocol):
    """The one function of yaml_rs that is used."""

    def __call__(self, text: str, /, *, parse_datetime: bool) -> object:
        """Read a text; raises YAMLDecodeError."""


@cache
def _accelerator() -> _Loads | None:
    try:
        import yaml_rs
    except ImportError:
        return None
    return cast("_Loads", yaml_rs.loads)


def parse_fast(raw: bytes, document: Callable[[], YamlDocument] | None = None) -> Accepted:
    """Return the data of a file that is surely a mapping of plain data without a flaw, else `REFUSED`.

    Accepted data is what `parse.parse` would return: same data, same types, no flaws. Without yaml_rs
    installed it calls `parse.parse`, about ten times slower.

    Args:
        raw: the bytes of the file.
        document: returns the result of `parse.parse`, so that a caller that needs it too parses only once.

    """
    if len(raw) > MAX_BYTES:
        return REFUSED
    loads = _accelerator()
    if loads is None:
        return _parse_exactly(document() if document is not None else _parsed(raw))
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return REFUSED
    # Cheap tests of the bytes first: the accelerator gets only text that both parsers read alike.
    if not passes(raw, text):
        return REFUSED
    try:
        # Without the flag a date would become a date object, and 2024-13-45 an error.
        data = loads(text, parse_datetime=False)
    except BaseException as error:
        # After any error the exact parser decides. A panic in Rust is not an Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return REFUSED
        raise
    return cast("dict[str, Any]", data) if is_plain_record(data) else REFUSED


def _parsed(raw: bytes) -> YamlDocument:
    from ficli.yaml.parse import parse

    return parse(raw)


def _parse_exactly(document: YamlDocument) -> Accepted:
    if document.flaws or not is_plain_record(document.data):
        return REFUSED
    return cast("dict[str, Any]", document.data)
