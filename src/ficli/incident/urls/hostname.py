"""The host of a web address, brought to the one form in which two spellings of it are equal.

A name becomes lower-case ASCII by IDNA 2008, so that `straße.de` keeps its own domain. An IPv4 address becomes four
decimal numbers however it is spelled, since browsers and resolvers read `127.1`, `0x7f.1`, `2130706433` and
`①②⑦.0.0.1` as one address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_NAME = 253
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9._-]")
_NUMBER = re.compile(r"[0-9]+\Z|0x[0-9a-f]*\Z")


class MalformedUrlError(ValueError):
    """Why a text is no web address, in words that can follow "it is no web address: "."""


@lru_cache(maxsize=8192)
def read_host(text: str) -> str:
    """Bring a host to its one form: a name in lower-case ASCII, `192.0.2.1`, or `[2001:db8::1]`.

    A period at the end is dropped.

    Raises:
        MalformedUrlError: it is no host; the message says why.

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
    """Tell whether a host in its one form is an IP address rather than a name."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def ancestors(host: str) -> Iterator[str]:
    """Yield a host in its one form and each domain above it: `a.b.org`, `b.org`, `org`; an address only itself."""
    yield host
    if not is_address(host):
        start = host.find(".") + 1
        while start:
            yield host[start:]
            start = host.find(".", start) + 1


def _mapped(text: str) -> str:
    """Spell a name that is not ASCII as browsers do, and encode each part of it by IDNA 2008."""
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
    """Read an IPv4 address in any spelling that browsers and `getaddrinfo` take."""
    *front, last = numbers = [_number(part) for part in host.split(".")]
    if len(numbers) > 4 or max(front, default=0) > 255 or last >= 256 ** (5 - len(numbers)):  # noqa: PLR2004
        raise MalformedUrlError(f"{quoted(host)} ends in a number and is no IPv4 address")
    value = last + sum(number << (24 - 8 * place) for place, number in enumerate(front))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _number(part: str) -> int:
    """Read a part of an IPv4 address: decimal, octal after `0`, hexadecimal after `0x`."""
    if part == "0x":  # which browsers read as nought
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
