"""From a host to the IP addresses that a request may go to: looked up once, and each of them checked."""

from __future__ import annotations

import socket
import threading
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from ficli.incident.urls.hostname import is_address
from ficli.sources.fetching.errors import FetchError, Reason
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ficli.sources.fetching.meter import Meter
    from ficli.sources.fetching.policy import FetchPolicy

_MOST = 8
"""Addresses that are tried one after the other."""


def checked_addresses(policy: FetchPolicy, host: str, port: int, meter: Meter) -> Sequence[str]:
    """Look a host up, and check every address it has.

    One address that must not be asked spoils all of them: a name that leads to a public and a private address is
    made so on purpose.

    Args:
        policy: what is allowed.
        host: in its one form, as `ficli.incident.urls.parse.Url` has it.
        port: the port.
        meter: the time that is left.

    Raises:
        FetchError: nothing is there, or it must not be asked.

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
    """Look a name up in a thread, since the system sets no limit to the time that takes."""
    answers: list[Sequence[str] | Exception] = []

    def ask() -> None:
        try:
            answers.append(policy.resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.append(error)

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
