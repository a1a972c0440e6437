"""Which addresses name the same page: the match key, the reason in words, and the form that a record keeps."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter

from ficli.urls.archives import archived_at, unwrap_archive
from ficli.urls.parameters import is_gift, is_tracking
from ficli.urls.parse import LONGEST, Url, normal_escapes, parse_url, resolve_dots, route
from ficli.urls.sites import (
    Note,
    PageAddress,
    behind_amp,
    is_switch,
    plain_host,
    site_form,
    without_ending,
    without_folder,
    written_query,
)
from ficli.wording import quoted


def stored_url(text: str) -> str:
    """Remove tracking parameters, a user name and password, and a plain fragment from an address.

    The rest stays as the curator gave it (case, order of parameters, spelling of the host), since only the site knows
    what it means. The address of an archived copy keeps its parameters, which belong to the copied page. A text that is
    not a web address is returned as it is.
    """
    url = parse_url(text)
    if url is None:
        return text
    address, _, fragment = without_tracking(text)[0].partition("#")
    if url.userinfo:
        scheme, _, rest = address.partition("://")
        address = f"{scheme}://{rest[len(url.userinfo) + 1 :]}"
    kept = route(fragment)
    return f"{address}#{kept}" if kept else address


def without_tracking(text: str) -> tuple[str, list[str]]:
    """Remove the tracking parameters from an address, and return it with their names in order, each once.

    Without any, and if the text is not a web address, it is returned as it is.
    """
    url = parse_url(text)
    if url is None or not url.query:
        return text, []
    removed = dict.fromkeys(name for name, _ in url.query if is_tracking(url.host, name))
    if not removed or unwrap_archive(text) is not None:
        return text, []
    address, mark, fragment = text.partition("#")
    address, _, query = address.partition("?")
    kept = "&".join(piece for piece in query.split("&") if piece.partition("=")[0] not in removed)
    return f"{address}{kept and '?'}{kept}{mark}{fragment}", list(removed)


_DEFAULT_PORTS = (None, 80, 443)
_INDEX_PAGES = frozenset(
    "default.asp default.aspx default.htm default.html index.htm index.html index.php index.shtml".split(),
)


def match_key(text: str) -> str:
    """Return the address that represents all addresses of a page; equal keys are the same page.

    The function is idempotent: the key of a key is the key. A text that is not a web address is its own key.
    """
    return _key(text) if len(text) <= LONGEST else text


def explain_sameness(one: str, other: str) -> str:
    """Explain why two addresses are the same page: "same page: `www.` and `utm_source` do not count".

    Empty if they are not.
    """
    if match_key(one) != match_key(other):
        return ""
    if one == other:
        return "same page: the same address"
    ours, theirs = _notes(one), _notes(other)
    phrases = [note[0] for note in ours if note not in theirs] + [note[0] for note in theirs if note not in ours]
    phrases = list(dict.fromkeys(phrases)) or ["the spelling of the address"]
    if len(phrases) == 1:
        return f"same page: {phrases[0]} does not count"
    return f"same page: {', '.join(phrases[:-1])} and {phrases[-1]} do not count"


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    url = parse_url(text)
    return _reduced(url, []).address if url is not None else text


def _notes(text: str) -> list[Note]:
    notes: list[Note] = []
    if (url := parse_url(text)) is not None:
        host = text.partition("://")[2][len(url.userinfo) + bool(url.userinfo) :]
        if not re.match(rf"{re.escape(url.host)}(?:[:/?#]|\Z)", host):
            notes.append(("the spelling of the host", text))
        _reduced(url, notes)
    return notes


def _reduced(url: Url, notes: list[Note]) -> PageAddress:
    """Remove everything from an address that does not identify the page."""
    # The loop repeats until nothing changes (a fixed point), so that the key of a key is the key itself.
    here: list[Note] = []
    page = _spelled(url, here)
    while True:
        if (shown := _shown_by(page)) is not None:  # shorter than what shows it, so that this ends
            notes.append((f"the copy at {quoted(url.host)}", page.address))
            here, url = [], shown
            page = _spelled(url, here)
        elif (known := site_form(page)) is not None:
            if known != page:
                here.append((f"the form of the link at {quoted(page.host)}", page.address))
            notes.extend(here)
            return known
        elif (trimmed := _trimmed(page, here)) != page:  # which may expose what the steps above handle
            page = trimmed
        else:
            notes.extend(here)
            return page


def _spelled(url: Url, notes: list[Note]) -> PageAddress:
    """Normalize the spelling of each part of an address, and remove the parts that servers are not sent."""
    host = plain_host(url.host)
    if host != url.host:
        front = url.host.removesuffix(f".{host}")
        notes.append((quoted(url.host if front == url.host else f"{front}."), url.host))
    if url.scheme == "http":
        notes.append(("`http:`", ""))
    if url.userinfo:
        notes.append(("what stands before the `@`", url.userinfo))
    if url.port is not None and url.port in _DEFAULT_PORTS:
        notes.append((f"`:{url.port}`", ""))
    plain = normal_escapes(url.path)
    path = resolve_dots(plain)
    if plain != url.path:
        notes.append(("the spelling with escapes", url.path))
    if path != plain:
        notes.append(("the detour through `.` or `..`", plain))
    kept = ""
    if url.fragment:
        fragment = normal_escapes(url.fragment)
        kept = route(fragment)
        if kept != fragment:
            notes.append((quoted(f"#{url.fragment}"), ""))
    return PageAddress(
        host=host,
        port="" if url.port in _DEFAULT_PORTS else f":{url.port}",
        path=path,
        query=tuple((normal_escapes(name), normal_escapes(value)) for name, value in url.query if name or value),
        route=kept,
    )


def _shown_by(page: PageAddress) -> Url | None:
    """Return the page that an archive, a cache or a viewer shows."""
    if address := behind_amp(page):
        return parse_url(address)
    archived = archived_at(page.host, page.path_and_query) if not page.port else None
    return parse_url(archived.original) if archived else None


def _trimmed(page: PageAddress, notes: list[Note]) -> PageAddress:
    """Remove what servers ignore, and the parameters that do not identify the page."""
    path = without_folder(page.host, page.path)
    if path != page.path:
        notes.append(("the folder of the AMP edition", ""))
    path = _without_tail(path, notes)
    if not page.query:
        return page._replace(path=path)
    kept = tuple(pair for pair in page.query if not _is_ignored(page.host, pair))
    query = tuple(sorted(kept, key=itemgetter(0)))  # the order of equal names may mean something
    if len(kept) < len(page.query):
        notes.extend((quoted(pair[0]), written_query((pair,))) for pair in page.query if pair not in kept)
    if query != kept:
        notes.append(("the order of parameters", written_query(kept)))
    return page._replace(path=path, query=query)


def _is_ignored(host: str, pair: tuple[str, str]) -> bool:
    name, value = pair
    return is_tracking(host, name) or is_gift(host, name) or is_switch(name, value)


def _without_tail(path: str, notes: list[Note]) -> str:
    """Remove slashes, an index page and the marks of AMP from the end of a path."""
    segments = path.split("/")[1:]
    while segments:
        last = segments[-1]
        if last == "":
            notes.append(("a final `/`", path))
        elif last.lower() in _INDEX_PAGES or (last == "amp" and len(segments) > 1):
            notes.append((f"`{last}`", path))
        elif (shorter := without_ending(last)) != last:
            notes.append(("`.amp`", path))
            segments[-1] = shorter
            continue
        else:
            break
        segments.pop()
    return f"/{'/'.join(segments)}" if segments else ""
