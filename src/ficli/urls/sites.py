"""Sites that show one page at several addresses: mobile hosts, AMP editions, versions and formats in the address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from ficli.urls.domains import is_public_suffix
from ficli.urls.parse import normal_escapes, resolve_dots

Note: TypeAlias = tuple[str, str]
"""What does not count, in words, and the text that had it: ("`www.`", "www.example.org")."""

_GOOGLE = re.compile(r"google\.(?:com|[a-z]{2}|com?\.[a-z]{2})\Z")
_SHOWN = r"(s/)?([^/?.]+\.[^/?]+(?:[/?].*)?)\Z"  # `s/` where the page is at https
_VIEWED = re.compile(rf"/amp/{_SHOWN}", re.DOTALL)
_CACHED = re.compile(rf"/(?:c|v|wp)/{_SHOWN}", re.DOTALL)
_CACHES = ("bing-amp.com", "cdn.ampproject.org")

# Sites whose AMP edition has a folder of its own, and the folder. Elsewhere `/amp/` may be about amplifiers.
_FOLDERS: Mapping[str, tuple[str, str]] = {
    "bbc.com": ("/news/amp/", "/news/"),
    "cbsnews.com": ("/amp/", "/"),
    "sbnation.com": ("/platform/amp/", "/"),
    "theverge.com": ("/platform/amp/", "/"),
    "usmagazine.com": ("/amp/", "/"),
    "vox.com": ("/platform/amp/", "/"),
}

_SWITCHES: Mapping[str, tuple[str, ...]] = {
    "amp": ("", "1", "true"),
    "outputtype": ("amp", "valid_amp"),
}

# Hosts that serve the same paths as another, or send there whoever asks.
TWINS: Mapping[str, str] = {
    "archive.fo": "archive.today",
    "archive.is": "archive.today",
    "archive.li": "archive.today",
    "archive.md": "archive.today",
    "archive.ph": "archive.today",
    "archive.vn": "archive.today",
    "bbc.co.uk": "bbc.com",
    "dx.doi.org": "doi.org",
    "export.arxiv.org": "arxiv.org",
    "guardian.co.uk": "theguardian.com",
    "music.youtube.com": "youtube.com",
    "twitter.com": "x.com",
    "youtube-nocookie.com": "youtube.com",
}

# Labels in front of a host that lead to the same site for another screen.
_FRONTS = frozenset({"amp", "m", "mobile", "www"})

# Sites whose mobile edition stands in the middle of the host: `en.m.wikipedia.org`.
_MOBILE_WITHIN = tuple(
    f".m.{domain}"
    for domain in (
        "mediawiki.org",
        "wikibooks.org",
        "wikidata.org",
        "wikimedia.org",
        "wikinews.org",
        "wikipedia.org",
        "wikiquote.org",
        "wikisource.org",
        "wikiversity.org",
        "wikivoyage.org",
        "wiktionary.org",
    )
)

_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}\Z")
_VIDEO_PATH = re.compile(r"/(?:embed|live|shorts|v)/([A-Za-z0-9_-]{11})/?\Z")
_SHORT_VIDEO_PATH = re.compile(r"/([A-Za-z0-9_-]{11})/?\Z")
_PLAYLIST = "videoseries"  # stands where a video's name would, and has as many letters
_POST_PATH = re.compile(r"/(?:i/web|[A-Za-z0-9_]{1,20})/status(?:es)?/([0-9]{1,20})(?:/.*)?\Z", re.DOTALL)
_PAPER = r"([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/[0-9]{7})"
_PAPER_PATH = re.compile(rf"/(?:abs|e-print|format|html|pdf|ps)/{_PAPER}(?:v[0-9]{{1,3}})?(?:\.pdf)?/?\Z")
_DOI_PATH = re.compile(r"/(?:doi:)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/.+)\Z", re.DOTALL)
_PAPER_DOI = re.compile(rf"10\.48550/arxiv\.{_PAPER}(?:v[0-9]{{1,3}})?\Z")
_PUBLISHERS_DOI_PATH = re.compile(
    r"/doi/(?:(?:abs|book|epdf|epub|full|fullhtml|pdf|pdfplus|reader)/)?(10\.[0-9]{4,9}/[^/]+(?:/[^/]+)?)\Z",
)


class PageAddress(NamedTuple):
    """A page: a host without `www.` and the like, and the rest, each character spelled in one way.

    `port` includes its colon, and is empty for 80 and 443; `route` is a fragment that names a page.
    """

    host: str
    port: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    route: str = ""

    @property
    def path_and_query(self) -> str:
        """The part after the host, without the route."""
        return f"{self.path}?{written_query(self.query)}" if self.query else self.path

    @property
    def address(self) -> str:
        """The page as a text, which is a valid address again."""
        return f"https://{self.host}{self.port}{self.path_and_query}{self.route and '#'}{self.route}"


def written_query(query: tuple[tuple[str, str], ...]) -> str:
    """Write parameters; one with an empty value has no `=`."""
    return "&".join(f"{name}={value}" if value else name for name, value in query)


def behind_amp(page: PageAddress) -> str:
    """Return the address of the page that a viewer or a cache of Google or Bing shows; empty if it is neither."""
    if _GOOGLE.match(page.host):
        found = _VIEWED.match(page.path_and_query)
    elif page.host.endswith(_CACHES):
        found = _CACHED.match(page.path_and_query)
    else:
        return ""
    return f"{'https' if found[1] else 'http'}://{found[2]}" if found else ""


def without_folder(host: str, path: str) -> str:
    """Remove the folder of the AMP edition from a path, on the sites that are known to have one."""
    folder, instead = _FOLDERS.get(host, ("", ""))
    while folder and path.startswith(folder):
        path = instead + path[len(folder) :]
    return path


def without_ending(segment: str) -> str:
    """Remove `.amp` from the end of the last segment of a path, and from `.amp.html`."""
    ending = ".html" if segment.endswith(".amp.html") else ""
    end = len(segment) - len(ending)
    while segment.endswith(".amp", 0, end):
        end -= len(".amp")
        if not ending and segment.endswith(".amp.html", 0, end):
            ending, end = ".html", end - len(".html")
    stem = segment[:end]
    return stem + ending if stem.strip(".") else segment


def is_switch(name: str, value: str) -> bool:
    """Return whether a parameter only asks for the AMP edition."""
    return value.lower() in _SWITCHES.get(name.lower(), ())


@lru_cache(maxsize=8192)
def plain_host(host: str) -> str:
    """Remove `www.`, `m.`, `mobile.` and `amp.` from a host, and return its equivalent host if it has one.

    A prefix stays if it is the name of the site: `m.me`, `amp.dev`, `amp.com.au`, and a blog `mobile.github.io`.
    """
    while True:
        front, _, rest = host.partition(".")
        if front not in _FRONTS or "." not in rest or (front != "www" and is_public_suffix(rest)):
            break
        host = rest
    while host.endswith(_MOBILE_WITHIN):
        start, _, end = host.rpartition(".m.")
        host = f"{start}.{end}"
    return TWINS.get(host, host)


def site_form(page: PageAddress) -> PageAddress | None:
    """Return the canonical address of a page by its site's own rules; None if no such rule is known."""
    form = _FORMS.get(page.host)
    return form(page) if form is not None and not page.port else None


def _youtube(page: PageAddress) -> PageAddress | None:
    videos = [value for name, value in page.query if name == "v"] if page.path.rstrip("/") == "/watch" else []
    if found := _VIDEO_PATH.match(page.path):
        videos = [found[1]]
    return _video(videos[0]) if len(videos) == 1 and _VIDEO.match(videos[0]) else None


def _youtu_be(page: PageAddress) -> PageAddress | None:
    found = _SHORT_VIDEO_PATH.match(page.path)
    return _video(found[1]) if found else None


def _video(name: str) -> PageAddress | None:
    return PageAddress("youtube.com", "", "/watch", (("v", name),)) if name != _PLAYLIST else None


def _x(page: PageAddress) -> PageAddress | None:
    """Identify a post by its number: the account may be renamed, and its name may be in any case."""
    found = _POST_PATH.match(page.path)
    return PageAddress("x.com", "", f"/i/status/{found[1]}") if found else None


def _arxiv(page: PageAddress) -> PageAddress | None:
    found = _PAPER_PATH.match(page.path)
    return PageAddress("arxiv.org", "", f"/abs/{found[1]}") if found else None


def _doi(page: PageAddress) -> PageAddress | None:
    found = _DOI_PATH.match(page.path.replace("%2F", "/").lower())
    return _of_doi(found[1]) if found else None


def _publishers_doi(page: PageAddress) -> PageAddress | None:
    found = _PUBLISHERS_DOI_PATH.match(page.path.rstrip("/"))
    return _of_doi(found[1].replace("%2F", "/").lower()) if found else None


def _of_doi(doi: str) -> PageAddress | None:
    """Normalize a DOI, which ignores case; None if its path would change otherwise."""
    doi = doi.rstrip("/")
    if paper := _PAPER_DOI.match(doi):
        return PageAddress("arxiv.org", "", f"/abs/{paper[1]}")
    path = normal_escapes(f"/{doi}")
    return PageAddress("doi.org", "", path) if resolve_dots(path) == path else None


_FORMS: Mapping[str, Callable[[PageAddress], PageAddress | None]] = {
    "ar5iv.labs.arxiv.org": _arxiv,
    "ar5iv.org": _arxiv,
    "arxiv.org": _arxiv,
    "dl.acm.org": _publishers_doi,
    "doi.org": _doi,
    "journals.sagepub.com": _publishers_doi,
    "onlinelibrary.wiley.com": _publishers_doi,
    "pnas.org": _publishers_doi,
    "pubs.acs.org": _publishers_doi,
    "science.org": _publishers_doi,
    "tandfonline.com": _publishers_doi,
    "x.com": _x,
    "youtu.be": _youtu_be,
    "youtube.com": _youtube,
}
