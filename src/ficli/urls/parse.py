"""Parse a web address strictly; an address that a browser would repair is refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ficli.wording import HIDDEN, listed, quoted

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!*'(),:@")
_ALLOWED = r"A-Za-z0-9\-._~!*'(),:@/;=+&$?"
_TO_CHANGE = re.compile(rf"%([0-9A-Fa-f]{{2}})|[^{_ALLOWED}]")

LONGEST_NAME = 253
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9._-]")
_NUMBER = re.compile(r"[0-9]+\Z|0x[0-9a-f]*\Z")

LONGEST = 2047
"""Most characters of an address; nobody cites a longer one."""

_HIGHEST_PORT = 65535
_SHAPE = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?\Z", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_NEVER = re.compile(r'[\s<>"\\]')
_SCHEMES = ("http", "https")

# `#:~:text=` marks words on the page for the reader's browser, and goes to no server.
_DIRECTIVE = re.compile(r"(?::|%3A)(?:~|%7E)(?::|%3A)", re.IGNORECASE)

# Scripts that stand beside one another in one language.
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)


class MalformedUrlError(ValueError):
    """Why a text is not a web address, in words that can follow "it is no web address: "."""


@dataclass(frozen=True, slots=True)
class Url:
    """A valid web address.

    Attributes:
        scheme: `http` or `https`.
        host: a name in lower-case ASCII, `192.0.2.1`, or `[2001:db8::1]`.
        port: None if none is written.
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
    """Parse an http or https address; None if it is not one (`why_invalid` has the reason)."""
    parsed = _parsed(text) if len(text) <= LONGEST else None
    return parsed if isinstance(parsed, Url) else None


def why_invalid(text: str) -> str:
    """Return why a text is not a web address, to follow "it is no web address: "; empty if it is one."""
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
    """Split a query into names and values as written; empty pieces are skipped."""
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
    """Split `host:port`; the port is None if there is no colon."""
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


@lru_cache(maxsize=8192)
def read_host(text: str) -> str:
    """Normalize a host: a name in lower-case ASCII, `192.0.2.1`, or `[2001:db8::1]`.

    A name is encoded by IDNA 2008, so that `straße.de` keeps its own domain. An IPv4 address is written as four decimal
    numbers, since browsers and resolvers read `127.1`, `0x7f.1` and `2130706433` as one address. A period at the end is
    dropped.

    Raises:
        MalformedUrlError: it is not a host, with the reason.

    """
    if text.startswith("["):
        return f"[{_ipv6(text[1:].removesuffix(']'))}]"
    host = (text.lower() if text.isascii() else _mapped(text)).removesuffix(".")
    if not host:
        raise MalformedUrlError("it names no host")
    if _NUMBER.match(host.rpartition(".")[2]):
        return _ipv4(host)
    if not _NAME.match(host):
        odd = _NOT_IN_A_NAME.search(host)
        raise MalformedUrlError(
            f"{quoted(odd.group())} stands in the host" if odd else "the host has a part that is empty or too long"
        )
    if len(host) > LONGEST_NAME:
        raise MalformedUrlError(f"the host has more than {LONGEST_NAME} characters")
    if "xn--" in host:
        for label in host.split("."):
            if label.startswith("xn--"):
                _encoded(label)
    return host


def is_address(host: str) -> bool:
    """Return whether a normalized host is an IP address rather than a name."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def ancestors(host: str) -> Iterator[str]:
    """Yield a normalized host and each domain above it: `a.b.org`, `b.org`, `org`; an IP address only itself."""
    yield host
    if not is_address(host):
        start = host.find(".") + 1
        while start:
            yield host[start:]
            start = host.find(".", start) + 1


def _mapped(text: str) -> str:
    """Map a name that is not ASCII as browsers do, and encode each part of it by IDNA 2008."""
    import idna

    try:
        host = idna.uts46_remap(text, std3_rules=False, transitional=False)
    except UnicodeError as error:
        raise MalformedUrlError("the host holds a character that no domain name may have") from error
    if host.isascii():
        return host
    return ".".join(label if label.isascii() else _encoded(label) for label in host.split("."))


def _encoded(label: str) -> str:
    import idna

    try:
        return idna.alabel(label).decode("ascii")
    except UnicodeError as error:
        raise MalformedUrlError(f"{quoted(label)} in the host is no part of a domain name (IDNA 2008)") from error


def _ipv4(host: str) -> str:
    """Parse an IPv4 address in any spelling that browsers and `getaddrinfo` accept."""
    *front, last = numbers = [_number(part) for part in host.split(".")]
    if len(numbers) > 4 or max(front, default=0) > 255 or last >= 256 ** (5 - len(numbers)):  # noqa: PLR2004
        raise MalformedUrlError(f"{quoted(host)} ends in a number and is no IPv4 address")
    value = last + sum(number << (24 - 8 * place) for place, number in enumerate(front))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _number(part: str) -> int:
    """Parse a part of an IPv4 address: decimal, octal after `0`, hexadecimal after `0x`."""
    if part == "0x":  # which browsers read as 0
        return 0
    base = 16 if part.startswith("0x") else 8 if part.startswith("0") else 10
    if _NUMBER.match(part) and not (base == 8 and part.strip("01234567")):  # noqa: PLR2004 - the base
        return int(part, base)
    raise MalformedUrlError(f"the host ends in a number, but {quoted(part)} is no part of an IPv4 address")


def _ipv6(text: str) -> str:
    from ipaddress import IPv6Address

    if "%" in text:
        raise MalformedUrlError("an address with a zone (`%`) means something on one machine only")
    try:
        address = IPv6Address(text)
    except ValueError as error:
        raise MalformedUrlError(f"{quoted(text)} is no IPv6 address") from error
    if address.ipv4_mapped is None:
        return address.compressed
    return f"::ffff:{int(address) >> 16 & 0xFFFF:x}:{int(address) & 0xFFFF:x}"  # Python 3.13 writes these with periods


def normal_escapes(text: str) -> str:
    """Write each character of a path, a parameter or a route either plainly or escaped, always the same way.

    Characters without a meaning in a path or a parameter are written plainly, since programs escape them or not:
    `Avianca,_Inc.` is `Avianca%2C_Inc.`. What divides a path or a query keeps its escape: `%2F` is not `/`.
    """
    return _TO_CHANGE.sub(_one_spelling, text)


def _one_spelling(match: re.Match[str]) -> str:
    if match[1] is None:  # also a `%` that does not begin an escape, or it might begin one later
        return "".join(f"%{byte:02X}" for byte in match.group().encode())
    byte = int(match[1], 16)
    return chr(byte) if byte in _PLAIN else f"%{byte:02X}"


def resolve_dots(path: str) -> str:
    """Remove the `.` and `..` segments from a path that is empty or begins with `/`."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return f"/{'/'.join(kept)}"


def route(fragment: str) -> str:
    """Return the part of a fragment that selects the page; empty for a place on the page."""
    kept = _DIRECTIVE.split(fragment, maxsplit=1)[0]
    return kept if kept.startswith(("!", "/")) and kept.strip("!/") else ""


def mixed_scripts(text: str) -> str:
    """Return which scripts the host of an address mixes within one part of its name; empty if it mixes none."""
    url = parse_url(text)
    if url is None or "xn--" not in url.host:
        return ""
    import idna

    for label in url.host.split("."):
        shown = idna.ulabel(label) if label.startswith("xn--") else label
        scripts = {_script(letter) for letter in shown if letter.isalpha()}
        if len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER):
            names = listed(sorted(script.capitalize() for script in scripts))
            return f"the host {quoted(url.host)} mixes letters of {names}: is it the site you mean?"
    return ""


def _script(letter: str) -> str:
    import unicodedata

    return unicodedata.name(letter, "UNKNOWN").split()[0].split("-")[0]
