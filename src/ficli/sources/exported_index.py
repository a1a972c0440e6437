"""An exported `index.json` as it is read: checked as far as it is used, from an address or from its copy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ficli.errors import FicliError
from ficli.sources.index_cache import Copy, IndexCache
from ficli.sources.remote_index import UnreachableError, fetch_index, require_web_address
from ficli.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ficli.environment import Environment
    from ficli.sources.fetching.policy import FetchPolicy

NEWEST_FORMAT = 1


class ExportedIndex(NamedTuple):
    """An index that was exported.

    Attributes:
        about: its name, steward, base_url, licence.
        version: `2026.06.05`, or nothing.
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
    """Read the index at an address: from there if it has changed, else from the copy kept of it.

    Args:
        environment: the world to work in.
        url: the address of an `index.json`.
        policy: what a fetch may do.
        offline: whether to take the copy without asking.

    Returns:
        The index, and what the user should know of where it is from; empty where all is as it should be.

    Raises:
        UsageError: the address is not one of the web.
        FicliError: there is no index to be had, or this ficli cannot read it.

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
    return index, _kept(cache, Copy(fetched.content, fetched.etag, today))


def _kept(cache: IndexCache, copy: Copy) -> str:
    """Keep a copy, and say so where that fails; the index is there all the same."""
    try:
        cache.write(copy)
    except FicliError as error:
        return f"no copy is kept: {error.message}"
    return ""


def parse_index(content: bytes, url: str, media_type: str = "") -> ExportedIndex:
    """Read an index.

    Raises:
        FicliError: this is no index, or one of a newer format.

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
