"""A quick look at whether sources are independent, which settles most records without the public suffix list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ficli.incident.urls.domains import registrable_domain
from ficli.incident.urls.host_kinds import host_kinds
from ficli.incident.urls.parse import parse_url
from ficli.incident.urls.sites import plain_host

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

COMPILATION = "reference"
"""The kind of a source that compiles others, whatever its site."""

_ENOUGH = 2
_VIEWERS = frozenset({"ampproject.org", "bing.com", "bing-amp.com", "google.com"})
"""They show pages of others."""


def are_surely_independent(sources: Sequence[tuple[int, Mapping[str, Any]]]) -> bool:
    """Tell at little cost whether the first two sources are independent, as those of most records are.

    They stand at two sites of which nothing special is known, and most words of their titles differ. What this denies
    may still be so; `independence` has the last word.
    """
    if len(sources) < _ENOUGH:
        return False
    hosts, titles = [], []
    for _, source in sources[:_ENOUGH]:
        url, title = source.get("url"), source.get("title")
        if not isinstance(url, str) or not isinstance(title, str) or source.get("kind") == COMPILATION:
            return False
        page = parse_url(url)
        if page is None or host_kinds(url):
            return False
        hosts.append(plain_host(page.host))
        titles.append(set(title.lower().split()))
    one, other = titles
    return _ENOUGH * len(one & other) < min(len(one), len(other)) and _are_of_two_sites(*hosts)


def _are_of_two_sites(one: str, other: str) -> bool:
    """Tell whether the domains differ; those whose last two parts do need not be looked up."""
    ours, theirs = one.split(".")[-2:], other.split(".")[-2:]
    if ".".join(ours) in _VIEWERS or ".".join(theirs) in _VIEWERS:
        return False
    return ours != theirs or registrable_domain(one) != registrable_domain(other)
