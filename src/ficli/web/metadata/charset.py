"""Detect the encoding of a page: byte order mark, header, `<meta>`, then UTF-8 if valid, else windows-1252."""

from __future__ import annotations

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEAD = 8192
"""Bytes that are searched for a declaration."""

# What pages call an encoding, and what browsers read it as: https://encoding.spec.whatwg.org/#names-and-labels
_CODECS = {
    name: codec
    for codec, names in {
        "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
        "utf-16-le": "utf-16 utf-16le",
        "utf-16-be": "utf-16be",
        "cp1252": "iso-8859-1 iso8859-1 latin1 latin-1 l1 windows-1252 cp1252 ascii us-ascii x-cp1252",
        "iso8859-2": "iso-8859-2 iso8859-2 latin2",
        "iso8859-3": "iso-8859-3",
        "iso8859-4": "iso-8859-4",
        "iso8859-5": "iso-8859-5",
        "iso8859-6": "iso-8859-6",
        "iso8859-7": "iso-8859-7 greek",
        "iso8859-8": "iso-8859-8 iso-8859-8-i",
        "cp1254": "iso-8859-9 latin5 windows-1254",
        "iso8859-10": "iso-8859-10",
        "iso8859-13": "iso-8859-13",
        "iso8859-14": "iso-8859-14",
        "iso8859-15": "iso-8859-15 latin-9 latin9",
        "iso8859-16": "iso-8859-16",
        "cp874": "windows-874 tis-620 iso-8859-11",
        "cp1250": "windows-1250 cp1250",
        "cp1251": "windows-1251 cp1251 win-1251",
        "cp1253": "windows-1253 cp1253",
        "cp1255": "windows-1255 cp1255",
        "cp1256": "windows-1256 cp1256",
        "cp1257": "windows-1257 cp1257",
        "cp1258": "windows-1258 cp1258",
        "cp866": "ibm866 cp866",
        "koi8-r": "koi8-r koi8",
        "koi8-u": "koi8-u",
        "mac-roman": "macintosh",
        "gb18030": "gb2312 gbk gb18030 x-gbk gb_2312-80",
        "big5hkscs": "big5 big5-hkscs x-x-big5",
        "euc_jp": "euc-jp x-euc-jp",
        "iso2022_jp": "iso-2022-jp",
        "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
        "cp949": "euc-kr euckr ks_c_5601-1987 ksc5601 windows-949",
    }.items()
    for name in names.split()
}


def decode_page(raw: bytes, content_type: str = "") -> str:
    """Decode the bytes of a page.

    The first encoding that is declared and fits is used; if none fits, the first that is declared. A page that
    declares none is UTF-8 if it is valid UTF-8, and windows-1252 otherwise.

    Args:
        raw: the page.
        content_type: the header it came with.

    """
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(codec, errors="replace")
    declared = _declared(raw, content_type)
    for codec in declared:
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    if declared:
        return raw.decode(declared[0], errors="replace")
    text = raw.decode("utf-8", errors="replace")
    return text if _is_mostly_utf8(text) else raw.decode("cp1252", errors="replace")


def _declared(raw: bytes, content_type: str) -> list[str]:
    found = []
    if match := _HEADER.search(content_type):
        found.append(match[1])
    head = _COMMENT.sub(b"", raw[:_HEAD])
    for pattern in (_META, _XML):
        if written := pattern.search(head):
            name = written[1].decode("ascii").lower()
            # A page whose declaration could be read as ASCII is not in UTF-16.
            found.append("utf-8" if name.startswith("utf-16") else name)
    return [_CODECS[name.lower()] for name in found if name.lower() in _CODECS]


def _is_mostly_utf8(text: str) -> bool:
    """Return whether a text decoded as UTF-8 with replacements is UTF-8, with only a few broken characters."""
    broken = text.count("\ufffd")
    return not broken or broken * 5 < sum(character > "\x7f" for character in text)
