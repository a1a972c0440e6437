"""Invisible characters and control characters: which they are and what to do about them.

These are the control characters except tab and line ends, separators that only some programs read as line
ends, zero-width characters, marks that turn the direction of text around, tag characters and code points
that are not characters. A few of them are needed to write a language or an emoji, and are allowed there.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Final

from ficli.yaml.flaws import Flaw, FlawKind
from ficli.yaml.nodes import Scalar, ScalarStyle

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
_SUSPECTS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    f"\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f{_NONCHARACTERS}]",
)
_JOINERS: Final = "\u200c\u200d"
_DIRECTION_MARKS: Final = "\u061c\u200e\u200f"
_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]",
)
_FLAG: Final = "\U0001f3f4"
_TAG_CHARACTERS: Final = "".join(map(chr, range(0xE0020, 0xE0080)))
_LONGEST_FLAG: Final = 8
_SURROGATE_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SEPARATORS: Final = "\x0b\x0c\x85\u2028\u2029"
_C0_NAMES: Final = (
    "NULL,START OF HEADING,START OF TEXT,END OF TEXT,END OF TRANSMISSION,ENQUIRY,ACKNOWLEDGE,BELL,BACKSPACE,"
    "CHARACTER TABULATION,LINE FEED,LINE TABULATION,FORM FEED,CARRIAGE RETURN,SHIFT OUT,SHIFT IN,"
    "DATA LINK ESCAPE,DEVICE CONTROL ONE,DEVICE CONTROL TWO,DEVICE CONTROL THREE,DEVICE CONTROL FOUR,"
    "NEGATIVE ACKNOWLEDGE,SYNCHRONOUS IDLE,END OF TRANSMISSION BLOCK,CANCEL,END OF MEDIUM,SUBSTITUTE,ESCAPE,"
    "INFORMATION SEPARATOR FOUR,INFORMATION SEPARATOR THREE,INFORMATION SEPARATOR TWO,INFORMATION SEPARATOR ONE"
)
_OTHER_NAMES: Final = {"\x7f": "DELETE", "\x85": "NEXT LINE", "\ufeff": "BYTE ORDER MARK"}

_ESCAPE: Final = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<one>\r\n|.))|.",
    re.DOTALL,
)
_ESCAPES: Final = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


def name(char: str) -> str:
    """Return the name of a code point: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    point = ord(char)
    known = _OTHER_NAMES.get(char) or (_C0_NAMES.split(",")[point] if char < " " else unicodedata.name(char, ""))
    if not known:
        known = {"Cs": "SURROGATE", "Cc": "CONTROL"}.get(unicodedata.category(char), "NONCHARACTER")
    return f"U+{point:04X} {known}"


def is_surrogate(char: str) -> bool:
    """Return whether a code point is half a UTF-16 pair; UTF-8 cannot hold one, only an escape can write it."""
    return "\ud800" <= char <= "\udfff"


def without_surrogates(value: str) -> str:
    """Join the surrogate pairs of a text, as JSON means them, and write U+FFFD for an unpaired surrogate.

    Data must never hold one: it could neither be written nor printed.
    """
    # Decoding UTF-16 joins a pair into its character, and replaces an unpaired surrogate by U+FFFD.
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def find(text: str) -> Iterator[int]:
    """Yield the offset of each invisible or control character of a text, in order.

    A joiner is allowed between two characters beyond ASCII (Persian, Indic scripts, emoji), a direction mark in
    text with right-to-left letters, and the tags of a regional flag after its black flag.
    """
    # One pass in C settles nearly every text: each suspect is unprintable, and so are line feeds.
    if text.replace("\n", "").isprintable():
        return
    right_to_left: bool | None = None
    for match in _SUSPECTS.finditer(text):
        at, char = match.start(), match.group()
        if char in _JOINERS and _joins(text, at):
            continue
        if char in _DIRECTION_MARKS:
            if right_to_left is None:
                right_to_left = _RIGHT_TO_LEFT.search(text) is not None
            if right_to_left:
                continue
        if char in _TAG_CHARACTERS and _in_flag(text, at):
            continue
        yield at


def _joins(text: str, at: int) -> bool:
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return len(around) == len("ab") and not any(char.isascii() or char.isspace() for char in around)


def _in_flag(text: str, at: int) -> bool:
    return text[max(at - _LONGEST_FLAG, 0) : at].rstrip(_TAG_CHARACTERS).endswith(_FLAG)


def raw_flaws(text: str) -> Iterator[Flaw]:
    """Yield a flaw for each run of such characters in a text; a byte order mark at its start is not one of them."""
    start = end = -1
    for at in find(text):
        if at == 0 and text[0] == "\ufeff":
            continue
        if at != end:
            if end > 0:
                yield _flaw(start, end, text[start:end])
            start = at
        end = at + 1
    if end > 0:
        yield _flaw(start, end, text[start:end])


def escaped_flaws(text: str, scalar: Scalar) -> Iterator[Flaw]:
    r"""Yield a flaw for each escape in a double-quoted scalar that makes such a character: `"\e[31m"`."""
    source = text[scalar.start : scalar.end]
    if scalar.style is not ScalarStyle.DOUBLE or "\\" not in source:
        return
    pieces = [(match.start() + scalar.start, _unescape(match)) for match in _ESCAPE.finditer(source)]
    decoded = "".join(char for _, char in pieces)
    starts = [start for start, char in pieces if char]
    starts.append(scalar.end)
    skip = -1
    for at in find(decoded):
        start, end = starts[at], starts[at + 1]
        if text[start] != "\\" or at == skip:
            continue
        if _SURROGATE_PAIR.match(decoded, at):
            skip = at + 1
            yield _pair_flaw(start, starts[at + 2], without_surrogates(decoded[at : at + 2]))
        else:
            yield _flaw(start, end, decoded[at], escape=text[start:end])


def _unescape(match: re.Match[str]) -> str:
    code = match["x"] or match["u"] or match["U"]
    if code:
        point = int(code, 16)
        return chr(point) if point <= sys.maxunicode else "\ufffd"
    if match["one"] is None:
        return match.group()
    return _ESCAPES.get(match["one"], "" if match["one"] in "\r\n" else match["one"])


def _flaw(start: int, end: int, chars: str, escape: str = "") -> Flaw:
    named = name(chars[0]) + (f" and {len(chars) - 1} more" if len(chars) > 1 else "")
    written = f"the escape `{escape}` makes" if escape else "the text holds"
    return Flaw(
        FlawKind.CONTROL,
        start,
        end,
        f"{written} the hidden or control character `{named}`",
        label=f"`{named}`",
        help="delete it",
        replacement="".join(" " if char in _SEPARATORS else "" for char in chars),
    )


def _pair_flaw(start: int, end: int, char: str) -> Flaw:
    return Flaw(
        FlawKind.CONTROL,
        start,
        end,
        f"two escapes make one character of JSON, `{char}`, but in YAML two surrogates",
        label=f"this is `{char}`" if char.isprintable() else "a surrogate pair",
        help="write the character itself",
        replacement=char,
    )
