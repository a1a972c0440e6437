"""Decode the bytes of a file: UTF-8 and nothing else, with a flaw that names the likely encoding."""

from __future__ import annotations

import codecs
from typing import Final

from ficli.yaml.flaws import Flaw, FlawKind

BYTE_ORDER_MARK: Final = "\ufeff"

# UTF-32 comes first: its little-endian mark starts with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32-LE"),
    (codecs.BOM_UTF32_BE, "UTF-32-BE"),
    (codecs.BOM_UTF16_LE, "UTF-16-LE"),
    (codecs.BOM_UTF16_BE, "UTF-16-BE"),
)


def decode(raw: bytes) -> tuple[str, Flaw | None]:
    """Decode the bytes of a file; if they are not UTF-8, the text is a best guess to show beside the flaw.

    A byte order mark stays in the text, so that offsets count it; it is a flaw that can be fixed.
    """
    codec = _other_encoding(raw)
    if codec:
        text = raw.decode(codec, errors="replace").removeprefix(BYTE_ORDER_MARK)
        return text, _not_utf8(0, 0, f"the file is {codec[:6]}, not UTF-8", "")
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        at = len(raw[: error.start].decode())
        byte = raw[error.start]
        return raw.decode(errors="replace"), _not_utf8(
            at,
            at + 1,
            f"the byte `0x{byte:02X}` is not UTF-8",
            _guess(byte),
        )
    if text.startswith(BYTE_ORDER_MARK):
        return text, Flaw(
            FlawKind.CONTROL,
            0,
            1,
            "the file starts with a byte order mark, `U+FEFF`",
            label="invisible, before the first character",
            help="save the file as UTF-8 without BOM",
            replacement="",
        )
    return text, None


def _other_encoding(raw: bytes) -> str:
    for mark, codec in _MARKS:
        if raw.startswith(mark):
            return codec
    # A record starts with ASCII, so without a mark the zero bytes tell: every second one, or three in four.
    zeros = "".join("0" if byte == 0 else "x" for byte in raw[:4])
    return {"x000": "UTF-32-LE", "000x": "UTF-32-BE", "x0x0": "UTF-16-LE", "0x0x": "UTF-16-BE"}.get(zeros, "")


def _not_utf8(start: int, end: int, message: str, label: str) -> Flaw:
    return Flaw(FlawKind.NOT_UTF8, start, end, message, label=label, help="save the file as UTF-8 in your editor")


def _guess(byte: int) -> str:
    try:
        char = bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return "not text"
    return f"`{char}`, if this is Windows-1252" if char.isprintable() else "not text"
