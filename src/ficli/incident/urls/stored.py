"""The form in which a record keeps an address: as the curator gave it, without what follows the reader.

The case of letters, the order of parameters and the spelling of the host stay, since only the site knows what they
mean to it. The address of an archived copy keeps its parameters: they belong to the page that was copied.
"""

from __future__ import annotations

from ficli.incident.urls.archives import unwrap_archive
from ficli.incident.urls.parameters import is_tracking
from ficli.incident.urls.parse import parse_url
from ficli.incident.urls.routes import route


def stored_url(text: str) -> str:
    """Take tracking parameters, a user name and password, and a plain fragment off an address.

    What is no web address stays as it is.
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
    """Take the tracking parameters off an address, and name them in their order, each once.

    Where there is none, and where the text is no web address, it is given back as it is.
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
