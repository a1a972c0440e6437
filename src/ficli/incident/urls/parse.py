"""A web address taken apart, strictly: where a browser would repair, the address is refused and the reason given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ficli.incident.urls.hostname import MalformedUrlError, read_host
from ficli.wording import HIDDEN, quoted

LONGEST = 2047
"""No more characters than this: what is longer is no address that a person cites."""

_HIGHEST_PORT = 65535
_SHAPE = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?\Z", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NEVER = re.compile(r'[\s<>"\\]')
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Url:
    """A web address that is one.

    Attributes:
        scheme: `http` or `https`.
        host: a name in lower-case ASCII, `192.0.2.1`, or `[2001:db8::1]`.
        port: None where none is written.
        path: as written; empty, or it begins with `/`.
        query: the names and values of the parameters, as written; a name without `=` has the value ``.
        fragment: what follows `#`, as written.
        userinfo: what stands before `@`, as written.

    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: tuple[tuple[str, str], ...]
    fragment: str
    userinfo: str


def parse_url(text: str) -> Url | None:
    """Take an http or https address apart; None where it is none (`why_invalid` says why)."""
    parsed = _parsed(text) if len(text) <= LONGEST else None
    return parsed if isinstance(parsed, Url) else None


def why_invalid(text: str) -> str:
    """Say why a text is no web address, to follow "it is no web address: "; empty where it is one."""
    if len(text) > LONGEST:
        return f"it has {len(text):,} characters, more than {LONGEST:,}"
    parsed = _parsed(text)
    return parsed if isinstance(parsed, str) else ""


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Url | str:
    try:
        return _read(text)
    except MalformedUrlError as error:
        return str(error)


def _read(text: str) -> Url:
    _refuse_what_no_address_holds(text)
    match = _SHAPE.match(text)
    if match is None:
        raise MalformedUrlError(_no_shape(text))
    scheme, authority, path, query, fragment = match.groups()
    userinfo, at, place = authority.rpartition("@")
    if at and (not userinfo or "@" in userinfo):
        raise MalformedUrlError("an `@` in the host is out of place")
    host, port = _place(place)
    return Url(
        scheme=scheme.lower(),
        host=read_host(host),
        port=port,
        path=path,
        query=tuple(split_query(query)) if query else (),
        fragment=fragment or "",
        userinfo=userinfo,
    )


def split_query(query: str) -> list[tuple[str, str]]:
    """Split a query into names and values as written; pieces that are empty are passed over."""
    pairs = []
    for piece in query.split("&"):
        if piece:
            name, _, value = piece.partition("=")
            pairs.append((name, value))
    return pairs


def _refuse_what_no_address_holds(text: str) -> None:
    if not text:
        raise MalformedUrlError("it is empty")
    if hidden := HIDDEN.search(text):
        raise MalformedUrlError(f"it holds a character that nobody can see, {quoted(hidden.group())}")
    if odd := _NEVER.search(text):
        raise MalformedUrlError("it holds a space" if odd.group().isspace() else f"it holds {quoted(odd.group())}")


def _no_shape(text: str) -> str:
    scheme = _SCHEME.match(text)
    if scheme is None:
        return "it does not begin with `https://`"
    if scheme[1].lower() in _SCHEMES:
        return f"`//` is missing after `{scheme.group().lower()}`"
    return f"it begins with {quoted(scheme.group())} instead of `https://`"


def _place(place: str) -> tuple[str, int | None]:
    """Split `host:port`; the port is None where there is no colon."""
    host, colon, port = place, "", ""
    if place.startswith("["):
        end = place.find("]") + 1
        if not end:
            raise MalformedUrlError("a `[` in the host is never closed")
        host, colon, port = place[:end], place[end : end + 1], place[end + 1 :]
        if colon not in ("", ":"):
            raise MalformedUrlError("something other than a port follows the `]` in the host")
    elif ":" in place:
        host, colon, port = place.partition(":")
        if ":" in port:
            raise MalformedUrlError("the host holds more than one `:` (an IPv6 address stands in brackets)")
    if not host:
        raise MalformedUrlError("it names no host")
    return host, _port(port) if colon else None


def _port(text: str) -> int:
    digits = text.lstrip("0")
    if not (text.isascii() and text.isdigit()) or not digits or len(digits) > 5 or int(digits) > _HIGHEST_PORT:  # noqa: PLR2004
        raise MalformedUrlError(f"{quoted(text)} is no port" if text else "no port follows the `:` in the host")
    return int(digits)
