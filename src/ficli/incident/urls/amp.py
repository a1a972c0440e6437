"""AMP, a second edition of a page for phones: its caches and viewers, and the marks it leaves in an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ficli.incident.urls.page import Page

_GOOGLE = re.compile(r"google\.(?:com|[a-z]{2}|com?\.[a-z]{2})\Z")
_SHOWN = r"(s/)?([^/?.]+\.[^/?]+(?:[/?].*)?)\Z"  # `s/` where the page is at https
_VIEWED = re.compile(rf"/amp/{_SHOWN}", re.DOTALL)
_CACHED = re.compile(rf"/(?:c|v|wp)/{_SHOWN}", re.DOTALL)
_CACHES = ("bing-amp.com", "cdn.ampproject.org")

# Sites whose AMP edition has a folder of its own, and the folder. Elsewhere `/amp/` may be about amplifiers.
_FOLDERS: Mapping[str, tuple[str, str]] = {
    "bbc.com": ("/news/amp/", "/news/"),
    "cbsnews.com": ("/amp/", "/"),
    "sbnation.com": ("/platform/amp/", "/"),
    "theverge.com": ("/platform/amp/", "/"),
    "usmagazine.com": ("/amp/", "/"),
    "vox.com": ("/platform/amp/", "/"),
}

_SWITCHES: Mapping[str, tuple[str, ...]] = {
    "amp": ("", "1", "true"),
    "outputtype": ("amp", "valid_amp"),
}


def behind_amp(page: Page) -> str:
    """Give the address of the page that a viewer or a cache of Google or Bing shows; empty where it is neither."""
    if _GOOGLE.match(page.host):
        found = _VIEWED.match(page.path_and_query)
    elif page.host.endswith(_CACHES):
        found = _CACHED.match(page.path_and_query)
    else:
        return ""
    return f"{'https' if found[1] else 'http'}://{found[2]}" if found else ""


def without_folder(host: str, path: str) -> str:
    """Take the folder of the AMP edition out of a path, on the sites that are known to have one."""
    folder, instead = _FOLDERS.get(host, ("", ""))
    while folder and path.startswith(folder):
        path = instead + path[len(folder) :]
    return path


def without_ending(segment: str) -> str:
    """Take `.amp` off the last segment of a path, and out of `.amp.html`."""
    ending = ".html" if segment.endswith(".amp.html") else ""
    end = len(segment) - len(ending)
    while segment.endswith(".amp", 0, end):
        end -= len(".amp")
        if not ending and segment.endswith(".amp.html", 0, end):
            ending, end = ".html", end - len(".html")
    stem = segment[:end]
    return stem + ending if stem.strip(".") else segment


def is_switch(name: str, value: str) -> bool:
    """Tell whether a parameter does nothing but ask for the AMP edition."""
    return value.lower() in _SWITCHES.get(name.lower(), ())
