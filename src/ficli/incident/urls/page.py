"""An address on its way to a match key, and the notes on what was taken off it."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Note: TypeAlias = tuple[str, str]
"""What does not count, in words, and the text that had it: ("`www.`", "www.example.org")."""


class Page(NamedTuple):
    """A page: a host without `www.` and its like, and what follows it, each character spelled in one way.

    `port` holds its colon, and is empty for 80 and 443; `route` is a fragment that names a page.
    """

    host: str
    port: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    route: str = ""

    @property
    def path_and_query(self) -> str:
        """What follows the host, without the route."""
        return f"{self.path}?{written_query(self.query)}" if self.query else self.path

    @property
    def address(self) -> str:
        """The page as a text, which is a valid address again."""
        return f"https://{self.host}{self.port}{self.path_and_query}{self.route and '#'}{self.route}"


def written_query(query: tuple[tuple[str, str], ...]) -> str:
    """Write parameters; one with an empty value has no `=`."""
    return "&".join(f"{name}={value}" if value else name for name, value in query)
