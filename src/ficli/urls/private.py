"""Why an address is not for the public (a private network, a password, a secret) or cannot be archived."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from ficli.urls.archives import unwrap_archive
from ficli.urls.known_hosts import HostKind, host_kinds
from ficli.urls.parameters import is_gift
from ficli.urls.parse import LONGEST, ancestors, is_address, normal_escapes, parse_url, route, split_query, why_invalid
from ficli.wording import quoted

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
"""The first network that holds an address counts."""

_HOLD_AN_IPV4_ADDRESS = ("::ffff:0:0/96", "64:ff9b::/96")
"""IPv4-mapped addresses, and those of NAT64: the IPv4 address in them decides."""

_UNICAST = "2000::/3"
"""All of IPv6 that has been allocated so far."""

# Names that mean a secret wherever they stand, without `-` and `_`: of clouds and of OAuth, sessions and passwords.
_SECRET = frozenset(
    """
    accesstoken apikey authtoken awssecretkey clientsecret idtoken jsessionid passwd password phpsessid
    refreshtoken sessiontoken xamzsecuritytoken xamzsignature xgoogsignature xmssignature
    """.split(),
)

# Names that mean a secret together with another: Azure's shared access signatures, the signed links of CloudFront,
# of S3 and Google Cloud Storage in their second version, and of Alibaba.
_SECRET_WITH = {
    "sig": frozenset({"se", "sp", "sv"}),
    "signature": frozenset({"awsaccesskeyid", "expires", "googleaccessid", "keypairid", "ossaccesskeyid", "policy"}),
}

# Names that may mean a secret, and a word just as well. `key` and `sig` are missing: public spreadsheets and Google
# Books have them.
_SECRET_IF_DRAWN = frozenset("auth authkey authorization jwt secret session sessionid sid token usertoken".split())

_DRAWN = re.compile(
    r"(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{20,}"  # letters and digits, more of them than any word has
    r"|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
)
_OWN_FORM = re.compile(
    r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\."  # a JSON Web Token
    r"|\bgh[oprsu]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}"  # of GitHub
    r"|\bxox[abeprs]-[0-9A-Za-z-]{10,}"  # of Slack
    r"|\bAIza[0-9A-Za-z_-]{35}"  # of Google
    r"|\bsk-[A-Za-z0-9_-]{20,}",  # of OpenAI and others
)

# Endings that are set aside for use inside a network, or for none, and those that routers and offices use as if they
# were. `.example` is missing: it is for documentation, and leads nowhere.
_LOCAL_ENDINGS = frozenset(
    """
    alt arpa corp domain home internal intranet invalid lan local localdomain localhost onion private test workgroup
    """.split(),
)

# Public names that lead to the reader's own machine, or to whatever address is written in front of them.
_LEAD_INSIDE = frozenset("lacolhost.com localtest.me lvh.me nip.io sslip.io vcap.me xip.io".split())


def why_private(text: str) -> str:
    """Return why an address must not be in a public record; empty if it may be, and if it is not an address.

    No name is resolved: one that leads to a private address is found when it is fetched.
    """
    return _why(text) if len(text) <= LONGEST else ""


@lru_cache(maxsize=8192)
def _why(text: str) -> str:
    url = parse_url(text)
    if url is None:
        return ""
    if url.userinfo:
        return "it holds a user name or a password"
    if reason := _why_host(url.host):
        return reason
    if not url.query and "=" not in url.fragment and ";" not in url.path:
        return ""
    in_path = split_query(url.path.partition(";")[2].replace(";", "&"))
    secret = find_secret(url.host, (*url.query, *split_query(url.fragment.lstrip("!/?")), *in_path))
    return f"{quoted(secret)} lets in whoever has the address" if secret else ""


def _why_host(host: str) -> str:
    if is_address(host):
        from ipaddress import ip_address

        reason = why_not_public(ip_address(host.strip("[]")))
        return f"{quoted(host)} is {reason}" if reason else ""
    if "." not in host:
        return f"{quoted(host)} is a name inside a network"
    ending = host.rpartition(".")[2]
    if ending in _LOCAL_ENDINGS:
        return f"`.{ending}` is not part of the public internet"
    if any(domain in _LEAD_INSIDE for domain in ancestors(host)):
        return f"{quoted(host)} leads to a private address"
    return ""


def why_not_public(address: IPv4Address | IPv6Address) -> str:
    """Return what an address that is not on the public internet is, "a loopback address"; empty if it is public.

    `is_global` of `ipaddress` is not enough: it accepts multicast, the metadata server of one cloud, and addresses that
    contain another one.
    """
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
    """The tables as networks; built when the first address is checked, since most records have none."""

    def __init__(self) -> None:
        self.v4 = [(IPv4Network(network), reason) for network, reason in _V4]
        self.v6 = [(IPv6Network(network), reason) for network, reason in _V6]
        self.with_ipv4 = [IPv6Network(network) for network in _HOLD_AN_IPV4_ADDRESS]
        self.unicast = IPv6Network(_UNICAST)


@cache
def _tables() -> _Tables:
    return _Tables()


def find_secret(host: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Return the name, as written, of the parameter that gives access to its bearer; empty if there is none.

    A false alarm would stop a curator, so a name with harmless uses counts only if its value looks random. A code by
    which a subscriber shares an article is meant to be passed on, and is not a secret.
    """
    named = [(written, _bare(written), normal_escapes(value)) for written, value in parameters if value]
    names = {name for _, name, _ in named}
    for written, name, value in named:
        if is_gift(host, written):
            continue
        if name in _SECRET or _SECRET_WITH.get(name, frozenset()) & names or _OWN_FORM.search(value):
            return written
        if name in _SECRET_IF_DRAWN and _DRAWN.search(value):
            return written
    return ""


def _bare(written: str) -> str:
    return normal_escapes(written).lower().replace("-", "").replace("_", "")


def why_not_archivable(url: str) -> str:
    """Return why there can be no archived copy of the page of an address; empty if there can be one.

    No name is resolved: one that leads to a private address is found when its site is asked for `robots.txt`.
    """
    parts = parse_url(url)
    if parts is None:
        return f"it is no web address: {why_invalid(url)}"
    if reason := why_private(url):
        return f"it is not for the public: {reason}"
    if unwrap_archive(url) is not None:
        return "it is an archived copy itself"
    if HostKind.SHORTENER in host_kinds(url):
        return "a link shortener sends on to another page, and that is to be archived"
    if route(parts.fragment):
        return "what it shows depends on what follows `#`, which no archive is told"
    return ""
