"""Sites that show one page at several addresses: other hosts, other paths, a version or a format in the address."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ficli.incident.urls.domains import is_public_suffix
from ficli.incident.urls.escapes import normal_escapes, resolve_dots
from ficli.incident.urls.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


@lru_cache(maxsize=8192)
def plain_host(host: str) -> str:
    """Take `www.`, `m.`, `mobile.` and `amp.` off a host, and give its twin where it has one.

    A front stays where it is the name of the site: `m.me`, `amp.dev`, `amp.com.au`, and a blog `mobile.github.io`.
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


def site_form(page: Page) -> Page | None:
    """Give the one address that a site's own rules leave of a page; None where no such rule is known."""
    form = _FORMS.get(page.host)
    return form(page) if form is not None and not page.port else None


def _youtube(page: Page) -> Page | None:
    videos = [value for name, value in page.query if name == "v"] if page.path.rstrip("/") == "/watch" else []
    if found := _VIDEO_PATH.match(page.path):
        videos = [found[1]]
    return _video(videos[0]) if len(videos) == 1 and _VIDEO.match(videos[0]) else None


def _youtu_be(page: Page) -> Page | None:
    found = _SHORT_VIDEO_PATH.match(page.path)
    return _video(found[1]) if found else None


def _video(name: str) -> Page | None:
    return Page("youtube.com", "", "/watch", (("v", name),)) if name != _PLAYLIST else None


def _x(page: Page) -> Page | None:
    """Name a post by its number: the account may be renamed, and its name may stand in any case."""
    found = _POST_PATH.match(page.path)
    return Page("x.com", "", f"/i/status/{found[1]}") if found else None


def _arxiv(page: Page) -> Page | None:
    found = _PAPER_PATH.match(page.path)
    return Page("arxiv.org", "", f"/abs/{found[1]}") if found else None


def _doi(page: Page) -> Page | None:
    found = _DOI_PATH.match(page.path.replace("%2F", "/").lower())
    return _of_doi(found[1]) if found else None


def _publishers_doi(page: Page) -> Page | None:
    found = _PUBLISHERS_DOI_PATH.match(page.path.rstrip("/"))
    return _of_doi(found[1].replace("%2F", "/").lower()) if found else None


def _of_doi(doi: str) -> Page | None:
    """Write a DOI, in which case does not count; None where its path would not stay as it is."""
    doi = doi.rstrip("/")
    if paper := _PAPER_DOI.match(doi):
        return Page("arxiv.org", "", f"/abs/{paper[1]}")
    path = normal_escapes(f"/{doi}")
    return Page("doi.org", "", path) if resolve_dots(path) == path else None


_FORMS: Mapping[str, Callable[[Page], Page | None]] = {
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
