"""A PDF document by its headers: the title and day in its information dictionary, and the HTTP headers.

The document is not parsed; what is compressed or encrypted in it stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ficli.web.metadata.dates import read_date
from ficli.web.metadata.evidence import Origin, Value
from ficli.web.metadata.extract import PageFacts
from ficli.web.metadata.page import clean

if TYPE_CHECKING:
    from datetime import date

_START = 1024
_TITLE = re.compile(rb"/Title\s*(?:\(((?:[^()\\]|\\.){1,1000})\)|<([0-9A-Fa-f\s]{4,4000})>)", re.DOTALL)
_XMP_TITLE = re.compile(rb"<dc:title>.{0,200}?<rdf:li[^>]{0,100}>([^<]{1,1000})</rdf:li>", re.DOTALL)
_CREATED = re.compile(rb"/CreationDate\s*\(D:(\d{8})")
_NO_TITLE = re.compile(
    r"\A(?:microsoft (?:word|powerpoint|excel)|powerpoint|untitled|layout|document|slide)\b|"
    r"\.(?:docx?|indd|pdf|pptx?|xlsx?|qxd|rtf|tex|odt)\Z|\A[\W\d_]*\Z",
    re.IGNORECASE,
)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r?\n)")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}
_LONGEST = 300


def is_pdf(raw: bytes) -> bool:
    """Return whether a document is a PDF, by its first bytes."""
    return b"%PDF-" in raw[:_START]


def read_pdf(raw: bytes, headers: Mapping[str, str], *, today: date) -> PageFacts:
    """Read what a PDF says of itself without parsing it.

    Args:
        raw: the document.
        headers: those of the answer, by their names in lower case.
        today: nothing is published later.

    """
    return PageFacts(title=_title(raw), proposed_date=_day(raw, headers, today))


def _title(raw: bytes) -> Value | None:
    for pattern, place in ((_XMP_TITLE, "dc:title"), (_TITLE, "Title")):
        for found in pattern.finditer(raw):
            text = found[1].decode(errors="replace") if place == "dc:title" else _string(found)
            title = clean(text)
            if title and len(title) <= _LONGEST and title.isprintable() and not _NO_TITLE.search(title):
                return Value(title, Origin.DOCUMENT, f"PDF {place}", title)
    return None


def _string(found: re.Match[bytes]) -> str:
    """Parse a text of PDF: in brackets with escapes, or in hexadecimal; UTF-16 or, as assumed here, Latin."""
    if found[2] is not None:
        digits = re.sub(rb"\s", b"", found[2])
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        raw = _ESCAPE.sub(_unescaped, found[1])
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", errors="replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", errors="replace")
    return raw.decode("cp1252", errors="replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    mark = found[1]
    if mark.isdigit():
        return bytes([int(mark, 8) & 0xFF])
    return _ESCAPED.get(mark, b"" if mark.strip() == b"" else mark)


def _day(raw: bytes, headers: Mapping[str, str], today: date) -> Value | None:
    """Return the day on which the file was made, which may be long before or after it was published."""
    if found := _CREATED.search(raw):
        written = found[1].decode("ascii")
        day = read_date(written, today=today).date
        if day is not None:
            return Value(str(day), Origin.DOCUMENT, "PDF CreationDate", written)
    written = headers.get("last-modified", "")
    day = read_date(written, today=today).date if written else None
    return Value(str(day), Origin.DOCUMENT, "Last-Modified", written) if day is not None else None
