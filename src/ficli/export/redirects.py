"""What a web server does with the pages of retired records: leads on to the record that tells it now, or says gone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from ficli.wording import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ficli.export.dataset import Dataset, Tombstone

SERVERS = {
    "nginx": "redirects.nginx.conf",
    "apache": "redirects.apache.conf",
    "netlify": "_redirects",
    "cloudflare": "_redirects",
}
"""The servers, and what a file for each is called."""
MOST_AT_CLOUDFLARE = 2000
"""How many redirects Cloudflare takes from such a file."""
_SAFE = "/:@!&'()*+,;=~"


def render(dataset: Dataset, server: str) -> Iterator[str]:
    """Write the redirects of an index for a server, one of `SERVERS`."""
    yield f"# {harmless(dataset.config.name)}: pages of records that were merged or removed. Written by ficli.\n"
    yield from _WRITERS[server](dataset.tombstones)


def _nginx(tombstones: Iterable[Tombstone]) -> Iterator[str]:
    """Write maps, since a map of any length is looked up in one step."""
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
    """Write a line for each redirect; neither Netlify nor Cloudflare can be told that a page is gone."""
    yield "# In the folder that is published. A page that was removed is named and needs a page of its own.\n\n"
    for tombstone in tombstones:
        if tombstone.redirect_url:
            yield f"{_quoted_path(tombstone)} {_target(tombstone)} 301\n"
        else:
            yield f"# removed: {_quoted_path(tombstone)}\n"


def _path(tombstone: Tombstone) -> str:
    """Give the path of a page as a server sees it, decoded."""
    return unquote(urlsplit(tombstone.url).path)


def _quoted_path(tombstone: Tombstone) -> str:
    return quote(_path(tombstone), safe=_SAFE)


def _target(tombstone: Tombstone) -> str:
    """Write where a page leads, without a character that a configuration file gives a meaning to."""
    return quote(tombstone.redirect_url, safe=_SAFE + "%")


_WRITERS: Mapping[str, Callable[[Iterable[Tombstone]], Iterator[str]]] = {
    "nginx": _nginx,
    "apache": _apache,
    "netlify": _listed,
    "cloudflare": _listed,
}
