"""Which IP addresses are not on the public internet, and what they are instead.

`ipaddress` has an answer of its own, `is_global`, which lets several of these pass: multicast, the metadata server
of one cloud, and addresses that hold another one inside.
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_V4 = (
    ("0.0.0.0/8", "an address of no machine"),
    ("10.0.0.0/8", "a private address"),
    ("100.64.0.0/10", "an address shared inside a provider's network"),
    ("127.0.0.0/8", "a loopback address"),
    ("168.63.129.16/32", "the address of a cloud's own services"),
    ("169.254.0.0/16", "a link-local address"),
    ("172.16.0.0/12", "a private address"),
    ("192.0.0.0/24", "a reserved address"),
    ("192.0.2.0/24", "an address for documentation"),
    ("192.88.99.0/24", "an address of 6to4 relays"),
    ("192.168.0.0/16", "a private address"),
    ("198.18.0.0/15", "an address for measurements"),
    ("198.51.100.0/24", "an address for documentation"),
    ("203.0.113.0/24", "an address for documentation"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved address"),
)

_V6 = (
    ("::/128", "an address of no machine"),
    ("::1/128", "a loopback address"),
    ("::/96", "an IPv4-compatible address"),
    ("::ffff:0:0:0/96", "a translated IPv4 address"),
    ("64:ff9b:1::/48", "an address of a local NAT64"),
    ("2001::/32", "a Teredo address"),
    ("2001::/23", "a reserved address"),
    ("2001:db8::/32", "an address for documentation"),
    ("2002::/16", "a 6to4 address"),
    ("3fff::/20", "an address for documentation"),
    ("fc00::/7", "a private address"),
    ("fe80::/10", "a link-local address"),
    ("fec0::/10", "a private address"),
    ("ff00::/8", "a multicast address"),
)
"""The first that holds an address counts."""

_HOLD_AN_IPV4_ADDRESS = ("::ffff:0:0/96", "64:ff9b::/96")
"""IPv4-mapped addresses, and those of NAT64: they are what the IPv4 address in them is."""

_UNICAST = "2000::/3"
"""All that has been given out of IPv6 so far."""


def why_not_public(address: IPv4Address | IPv6Address) -> str:
    """Say what an address is that is not on the public internet, "a loopback address"; empty where it is public."""
    tables = _tables()
    if isinstance(address, IPv6Address):
        if any(address in network for network in tables.with_ipv4):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
            reason = why_not_public(inner)
            return f"{reason}, {inner}, inside an IPv6 address" if reason else ""
        found = next((reason for network, reason in tables.v6 if address in network), "")
        return found or ("" if address in tables.unicast else "a reserved address")
    return next((reason for network, reason in tables.v4 if address in network), "")


class _Tables:
    """The tables as networks; made when the first address is asked for, since most records have none."""

    def __init__(self) -> None:
        self.v4 = [(IPv4Network(network), reason) for network, reason in _V4]
        self.v6 = [(IPv6Network(network), reason) for network, reason in _V6]
        self.with_ipv4 = [IPv6Network(network) for network in _HOLD_AN_IPV4_ADDRESS]
        self.unicast = IPv6Network(_UNICAST)


@cache
def _tables() -> _Tables:
    return _Tables()
