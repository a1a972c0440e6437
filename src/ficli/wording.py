"""Prepare foreign text for messages: make it harmless, measure it, join it, and find near names.

Text from a record, a file name or a server is data. All that goes to a terminal, a log or a JSON file
passes through `harmless` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

# C0 and C1 controls, DEL, line separators, zero-width and bidirectional controls, soft hyphen, surrogates,
# interlinear annotations, noncharacters and tags: nothing that a reader could see, everything that can mislead.
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]",
)
# What a build's log would read as a command: `::error` where a line or a word begins, and `##[error]` or
# `##vso[...]` anywhere. The first character is escaped, which is enough. No command is written in the letters of
# hexadecimal digits alone, and none is short, so that `::ffff:0:0` stays the address that it is.
_COMMAND = re.compile(r"(?<!\S):(?=:[A-Za-z-]{4})(?=:[A-Fa-f-]*[G-Zg-z])|#(?=#\w*\[)")
_COMMAND_IN_JSON = re.compile(r"#(?=#\w*\[)")
_WEB = re.compile(r"\S*://\S*\s*")
_LONG = 60


def harmless(text: str) -> str:
    """Replace each character that could act on a terminal or a build's log, or mislead a reader, by its escape."""
    return _COMMAND.sub(_code, HIDDEN.sub(_escape, text))


def harmless_parts(text: str, *cuts: int) -> list[str]:
    """Make a text harmless as a whole, and cut it at offsets of the original text.

    A command that is cut would be whole again when the parts are joined.
    """
    commands = {match.start() for match in _COMMAND.finditer(HIDDEN.sub("x", text))}
    shown = [
        _code_of(letter) if place in commands else HIDDEN.sub(_escape, letter) for place, letter in enumerate(text)
    ]
    return ["".join(shown[start:end]) for start, end in pairwise((0, *cuts, len(text)))]


def _escape(match: re.Match[str]) -> str:
    return ascii(match.group())[1:-1]


def _code(match: re.Match[str]) -> str:
    return _code_of(match.group())


def _code_of(letter: str) -> str:
    return f"\\x{ord(letter):02x}"


def safe_json(value: object, *, indent: int | None = 2) -> str:
    """Write JSON in which all non-ASCII characters are escaped, and what a build's log would read as a command."""
    import json

    # In JSON a `#` is always inside a string, where its escape means the same.
    return _COMMAND_IN_JSON.sub(r"\\u0023", json.dumps(value, indent=indent))


def quoted(value: object, *, longest: int = _LONG) -> str:
    """Format a value in back-ticks for a message: harmless, on one line, and cut with `…` if it is long."""
    text = value if isinstance(value, str) else _plain(value)
    text = harmless(text).replace("`", "'")
    return f"`{text[: longest - 1]}…`" if len(text) > longest else f"`{text}`"


def _plain(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def as_text(value: object) -> str:
    """Return a value of a file if it is text, or else an empty text."""
    return value if isinstance(value, str) else ""


def capitalized(text: str) -> str:
    """Return a text that begins with a capital letter; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[object], *, last: str = "and") -> str:
    """Join values in back-ticks as in a sentence: "`a`, `b` and `c`"."""
    names = [quoted(word) for word in words]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Format a number with its noun: "1 record", "10,000 records"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def nearest(word: str, known: Iterable[str], *, most: int = 1) -> Sequence[str]:
    """Return the known names that a mistyped one may stand for, best first; empty if none is near.

    Case and the difference between `-`, `_` and a space do not count.
    """
    from difflib import get_close_matches

    folded = {_fold(name): name for name in known}
    # The similarity (Ratcliff/Obershelp) takes quadratic time, so only the start of a long word is compared.
    return [folded[match] for match in get_close_matches(_fold(word[:100]), folded, n=most, cutoff=0.72)]


def _fold(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-")


def display_width(text: str) -> int:
    """Count the terminal cells that text takes: two for most CJK and emoji, none for combining marks."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped(text: str | Text, width: int) -> list[Text]:
    """Break text of one line into lines of so many terminal cells, between words where possible.

    A web address that no line holds stays whole on a line of its own, so that it can be followed and copied.
    """
    from rich.console import Console
    from rich.text import Text

    whole = Text(text) if isinstance(text, str) else text
    addresses = [match.span() for match in _WEB.finditer(whole.plain) if display_width(match.group().rstrip()) > width]
    lines: list[Text] = []
    for number, piece in enumerate(whole.divide(chain(*addresses))):
        lines += [piece] if number % 2 else piece.wrap(Console(width=width), width) if piece else []
    for line in lines:
        line.rstrip()
    return lines


def cut(text: str, width: int, more: str = "…") -> str:
    """Cut text to so many terminal cells, with a sign of what is left out."""
    if display_width(text) <= width:
        return text
    return first_cells(text, width - len(more)).rstrip() + more


def first_cells(text: str, width: int) -> str:
    """Return the longest beginning of a text that takes no more than so many terminal cells."""
    if text.isascii():
        return text[: max(0, width)]
    from rich.cells import chop_cells

    return next(iter(chop_cells(text, width)), "") if width > 0 else ""
