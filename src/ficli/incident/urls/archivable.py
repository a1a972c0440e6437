"""Tells of which addresses there can be an archived copy, whatever their sites say."""

from __future__ import annotations

from ficli.incident.urls.archives import unwrap_archive
from ficli.incident.urls.host_kinds import host_kinds
from ficli.incident.urls.hosts import HostKind
from ficli.incident.urls.parse import parse_url, why_invalid
from ficli.incident.urls.private import why_private
from ficli.incident.urls.routes import route


def why_not_archivable(url: str) -> str:
    """Say why there can be no archived copy that stands for an address; empty where there can be one.

    Nothing is looked up: a name that leads to a private address is found when its site is asked for `robots.txt`.
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
