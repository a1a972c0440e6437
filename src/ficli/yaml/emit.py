"""Write plain data as YAML in the canonical layout: two spaces a level, plain if that is safe, folded at 100 columns.

The text means the same to a reader of YAML 1.1 as to one of YAML 1.2, except for dates: those stay
unquoted, since they are text to ficli, and everybody writes them so. Behind the keys in `texts` they are quoted too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Final, TypeAlias

from ficli.yaml.control_characters import find, is_surrogate
from ficli.yaml.scalars import PlainData, ScalarValue, resolve

Keys: TypeAlias = Collection[str]

WIDTH: Final = 100
"""Columns of a line of folded text."""

_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
_FLOW_MARKS: Final = re.compile(r"[,\[\]{}:]")
_YAML_1_1: Final = re.compile(
    r"""
      y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF                            # truth values
    | = | <<                                                                       # default and merge keys
    | [-+]?0[bB][01_]+ | [-+]?0[oO][0-7_]+ | [-+]?0[xX][0-9a-fA-F_]+               # bases
    | [-+]?(?:[0-9_]+\.?[0-9_]*|\.[0-9_]+)(?:[eE][-+]?[0-9_]+)?                    # numbers with underscores
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?                             # base 60: 12:30:00
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*            # a date with a time
    """,
    re.VERBOSE,
)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_FOLDING_POINT: Final = re.compile(r"(?<=[^ ]) (?=[^ ])")


def scalar(value: ScalarValue, *, indent: int = 0, key_width: int = 0, date: bool = True) -> str:
    """Write a value to follow `key: ` or `- `; long text and paragraphs become a block scalar.

    Args:
        value: the value.
        indent: columns before the key or dash; a block scalar is two further in.
        key_width: columns that the key or dash takes, with the blank after it.
        date: whether a date stays unquoted.

    """
    written = inline(value, date=date)
    if not isinstance(value, str):
        return written
    too_long = indent + key_width + len(written) > WIDTH and _FOLDING_POINT.search(value)
    if "\n" in value or too_long:
        return block_scalar(value, indent) or written
    return written


def inline(value: ScalarValue, *, flow: bool = False, date: bool = True) -> str:
    """Write a value on one line, for use in brackets if `flow`; a date is quoted unless `date`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if is_plain(value, flow=flow, date=date):
        return value
    if ('"' in value or "\\" in value) and "'" not in value:
        return single_quoted(value) or double_quoted(value)
    return double_quoted(value)


def is_plain(value: str, *, flow: bool = False, date: bool = True) -> bool:
    """Return whether text can be written without quotes, so that every parser reads it as that text.

    Args:
        value: the text.
        flow: whether it stands in brackets.
        date: whether a date counts as text.

    """
    return not (
        not value
        or value[0] in _INDICATORS
        or value[0] == " "
        or value[-1] in " :"
        or ": " in value
        or " #" in value
        or value.startswith(("---", "..."))
        or not value.isprintable()
        or not isinstance(resolve(value), str)
        or is_ambiguous(value, date=date)
        or (flow and _FLOW_MARKS.search(value))
    )


def is_ambiguous(value: str, *, date: bool = True) -> bool:
    """Return whether a reader of YAML 1.1 takes unquoted text for something else; for a date, if not `date`."""
    return _YAML_1_1.fullmatch(value) is not None or (not date and _DATE.fullmatch(value) is not None)


def single_quoted(value: str) -> str | None:
    """Write text in single quotes; None if it needs escapes."""
    if not value.isprintable():
        return None
    return "'" + value.replace("'", "''") + "'"


def double_quoted(value: str) -> str:
    """Write text in double quotes, with escapes for invisible characters, so that nobody overlooks them."""
    hidden = set(find(value))
    chars = (_ESCAPES.get(char) or (_escape(char) if at in hidden else char) for at, char in enumerate(value))
    return '"' + "".join(chars) + '"'


def _escape(char: str) -> str:
    point = 0xFFFD if is_surrogate(char) else ord(char)
    mark, digits = next((mark, digits) for mark, digits in (("x", 2), ("u", 4), ("U", 8)) if point < 16**digits)
    return f"\\{mark}{point:0{digits}x}"


def _number(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    mantissa, e, exponent = repr(value).partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{e}{exponent}"


# --- block scalars -----------------------------------------------------------------------------------------


def block_scalar(value: str, indent: int) -> str | None:
    """Write text as a block scalar: literal if its lines are short, else folded; None if neither can hold it."""
    if all(indent + 2 + len(line) <= WIDTH for line in value.split("\n")):
        return emit_literal(value, indent)
    return folded(value, indent) or emit_literal(value, indent)


def emit_literal(value: str, indent: int) -> str | None:
    """Write text line by line after `|`; None if its blanks or invisible characters would be lost."""
    chomping = _chomping(value)
    if chomping is None:
        return None
    return _block("|" + chomping, value.removesuffix("\n").split("\n"), indent)


def folded(value: str, indent: int) -> str | None:
    """Write text after `>`, with lines of at most 100 columns if it has blanks to break at; None as above.

    Lines break only at single blanks, so text without blanks, such as Japanese, stays on one line.
    """
    chomping = _chomping(value)
    if chomping is None or any(line.startswith(" ") for line in value.split("\n")):
        return None
    lines: list[str] = []
    for paragraph in value.removesuffix("\n").split("\n"):
        if lines and paragraph:
            lines.append("")  # one line end of the text is two in the file
        lines += _wrapped(paragraph, WIDTH - indent - 2)
    return _block(">" + chomping, lines, indent)


def _chomping(value: str) -> str | None:
    lines = value.split("\n")
    if value.endswith("\n"):
        lines.pop()
    first_and_last = lines[:1] + lines[-1:]
    if not all(first_and_last) or lines[0].startswith(" "):
        return None
    if (
        any(line.endswith(" ") for line in lines)
        or "\t" in value
        or "\r" in value
        or next(find(value), None) is not None
    ):
        return None
    return "" if value.endswith("\n") else "-"


def _wrapped(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in _FOLDING_POINT.split(paragraph):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def _block(header: str, lines: list[str], indent: int) -> str:
    pad = " " * (indent + 2)
    return "\n".join([header, *(pad + line if line else "" for line in lines)])


# --- mappings and lists ------------------------------------------------------------------------------------


def key(name: str, *, flow: bool = False) -> str:
    """Write a key, in quotes if it could be read as anything but text."""
    return inline(name, flow=flow)


def emit_entry(name: str, value: PlainData, indent: int, texts: Keys = ()) -> str:
    """Write a key with its value as whole lines, the last with its line end."""
    head = " " * indent + key(name) + ":"
    if isinstance(value, dict | list):
        below = block(value, indent + 2, texts, name) if value else ""
        return f"{head}\n{below}" if value else f"{head} {flow(value)}\n"
    written = scalar(value, indent=indent, key_width=len(head) + 1 - indent, date=name not in texts)
    return f"{head} {written}\n"


def emit_item(value: PlainData, indent: int, texts: Keys = (), name: str = "") -> str:
    """Write an item of a list as whole lines, the last with its line end; `name` is the key of the list."""
    pad = " " * indent
    if isinstance(value, dict) and value:
        return f"{pad}- {block(value, indent + 2, texts, name)[indent + 2 :]}"
    if isinstance(value, list) and value:
        return f"{pad}-\n{block(value, indent + 2, texts, name)}"
    if isinstance(value, dict | list):
        return f"{pad}- {flow(value)}\n"
    return f"{pad}- {scalar(value, indent=indent, key_width=2, date=name not in texts)}\n"


def block(value: PlainData, indent: int = 0, texts: Keys = (), name: str = "") -> str:
    """Write a mapping or list as whole lines that start `indent` columns in; an empty one is `{}` or `[]`."""
    if not value:
        return f"{' ' * indent}{flow(value)}\n"
    if isinstance(value, dict):
        return "".join(emit_entry(inner, child, indent, texts) for inner, child in value.items())
    return "".join(emit_item(child, indent, texts, name) for child in value)


def flow(value: PlainData, texts: Keys = (), name: str = "") -> str:
    """Write any data on one line, for use in brackets."""
    if isinstance(value, dict):
        pairs = (f"{key(inner, flow=True)}: {flow(child, texts, inner)}" for inner, child in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(child, texts, name) for child in value) + "]"
    return inline(value, flow=True, date=name not in texts)
