"""How long a busy site asks to be left alone."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ficli.sources.fetching.exchange import Page

BUSY: Final = frozenset({429, 503})
"""What a site answers that is asked too much."""


def seconds_to_wait(page: Page) -> float | None:
    """Read how long a busy site asks to wait: seconds, or a time; None where it does not ask."""
    written = page.headers.get("retry-after", "").strip()
    if page.status not in BUSY or not written:
        return None
    if written.isascii() and written.isdecimal():
        return float(written[:9])
    try:
        until = parsedate_to_datetime(written)
        now = parsedate_to_datetime(page.headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None
