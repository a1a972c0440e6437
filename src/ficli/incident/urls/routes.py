"""Fragments that name a page: the routes of sites that are one document and a script (`#!/case/12`, `#/case/12`)."""

from __future__ import annotations

import re

# `#:~:text=` marks words on the page for the reader's browser, and goes to no server.
_DIRECTIVE = re.compile(r"(?::|%3A)(?:~|%7E)(?::|%3A)", re.IGNORECASE)


def route(fragment: str) -> str:
    """Give the part of a fragment without which another page would show; empty for a place on the page."""
    kept = _DIRECTIVE.split(fragment, maxsplit=1)[0]
    return kept if kept.startswith(("!", "/")) and kept.strip("!/") else ""
