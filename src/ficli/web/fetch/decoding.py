"""Unpack the body of an answer: gzip and deflate, a bounded number of times and to a bounded size."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from ficli.web.fetch.errors import FetchError, Reason
from ficli.wording import quoted

ACCEPTED = "gzip, deflate"
"""The encodings that ficli accepts; an answer in any other is not unpacked."""

_GZIP = (16 + zlib.MAX_WBITS,)
_WINDOWS = {
    "gzip": _GZIP,
    "x-gzip": _GZIP,
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),  # as the standard says, and as some servers send it
}
"""The encodings, with zlib's window bits for each."""


def encodings_of(header: str, *, most: int) -> list[str]:
    """Parse the header `Content-Encoding`: the encodings of a body, the outermost last.

    Raises:
        FetchError: it has more than `most` encodings, or one that was not asked for.

    """
    names = [name for part in header.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if len(names) > most:
        raise FetchError(Reason.TOO_LARGE, f"the answer is packed {len(names)} times over")
    for name in names:
        if name not in _WINDOWS:
            raise FetchError(Reason.NOT_HTTP, f"the answer is packed as {quoted(name)}, which was not asked for")
    return names


def decoded(body: bytes, encodings: Sequence[str], *, most_bytes: int) -> bytes:
    """Unpack a body.

    Args:
        body: as it was sent.
        encodings: as `encodings_of` returns them.
        most_bytes: the limit of the result, at each step.

    Raises:
        FetchError: it is too large, or is not encoded as it says.

    """
    for name in reversed(encodings):
        body = _unpacked(body, name, most_bytes)
    return body


def start_of(body: bytes, encodings: Sequence[str], *, most_bytes: int) -> bytes:
    """Unpack the start of a body; the result ends where the body breaks off, or at the limit.

    Args:
        body: the start of what was sent.
        encodings: as `encodings_of` returns them.
        most_bytes: that are wanted, at each step.

    Raises:
        FetchError: it is not encoded as it says.

    """
    for name in reversed(encodings):
        body = _start(body, name, most_bytes)
    return body


def _start(body: bytes, name: str, most_bytes: int) -> bytes:
    for window in _WINDOWS[name]:
        try:
            return zlib.decompressobj(window).decompress(body, most_bytes) if body else body
        except zlib.error:
            continue
    raise _not_packed(name)


def _not_packed(name: str) -> FetchError:
    return FetchError(Reason.NOT_HTTP, f"the answer says that it is packed as {quoted(name)}, and is not")


def _unpacked(body: bytes, name: str, most_bytes: int) -> bytes:
    if not body:
        return body
    for window in _WINDOWS[name]:
        unpacker = zlib.decompressobj(window)
        try:
            # One byte above the limit shows that there is more, without unpacking a decompression bomb.
            plain = unpacker.decompress(body, most_bytes + 1)
        except zlib.error:
            continue
        if len(plain) > most_bytes:
            raise FetchError(Reason.TOO_LARGE, f"the answer unpacks to more than {most_bytes // 2**20} MB")
        if not unpacker.eof:
            break
        return plain
    raise _not_packed(name)
