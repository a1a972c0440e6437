"""What a site allows programs in `robots.txt` (RFC 9309), fetched once for each site."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ficli.urls.parse import parse_url
from ficli.web.fetch.errors import FetchError, Reason
from ficli.wording import quoted

if TYPE_CHECKING:
    from protego import Protego

    from ficli.web.fetch.exchange import FetchedPage

NAME: Final = "ficli"
"""The name of ficli in `robots.txt`."""

_LONGEST: Final = 500 * 1024
"""Bytes that are read; the standard requires no fewer."""

_HINT: Final = "save the page in a browser and use `--html FILE`"


class Robots:
    """Remembers what each site allows.

    Args:
        ask: fetches an address within some seconds.

    """

    def __init__(self, ask: Callable[[str, float], FetchedPage]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._known: dict[str, Protego | FetchError | None] = {}

    def require_allowed(self, url: str, seconds: float, name: str = NAME) -> None:
        """Check that a site lets a program read a page.

        A site without rules allows everything; one whose rules cannot be fetched because of a server error allows
        nothing, as the standard requires.

        Raises:
            FetchError: it does not, or it cannot be asked.

        """
        parts = parse_url(url)
        if parts is None:
            return
        port = f":{parts.port}" if parts.port is not None else ""
        site = f"{parts.scheme}://{parts.host}{port}"
        with self._lock:
            asked = site in self._known
        if not asked:
            found = self._read(site, seconds)
            with self._lock:
                self._known[site] = found
        rules = self._known[site]
        if isinstance(rules, FetchError):
            raise rules
        if rules is not None and not rules.can_fetch(url, name):
            message = f"the site asks programs not to read this page, in {quoted(f'{site}/robots.txt', longest=200)}"
            raise FetchError(Reason.ROBOTS, message, hint=_HINT)

    def _read(self, site: str, seconds: float) -> Protego | FetchError | None:
        from protego import Protego

        try:
            page = self._ask(f"{site}/robots.txt", seconds)
        except FetchError as error:
            # Redirects that lead nowhere are as if there were no rules; all else holds for the page as well.
            return None if error.reason is Reason.REDIRECTS else error
        if page.status >= 500 or page.status == 429:  # noqa: PLR2004 - out of order; too many requests
            message = f"the site does not say what it allows programs to read: HTTP {page.status} for `/robots.txt`"
            return FetchError(Reason.ROBOTS, message, hint=_HINT)
        if page.status != 200:  # noqa: PLR2004 - OK
            return None
        try:
            return Protego.parse(page.body[:_LONGEST].decode("utf-8-sig", errors="replace"))
        except (ValueError, RecursionError):
            return None
