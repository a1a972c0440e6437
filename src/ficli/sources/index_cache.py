"""The copies of exported indexes that were fetched before, in the user's cache folder: one file an address."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ficli.environment import write_file

if TYPE_CHECKING:
    from ficli.environment import Environment

_FORMAT = 1


class Copy(NamedTuple):
    """A copy of an index: `fetched` is the day, `YYYY-MM-DD`, on which it was last known to be the newest."""

    content: bytes
    etag: str
    fetched: str


class IndexCache:
    """The copy of the index at one address.

    Args:
        environment: says where the user's cache folder is.
        url: the address.

    """

    def __init__(self, environment: Environment, url: str) -> None:
        name = hashlib.sha256(url.encode(errors="replace")).hexdigest()[:32]
        self.url = url
        self.path = cache_folder(environment) / "indexes" / f"{name}.json"

    def read(self) -> Copy | None:
        """Give the copy; None where there is none, or where it is not whole."""
        try:
            head, _, content = self.path.read_bytes().partition(b"\n")
            known = json.loads(head)
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(known, dict) or known.get("ficli_index_copy") != _FORMAT or known.get("url") != self.url:
            return None
        if known.get("sha256") != hashlib.sha256(content).hexdigest():
            return None
        return Copy(content, str(known.get("etag", "")), str(known.get("fetched", "")))

    def write(self, copy: Copy) -> None:
        """Keep a copy in place of the one before.

        Raises:
            FicliError: the file cannot be written; the copy before it stays.

        """
        known = {
            "ficli_index_copy": _FORMAT,
            "url": self.url,
            "etag": copy.etag,
            "fetched": copy.fetched,
            "sha256": hashlib.sha256(copy.content).hexdigest(),
        }
        write_file(self.path, json.dumps(known).encode() + b"\n" + copy.content)


def cache_folder(environment: Environment) -> Path:
    """Give ficli's folder among the user's caches: `$XDG_CACHE_HOME/ficli`, or where the system keeps caches."""
    variables = environment.variables
    base = variables.get("XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():  # a relative one is to be ignored, says the specification
        return Path(base) / "ficli"
    if base := variables.get("LOCALAPPDATA", ""):
        return Path(base) / "ficli" / "Cache"
    home = Path(variables.get("HOME") or Path.home())
    library = home / "Library" / "Caches"
    return (library if library.is_dir() else home / ".cache") / "ficli"
