"""The registrable domain: the part of a host that one owner has, by the public suffix list.

The list's private section counts: two blogs at `github.io` are two domains. It is the copy that comes with the
package `publicsuffixlist`; nothing is fetched.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ficli.urls.parse import MalformedUrlError, is_address, parse_url, read_host

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# Platforms that give each author a host of their own and are not on the public suffix list. Their own pages stand at
# the platform's name and at `www.`.
_SHARED_PLATFORMS = frozenset(
    """
    beehiiv.com ghost.io livejournal.com medium.com neocities.org substack.com svbtle.com tumblr.com typepad.com
    weebly.com wordpress.com
    """.split(),
)


def registrable_domain(host_or_url: str) -> str:
    """Return the domain of one owner: `ftc.gov` for `https://www.ftc.gov/news`, `a.github.io` for itself.

    An IP address, a name without a period and a public suffix are their own domain; for a name whose ending is not
    on the list it is the last two parts. The result is empty if the text is neither a host nor a web address.
    """
    if "/" in host_or_url or ":" in host_or_url:
        url = parse_url(host_or_url)
        return _domain(url.host) if url else ""
    try:
        return _domain(read_host(host_or_url))
    except MalformedUrlError:
        return ""


def is_public_suffix(host: str) -> bool:
    """Return whether anybody may register a name below a normalized host: `com`, `co.uk`, `github.io`."""
    return host in _SHARED_PLATFORMS or (not is_address(host) and _suffixes().is_public(_as_listed(host)))


@lru_cache(maxsize=8192)
def _domain(host: str) -> str:
    if is_address(host):
        return host
    labels = host.split(".")
    platform = ".".join(labels[-2:])
    if platform in _SHARED_PLATFORMS:
        return ".".join(labels[-3:]).removeprefix("www.")
    found = _suffixes().privatesuffix(_as_listed(host))
    return ".".join(labels[-found.count(".") - 1 :]) if found else host


def _as_listed(host: str) -> str:
    """Write a name as the list does, in Unicode."""
    if "xn--" not in host:
        return host
    import idna

    return ".".join(idna.ulabel(label) if label.startswith("xn--") else label for label in host.split("."))


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    # In Unicode only: to encode the names on the list takes as long again as to read it.
    return PublicSuffixList(accept_encoded_idn=False)
