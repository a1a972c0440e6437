"""What a fetch may do: where to, how long, how much, how often. One value, replaced as a whole by tests."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from ficli import __version__
from ficli.config import INDEX_URL
from ficli.incident.urls.addresses import why_not_public

if TYPE_CHECKING:
    import ssl
    from ipaddress import IPv4Address, IPv6Address

    from ficli.config import Config

PORTS: Final = frozenset({80, 443, 8080, 8443})
_MEGABYTE: Final = 1024 * 1024

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host name and a port as texts; raises `OSError` where there are none."""


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def system_trust() -> ssl.SSLContext:
    """Trust the certificate authorities that come with requests, and check the name in each certificate."""
    import ssl

    from requests.utils import DEFAULT_CA_BUNDLE_PATH

    return ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may do.

    Attributes:
        resolve: looks a name up; asked once for each request.
        why_refused: says what an address is that must not be asked; empty where it may.
        ports: the allowed ports; None for any.
        trust: makes the TLS context.
        seconds: for the whole exchange with one address, all redirects included.
        most_bytes: of an answer, as it is sent and again as it is unpacked.
        most_header_bytes: of the head of an answer.
        most_redirects: followed one after the other.
        most_encodings: wrapped around one another.
        pause: seconds between two requests to one host.
        longest_wait: seconds that a site may ask to wait before one more try.
        workers: hosts that are asked at the same time.
        user_agent: what ficli calls itself.
        clock: seconds that only go forward.
        sleep: waits for some seconds.

    """

    resolve: Resolver = system_addresses
    why_refused: Callable[[IPv4Address | IPv6Address], str] = why_not_public
    ports: frozenset[int] | None = PORTS
    trust: Callable[[], ssl.SSLContext] = system_trust
    seconds: float = 15
    most_bytes: int = 5 * _MEGABYTE
    most_header_bytes: int = 64 * 1024
    most_redirects: int = 10
    most_encodings: int = 2
    pause: float = 1
    longest_wait: float = 60
    workers: int = 8
    user_agent: str = field(default_factory=lambda: user_agent())  # noqa: PLW0108 - defined below
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def user_agent(contact: str = "") -> str:
    """Say who asks, and where its owner can be reached: an address in `contact` that is fit for a header."""
    reached = contact if contact.isascii() and contact.isprintable() else ""
    return f"ficli/{__version__} (+{reached or INDEX_URL})"


def policy_for(config: Config, *, any_port: bool = False) -> FetchPolicy:
    """Give the policy for a registry, with the contact address in its settings."""
    agent = user_agent(config.contact or config.base_url)
    return FetchPolicy(user_agent=agent, ports=None if any_port else PORTS)
