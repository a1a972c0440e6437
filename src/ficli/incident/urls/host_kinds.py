"""Looks up what sort of site an address belongs to."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ficli.incident.urls.hostname import ancestors
from ficli.incident.urls.hosts import HOSTS, HostKind
from ficli.incident.urls.parse import parse_url
from ficli.incident.urls.sites import plain_host

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NONE: frozenset[HostKind] = frozenset()


@lru_cache(maxsize=8192)
def host_kinds(text: str) -> frozenset[HostKind]:
    """Tell what the site of an address is known to be; empty where it is not known, and where there is no address."""
    url = parse_url(text)
    if url is None:
        return _NONE
    listed, path = _by_domain(), f"{url.path}/"
    return frozenset(
        kind
        for domain in ancestors(plain_host(url.host))
        for folder, kind in listed.get(domain, ())
        if path.startswith(folder)
    )


@cache
def _by_domain() -> Mapping[str, Sequence[tuple[str, HostKind]]]:
    """Give for each domain the starts of paths, with a slash at the end, and what stands there."""
    found: dict[str, list[tuple[str, HostKind]]] = {}
    for kind, entries in HOSTS.items():
        for entry in entries:
            host, _, folder = entry.partition("/")
            found.setdefault(plain_host(host), []).append((f"/{folder}/" if folder else "/", kind))
    return found
