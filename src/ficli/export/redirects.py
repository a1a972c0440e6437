"""Redirects for a web server: pages of merged records lead to the new record, pages of removed ones are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from ficli.wording import harmless

if TYPE_CHECKING:
    from ficli.export.dataset import Dataset, Tombstone

SERVERS = {
    "nginx": "redirects.nginx.conf",
    "apache": "redirects.apache.conf",
    "netlify": "_redirects",
    "cloudflare": "_redirects",
}
"""The servers, and the name of the file for each."""
MOST_AT_CLOUDFLARE = 2000
"""How many redirects Cloudflare accepts in such a file."""
_SAFE = "/:@!&'()*+,;=~"


def render(dataset: Dataset, server: str) -> Iterator[str]:
    """Write the redirects of an index for a server, one of `SERVERS`."""
    yield f"# {harmless(dataset.config.name)}: pages of records that were merged or removed. Written by ficli.\n"
    yield from _WRITERS[server](dataset.tombstones)


def _nginx(tombstones: Iterable[Tombstone]) -> Iterator[str]:
    """Write maps, since nginx looks up a map of any length in one step (a hash table)."""
    known = list(tombstones)
    yield (
        "#\n# In the http block:    map_hash_bucket_size 256;  # before the first map\n"
        "#                       include redirects.nginx.conf;\n"
        '# In the server block:  if ($ficli_redirect != "") { return 301 $ficli_redirect; }\n'
        "#                       if ($ficli_gone) { return 410; }\n\n"
    )
    yield 'map $uri $ficli_redirect {\n    default "";\n'
    for tombstone in known:
        if tombstone.redirect_url:
            path, target = _path(tombstone), _nginx_text(_target(tombstone))
            yield f"    {_nginx_text(path)} {target};\n    {_nginx_text(f'{path}/')} {target};\n"
    yield "}\n\nmap $uri $ficli_gone {\n    default 0;\n"
    for tombstone in known:
        if not tombstone.redirect_url:
            path = _path(tombstone)
            yield f"    {_nginx_text(path)} 1;\n    {_nginx_text(f'{path}/')} 1;\n"
    yield "}\n"


def _nginx_text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _apache(tombstones: Iterable[Tombstone]) -> Iterator[str]:
    yield "# In the server configuration or an .htaccess file; needs mod_alias.\n\n"
    for tombstone in tombstones:
        if tombstone.redirect_url:
            yield f"Redirect 301 {_quoted_path(tombstone)} {_target(tombstone)}\n"
        else:
            yield f"Redirect 410 {_quoted_path(tombstone)}\n"


def _listed(tombstones: Iterable[Tombstone]) -> Iterator[str]:
    """Write a line for each redirect; Netlify and Cloudflare have no form for a page that is gone."""
    yield "# In the folder that is published. A page that was removed is named and needs a page of its own.\n\n"
    for tombstone in tombstones:
        if tombstone.redirect_url:
            yield f"{_quoted_path(tombstone)} {_target(tombstone)} 301\n"
        else:
            yield f"# removed: {_quoted_path(tombstone)}\n"


def _path(tombstone: Tombstone) -> str:
    """Return the path of a page as a server sees it, decoded."""
    return unquote(urlsplit(tombstone.url).path)


def _quoted_path(tombstone: Tombstone) -> str:
    return quote(_path(tombstone), safe=_SAFE)


def _target(tombstone: Tombstone) -> str:
    """Write the target of a page, without a character that has a meaning in a configuration file."""
    return quote(tombstone.redirect_url, safe=_SAFE + "%")


_WRITERS: Mapping[str, Callable[[Iterable[Tombstone]], Iterator[str]]] = {
    "nginx": _nginx,
    "apache": _apache,
    "netlify": _listed,
    "cloudflare": _listed,
}
