"""Read an exported `index.json` from an address, its cached copy or a file; it is checked as far as it is used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ficli.environment import Environment, write_file
from ficli.errors import FicliError, UsageError
from ficli.urls.parse import parse_url, why_invalid
from ficli.web.fetch.errors import FetchError, Reason
from ficli.web.fetch.exchange import RequestOptions, exchange
from ficli.wording import quoted

if TYPE_CHECKING:
    from ficli.web.fetch.policy import FetchPolicy


_SECONDS: Final = 60.0
_MOST_BYTES: Final = 256 * 1024 * 1024
_OK, _NOT_MODIFIED = 200, 304
_NEVER: Final = frozenset({Reason.REFUSED, Reason.REDIRECTS, Reason.TOO_LARGE})
"""Reasons that another time would not change."""


class Fetched(NamedTuple):
    """The server's answer: `media_type` in lower case, without parameters; `etag` empty if it has none."""

    content: bytes
    media_type: str
    etag: str


class UnreachableError(FicliError):
    """The index could not be fetched, but may exist: no network, no answer, or a server that is down."""


def index_policy(policy: FetchPolicy) -> FetchPolicy:
    """Return a policy with the time and the room that a whole index needs, and the port that the user has named."""
    return replace(policy, seconds=_SECONDS, most_bytes=_MOST_BYTES, ports=None)


def fetch_index(url: str, policy: FetchPolicy, *, etag: str = "") -> Fetched | None:
    """Fetch an index; None if the server says that it is still the one with this ETag.

    A user names the address, so the answer may be anything: it is bytes until `parse_index` has checked it.

    Raises:
        UsageError: it is not a web address.
        UnreachableError: the server cannot be reached, or does not deliver.
        FicliError: the answer cannot be an index: too long, or a redirect out of the web.

    """
    require_web_address(url)
    headers = {"Accept": "application/json"} | ({"If-None-Match": etag} if etag else {})

    def stay_secure(hop: str, _seconds: float) -> None:
        if url.lower().startswith("https:") and not hop.lower().startswith("https:"):
            raise FetchError(Reason.REFUSED, f"it leads out of the secure web, to {quoted(hop)}")

    try:
        page = exchange(policy, url, call=RequestOptions(headers=headers, goes_along=True), before_hop=stay_secure)
    except FetchError as error:
        kind = FicliError if error.reason in _NEVER else UnreachableError
        raise kind(f"{quoted(url)}: {error.message}") from error
    if page.status == _NOT_MODIFIED:
        return None
    if page.status != _OK:
        raise UnreachableError(f"{quoted(url)} answers with HTTP {page.status}")
    return Fetched(page.body, page.content_type.partition(";")[0].strip().lower(), page.headers.get("etag", ""))


def require_web_address(url: str) -> None:
    """Check that an address is a web address without a password, which would be stored in the cache.

    Raises:
        UsageError: it is not, or it does.

    """
    parts = parse_url(url)
    if parts is None:
        message = f"{quoted(url)} is no address of an index: {why_invalid(url)}"
        raise UsageError(message, hint="an exported index is at `https://…/index.json`")
    if parts.userinfo:
        message = f"{quoted(f'{parts.scheme}://…@{parts.host}')} holds a password, which would be kept in the cache"
        raise UsageError(message, hint="leave the name and the password out")


_FORMAT = 1


class CachedIndex(NamedTuple):
    """A copy of an index: `fetched` is the day, `YYYY-MM-DD`, on which it was last known to be the newest."""

    content: bytes
    etag: str
    fetched: str


class IndexCache:
    """The copy of the index at one address.

    Args:
        environment: determines the user's cache folder.
        url: the address.

    """

    def __init__(self, environment: Environment, url: str) -> None:
        name = hashlib.sha256(url.encode(errors="replace")).hexdigest()[:32]
        self.url = url
        self.path = cache_folder(environment) / "indexes" / f"{name}.json"

    def read(self) -> CachedIndex | None:
        """Return the copy; None if there is none, or if it is not whole."""
        try:
            head, _, content = self.path.read_bytes().partition(b"\n")
            known = json.loads(head)
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(known, dict) or known.get("ficli_index_copy") != _FORMAT or known.get("url") != self.url:
            return None
        if known.get("sha256") != hashlib.sha256(content).hexdigest():
            return None
        return CachedIndex(content, str(known.get("etag", "")), str(known.get("fetched", "")))

    def write(self, copy: CachedIndex) -> None:
        """Store a copy in place of the one before.

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
    """Return ficli's folder among the user's caches: `$XDG_CACHE_HOME/ficli`, or the system's place for caches."""
    variables = environment.variables
    base = variables.get("XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():  # a relative one is to be ignored, says the specification
        return Path(base) / "ficli"
    if base := variables.get("LOCALAPPDATA", ""):
        return Path(base) / "ficli" / "Cache"
    home = Path(variables.get("HOME") or Path.home())
    library = home / "Library" / "Caches"
    return (library if library.is_dir() else home / ".cache") / "ficli"


NEWEST_FORMAT = 1


class ExportedIndex(NamedTuple):
    """An index that was exported.

    Attributes:
        about: its name, steward, base_url, licence.
        version: `2026.06.05`, or empty.
        records: the records that are not retired, as plain data.
        tombstones: the retired ones.

    """

    about: Mapping[str, str]
    version: str
    records: Sequence[Mapping[str, Any]]
    tombstones: Sequence[Mapping[str, Any]]


def load_index(
    environment: Environment, url: str, policy: FetchPolicy, *, offline: bool = False
) -> tuple[ExportedIndex, str]:
    """Read the index at an address: from there if it has changed, else from its cached copy.

    Args:
        environment: the environment to work in.
        url: the address of an `index.json`.
        policy: what a fetch may do.
        offline: whether to use the copy without a request.

    Returns:
        The index, and a note for the user about its origin; empty if all is well.

    Raises:
        UsageError: it is not a web address.
        FicliError: the index cannot be fetched, or this ficli cannot read it.

    """
    require_web_address(url)
    cache = IndexCache(environment, url)
    copy = cache.read()
    if offline:
        if copy is None:
            hint = "leave out `--offline` once; the copy serves from then on"
            raise FicliError(f"there is no copy of {quoted(url)}", hint=hint)
        return parse_index(copy.content, url), ""
    try:
        fetched = fetch_index(url, policy, etag=copy.etag if copy else "")
    except UnreachableError as error:
        if copy is None:
            raise
        return parse_index(copy.content, url), f"{error.message}; this is from the copy of {copy.fetched}"
    today = environment.today().isoformat()
    if fetched is None:
        if copy is None:
            raise FicliError(f"{quoted(url)} says that nothing has changed, but was never fetched")
        return parse_index(copy.content, url), _kept(
            cache, copy._replace(fetched=today)
        ) if copy.fetched != today else ""
    index = parse_index(fetched.content, url, fetched.media_type)
    return index, _kept(cache, CachedIndex(fetched.content, fetched.etag, today))


def _kept(cache: IndexCache, copy: CachedIndex) -> str:
    """Store a copy, and return a note if that fails; the index itself is not affected."""
    try:
        cache.write(copy)
    except FicliError as error:
        return f"no copy is kept: {error.message}"
    return ""


def parse_index(content: bytes, url: str, media_type: str = "") -> ExportedIndex:
    """Parse an index.

    Raises:
        FicliError: this is not an index, or one of a newer format.

    """
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if media_type in {"text/html", "application/xhtml+xml"} or start.startswith((b"<!doctype", b"<html", b"<")):
        hint = "give the address of the file that `ficli export json` writes"
        raise FicliError(f"{quoted(url)} is a web page, not an index", hint=hint)
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise FicliError(f"{quoted(url)} is not an index: it is no JSON, or a part of one") from error
    number = data.get("format") if isinstance(data, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise FicliError(f"{quoted(url)} is not an index: it has no `format`")
    if number > NEWEST_FORMAT:
        message = f"{quoted(url)} has format {number}, and this ficli reads no newer one than {NEWEST_FORMAT}"
        raise FicliError(message, hint="a newer ficli reads it")
    about, records, tombstones = data.get("index"), data.get("records"), data.get("tombstones", [])
    if not isinstance(about, dict) or not isinstance(records, list) or not isinstance(tombstones, list):
        raise FicliError(f"{quoted(url)} is not an index: `index` or `records` is missing")
    return ExportedIndex(
        about={name: text for name, text in about.items() if isinstance(text, str)},
        version=version if isinstance(version := data.get("version"), str) else "",
        records=[item for item in records if isinstance(item, dict)],
        tombstones=[item for item in tombstones if isinstance(item, dict)],
    )
