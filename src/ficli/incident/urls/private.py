"""Why an address is not for the public: it leads into somebody's network, or holds a password or a secret."""

from __future__ import annotations

from functools import lru_cache

from ficli.incident.urls.hostname import ancestors, is_address
from ficli.incident.urls.parse import LONGEST, parse_url, split_query
from ficli.incident.urls.secret_parameters import find_secret
from ficli.wording import quoted

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
    """Say why an address must not stand in a public record; empty where it may, and where it is no address.

    Nothing is looked up: a name that leads to a private address is found when it is fetched.
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

        from ficli.incident.urls.addresses import why_not_public

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
