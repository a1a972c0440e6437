"""What a fetch may do, as one value that tests replace, and the look-up of a host with a check of each address."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Final, TypeAlias

from ficli import __version__
from ficli.config import INDEX_URL, Config
from ficli.urls.parse import is_address
from ficli.urls.private import why_not_public
from ficli.web.fetch.errors import FetchError, Reason
from ficli.wording import quoted

if TYPE_CHECKING:
    import ssl

    from ficli.web.fetch.limits import Meter


PORTS: Final = frozenset({80, 443, 8080, 8443})
_MEGABYTE: Final = 1024 * 1024

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Returns the IP addresses of a host name and a port as texts; raises `OSError` if there are none."""


def system_addresses(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name from the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def system_trust() -> ssl.SSLContext:
    """Return a TLS context that trusts the certificate authorities of requests, and checks host names."""
    import ssl

    from requests.utils import DEFAULT_CA_BUNDLE_PATH

    return ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may do.

    Attributes:
        resolve: looks a name up; called once for each request.
        why_refused: returns why an address must not be requested; empty if it may be.
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
        user_agent: the name that ficli sends.
        clock: monotonic seconds.
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
    """Return the user agent, with the address of its owner: a `contact` that is valid in a header."""
    reached = contact if contact.isascii() and contact.isprintable() else ""
    return f"ficli/{__version__} (+{reached or INDEX_URL})"


def policy_for(config: Config, *, any_port: bool = False) -> FetchPolicy:
    """Return the policy for a registry, with the contact address in its settings."""
    agent = user_agent(config.contact or config.base_url)
    return FetchPolicy(user_agent=agent, ports=None if any_port else PORTS)


_MOST = 8
"""Addresses that are tried one after the other."""


def checked_addresses(policy: FetchPolicy, host: str, port: int, meter: Meter) -> Sequence[str]:
    """Look a host up, and check every address it has.

    One forbidden address rejects all of them: a name that leads to a public and a private address is
    an attack (DNS rebinding with several answers).

    Args:
        policy: what is allowed.
        host: normalized, as in `ficli.urls.parse.Url`.
        port: the port.
        meter: the remaining time.

    Raises:
        FetchError: there is no address, or one that must not be requested.

    """
    if policy.ports is not None and port not in policy.ports:
        hint = "`--any-port` allows it"
        raise FetchError(Reason.REFUSED, f"port {port} is not one that pages stand at", hint=hint)
    found = [host.strip("[]")] if is_address(host) else _looked_up(policy, host, port, meter)
    if not found:
        raise _unknown(host)
    addresses = [_read(address, host) for address in found]
    for address in addresses:
        if reason := policy.why_refused(address):
            leads = "is" if is_address(host) else f"leads to `{address}`,"
            raise FetchError(Reason.REFUSED, f"{quoted(host)} {leads} {reason}")
    return [str(address) for address in addresses[:_MOST]]


def _read(address: str, host: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(address)
    except ValueError as error:
        message = f"{quoted(host)} leads to {quoted(address)}, which is no IP address"
        raise FetchError(Reason.REFUSED, message) from error


def _looked_up(policy: FetchPolicy, host: str, port: int, meter: Meter) -> Sequence[str]:
    """Look a name up in a thread, since the system sets no time limit for it."""
    answers: list[Sequence[str] | Exception] = []

    def ask() -> None:
        try:
            answers.append(policy.resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.append(error)

    # getaddrinfo cannot be interrupted; a daemon thread is left behind when the time is over.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(meter.remaining())
    if not answers:
        raise FetchError(Reason.TIMEOUT, f"the name {quoted(host)} could not be looked up in time")
    if isinstance(answers[0], Exception):
        raise _unknown(host, answers[0]) from answers[0]
    return answers[0]


def _unknown(host: str, error: Exception | None = None) -> FetchError:
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:  # nobody has said that there is none
        hint = "is there a connection to the network?"
        return FetchError(Reason.TIMEOUT, f"the name {quoted(host)} could not be looked up", hint=hint)
    return FetchError(Reason.UNREACHABLE, f"the name {quoted(host)} is not known", hint="is it spelled right?")
